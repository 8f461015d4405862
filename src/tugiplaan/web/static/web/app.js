// What every page does beyond HTML: send once, warn before the session ends, keep a long form, shortcuts.
(() => {
  "use strict";
  const body = document.body;

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post" || event.defaultPrevented) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    form.classList.add("is-sending");
  });
  addEventListener("pageshow", () => {
    for (const form of document.querySelectorAll("form[data-sent]")) {
      delete form.dataset.sent;
      form.classList.remove("is-sending");
    }
  });
  document.addEventListener("htmx:after:request", (event) => {
    const form = event.target.closest?.("form[data-sent]");
    if (form) { delete form.dataset.sent; form.classList.remove("is-sending"); }
  });

  // Filters that send themselves when something is chosen.
  document.addEventListener("change", (event) => {
    if (event.target.closest("form[data-auto]")) event.target.form.requestSubmit();
  });

  // Open menus close when one clicks elsewhere or presses Escape.
  document.addEventListener("click", (event) => {
    for (const menu of document.querySelectorAll("details.menu[open]"))
      if (!menu.contains(event.target)) menu.open = false;
  });

  // Shortcuts: one key to a field or link that names it; g and a letter to a page.
  let waitsForLetter = false;
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false; menu.querySelector("summary").focus();
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.matches("input, textarea, select, [contenteditable]")) return;
    const key = waitsForLetter ? `g ${event.key}` : event.key;
    waitsForLetter = event.key === "g" && !waitsForLetter;
    const found = document.querySelector(`[data-shortcut="${CSS.escape(key)}"]`);
    if (!found) return;
    event.preventDefault();
    if (found.matches("input, textarea, select")) found.focus(); else found.click();
  });

  // Long forms keep what was typed until they are sent (in this tab only).
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const name = `draft:${body.dataset.user || ""}:${location.pathname}:${form.dataset.keep}`;
    const fields = () => [...form.elements].filter((field) => field.name && field.name !== "csrfmiddlewaretoken" && !["file", "hidden", "password", "submit", "button"].includes(field.type));
    const kept = sessionStorage.getItem(name);
    if (kept && !form.querySelector(".has-error")) {
      const values = JSON.parse(kept);
      for (const field of fields()) {
        const value = values[field.name];
        if (value === undefined) continue;
        if (["checkbox", "radio"].includes(field.type)) field.checked = value.includes(field.value);
        else if (!field.value) field.value = value[0] ?? "";
      }
    }
    form.addEventListener("input", () => {
      const values = {};
      for (const field of fields()) {
        values[field.name] ??= [];
        if (!["checkbox", "radio"].includes(field.type) || field.checked) values[field.name].push(field.value);
      }
      sessionStorage.setItem(name, JSON.stringify(values));
    });
    form.addEventListener("submit", () => sessionStorage.removeItem(name));
  }
  document.addEventListener("submit", (event) => {
    if (event.target.matches("[data-log-out]")) sessionStorage.clear();
  });

  // A few minutes before the session ends, ask.
  const seconds = Number(body.dataset.sessionSeconds || 0);
  const dialog = document.getElementById("session-ends");
  if (seconds && dialog) setTimeout(() => dialog.showModal(), Math.min((seconds - 300) * 1000, 2 ** 31 - 1));

  // Printing is a button where the page says so.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) print();
  });
})();
