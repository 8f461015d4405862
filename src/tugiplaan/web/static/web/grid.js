// The grid of days: arrow keys, letters, painting with finger or mouse, undo, totals that live.
(() => {
  "use strict";
  const form = document.querySelector("[data-grid]");
  if (!form || "closed" in form.dataset) return;
  const table = form.querySelector("table");
  const kinds = new Map();
  for (const input of form.querySelectorAll("[name=brush]")) if (input.value) {
    kinds.set(input.value, { letter: input.dataset.letter, counts: input.dataset.counts, units: input.dataset.units });
  }
  const days = [...table.tHead.rows[0].cells].map((cell) => cell.dataset.day);
  const rows = [...table.tBodies[0].rows].filter((row) => row.dataset.ref);
  const isOpen = (cell) => cell?.tagName === "TD" && !cell.classList.contains("none") && !cell.classList.contains("number") && cell.colSpan === 1;
  const stateOf = (cell) => [...cell.classList].find((name) => name.startsWith("k-")).slice(2);
  const fits = (cell, state) => {
    const kind = kinds.get(state);
    return kind && (!kind.units || kind.units === cell.parentElement.dataset.units);
  };
  let undone = [];  // steps, each a list of [cell, state before]
  let step = null, brush = "", painting = false;

  table.setAttribute("role", "grid");
  for (const row of rows) for (const cell of row.cells) if (isOpen(cell)) { cell.tabIndex = -1; cell.setAttribute("role", "gridcell"); }
  const first = table.querySelector("td[tabindex]");
  if (first) first.tabIndex = 0;
  form.querySelector("[data-tools]").hidden = false;

  const count = (cells, what) => cells.filter((cell) => cell && isOpen(cell) && kinds.get(stateOf(cell)).counts === what).length;
  const total = () => {
    for (const row of rows) {
      const cells = [...row.cells].slice(1, days.length - 2);
      row.querySelector("[data-there]").textContent = count(cells, "there");
      row.querySelector("[data-away]").textContent = count(cells, "away");
    }
    [...table.querySelectorAll("[data-total]")].forEach((cell, at) => { cell.textContent = count(rows.map((row) => row.cells[at + 1]), "there"); });
    const changed = table.querySelectorAll("td[data-was]").length;
    form.querySelector("[data-count]").textContent = changed ? `${changed} ${form.dataset.wordChanges}` : "";
    form.querySelector("[data-save]").hidden = !changed && !undone.length;
    form.querySelector("[type=submit]").disabled = !changed;
    form.querySelector("[data-undo]").disabled = !undone.length;
  };
  const put = (cell, state) => {
    const before = stateOf(cell);
    cell.classList.replace(`k-${before}`, `k-${state}`);
    cell.textContent = kinds.get(state).letter;
    cell.dataset.was ??= before;
    if (cell.dataset.was === state) delete cell.dataset.was;
  };
  const set = (cell, state) => {
    if (!isOpen(cell) || !fits(cell, state) || stateOf(cell) === state) return;
    (step ??= []).push([cell, stateOf(cell)]);
    put(cell, state);
  };
  const done = () => { if (step) { undone.push(step); step = null; total(); } };
  const undo = () => {
    for (const [cell, state] of (undone.pop() ?? []).reverse()) put(cell, state);
    total();
  };
  form.querySelector("[data-undo]").addEventListener("click", undo);

  const go = (cell) => {
    if (!cell) return;
    const now = table.querySelector('td[tabindex="0"]');
    if (now) now.tabIndex = -1;
    cell.tabIndex = 0;
    cell.focus();
    cell.scrollIntoView({ block: "nearest", inline: "nearest" });
  };
  const beside = (cell, dx, dy) => {
    let y = rows.indexOf(cell.parentElement), x = cell.cellIndex;
    for (;;) {
      x += dx; y += dy;
      const found = rows[y]?.cells[x];
      if (!found || x < 1 || found.classList.contains("number")) return null;
      if (isOpen(found)) return found;
    }
  };
  const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  table.addEventListener("keydown", (event) => {
    const cell = event.target.closest("td[tabindex]");
    if (!cell || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "z") { event.preventDefault(); undo(); return; }
    if (event.ctrlKey || event.metaKey) return;
    if (arrows[event.key]) {
      event.preventDefault();
      const next = beside(cell, ...arrows[event.key]);
      if (event.shiftKey && next) { set(next, stateOf(cell)); done(); }
      go(next);
    } else if (event.key === "Home" || event.key === "End") {
      event.preventDefault();
      const open = [...cell.parentElement.cells].filter(isOpen);
      go(event.key === "Home" ? open[0] : open[open.length - 1]);
    } else if (event.key === "Delete" || event.key === "Backspace" || event.key === " ") {
      event.preventDefault();
      set(cell, cell.parentElement.dataset.units === "True" ? "unused" : "present"); done();
      go(beside(cell, 1, 0) ?? cell);
    } else if (event.key.length === 1) {
      const letter = event.key.toUpperCase();
      const state = [...kinds].find(([key, kind]) => kind.letter === letter && fits(cell, key))?.[0];
      if (!state) return;
      event.preventDefault(); event.stopPropagation();
      set(cell, state); done();
      go(beside(cell, 1, 0) ?? cell);
    }
  });

  form.addEventListener("change", (event) => {
    if (event.target.name !== "brush") return;
    brush = event.target.value;
    if (brush) form.dataset.brush = brush; else delete form.dataset.brush;
  });
  table.addEventListener("pointerdown", (event) => {
    const cell = event.target.closest("td");
    if (!isOpen(cell) || event.button) return;
    if (!brush) { go(cell); return; }
    event.preventDefault();
    cell.releasePointerCapture?.(event.pointerId);
    painting = true;
    set(cell, brush);
    go(cell);
  });
  document.addEventListener("pointermove", (event) => {
    if (!painting) return;
    const cell = document.elementFromPoint(event.clientX, event.clientY)?.closest("td");
    if (cell && table.contains(cell)) set(cell, brush);
  });
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => { painting = false; done(); });

  let isSent = false;
  form.addEventListener("submit", () => {
    isSent = true;
    for (const input of form.querySelectorAll("input[data-made]")) input.remove();
    for (const cell of table.querySelectorAll("td[data-was]")) {
      const key = `${cell.parentElement.dataset.ref}:${days[cell.cellIndex]}`;
      for (const [mark, value] of [["d", stateOf(cell)], ["w", cell.dataset.was]]) {
        const input = document.createElement("input");
        Object.assign(input, { type: "hidden", name: `${mark}:${key}`, value });
        input.dataset.made = "1";
        form.append(input);
      }
    }
  });
  addEventListener("beforeunload", (event) => { if (!isSent && table.querySelector("td[data-was]")) event.preventDefault(); });
  total();
})();
