// Work without a network: today's pages and what waits to be sent, encrypted on this phone, one key a user.
(() => {
  "use strict";
  const words = document.getElementById("offline-words")?.dataset;
  if (!words || !window.idb || !crypto.subtle) return;
  const isShell = "shell" in document.body.dataset;
  const utf8 = new TextEncoder();
  const sendsWithin = 20_000;
  const asksEvery = 3_000;
  let isBack = false;
  let keeping;
  const leaving = new AbortController();

  // --- What is kept: keys, days and the queue. Days and queued items are boxes that only their user's key opens.
  const base = idb.openDB("tugiplaan", 1, {
    upgrade(db) {
      for (const name of ["keys", "days", "meta"]) db.createObjectStore(name);
      db.createObjectStore("queue", { keyPath: "id" }).createIndex("user", "user");
    },
  });
  const keyOf = async (user) => {
    const db = await base;
    const known = await db.get("keys", user);
    if (known) return known;
    const made = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
    const change = db.transaction("keys", "readwrite");
    const other = await change.store.get(user);
    if (!other) await change.store.put(made, user);
    await change.done;
    return other ?? made;
  };
  const seal = async (user, value) => {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const how = { name: "AES-GCM", iv, additionalData: utf8.encode(user) };
    return { iv, data: await crypto.subtle.encrypt(how, await keyOf(user), utf8.encode(JSON.stringify(value))) };
  };
  const unseal = async (user, box) => {
    const how = { name: "AES-GCM", iv: box.iv, additionalData: utf8.encode(user) };
    return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, await keyOf(user), box.data)));
  };
  const whoAmI = async () => document.body.dataset.user || (isShell ? (await base).get("meta", "user") : undefined);

  // --- The queue: one item a form that was sent, in the order in which they were sent.
  const queueOf = async (user) => {
    const rows = await (await base).getAllFromIndex("queue", "user", user);
    return rows.sort((one, other) => one.at - other.at);
  };
  const mark = async (row, state, why = "") => (await base).put("queue", { ...row, state, box: await seal(row.user, { ...(await unseal(row.user, row.box)), why }) });
  const remove = async (id) => (await base).delete("queue", id);

  // Made like the ids of the server: they rise with time.
  const newId = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    for (let at = 5, now = Date.now(); at >= 0; at--, now = Math.floor(now / 256)) bytes[at] = now % 256;
    bytes[6] = (bytes[6] & 0x0f) | 0x70;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  };
  const itemOf = (form) => ({
    person: form.dataset.person || null,
    label: form.dataset.label,
    send: form.dataset.send,
    waiting: form.dataset.waiting,
    page: location.pathname + location.search,
    fields: [...new FormData(form)].filter(([name]) => name !== "csrfmiddlewaretoken"),
  });
  const enqueue = async (user, form) => {
    const item = itemOf(form);
    const id = form.elements.entry?.value || form.elements.session.value;
    const known = await (await base).get("queue", id);
    await (await base).put("queue", { id, user, at: known?.at ?? Date.now(), state: "waiting", box: await seal(user, item) });
    return id;
  };

  // --- Sending: in order, exactly once (the id of the form is the id of the record), one tab at a time.
  const post = async (item, user, isDirect) => {
    const stop = { signal: AbortSignal.timeout(sendsWithin), redirect: "error", credentials: "same-origin", cache: "no-store" };
    const known = await fetch(item.send, stop);
    if (known.status === 401) return { state: "login" };
    if (!known.ok) return { state: known.status < 500 ? "refused" : "waiting" };
    const { user: theirs, token } = await known.json();
    if (theirs !== user) return { state: "login" };
    const body = JSON.stringify({ user, person: item.person, fields: item.fields, is_direct: isDirect });
    const answer = await fetch(item.send, { ...stop, method: "POST", body, headers: { "X-CSRFToken": token, "Content-Type": "application/json" } });
    if (answer.status >= 500) return { state: "waiting" };
    return answer.json().catch(() => ({ state: "refused" }));
  };
  const sendOne = async (row, directId) => {
    const item = await unseal(row.user, row.box);
    const told = await post(item, row.user, row.id === directId).catch(() => ({ state: "waiting" }));
    if (told.state === "stored") await remove(row.id);
    else if (told.state === "refused") await mark(row, "refused", told.why || words.refusedWhy);
    else if (told.state !== row.state) await mark(row, told.state);
    return told.state;
  };
  const sendAll = async (user, directId = "") => {
    for (const row of await queueOf(user)) {
      if (row.state === "refused" && row.id !== directId) continue;
      const state = await sendOne(row, directId);
      if (state === "waiting" || state === "login") return;
    }
  };
  const flush = async (user, directId) => {
    const send = () => sendAll(user, directId);
    await (navigator.locks ? navigator.locks.request("tugiplaan-send", send) : send());
    await tell(user);
  };

  // --- Telling: the line below the head, and the list of what waits.
  const say = (sentence, count) => sentence.replace("{n}", count);
  const tell = async (user) => {
    const note = document.getElementById("offline-note");
    const rows = await queueOf(user);
    const refused = rows.filter((row) => row.state === "refused").length;
    const told = [
      (isShell ? isBack : navigator.onLine) ? "" : words.offline,
      rows.length - refused ? say(words.waiting, rows.length - refused) : "",
      refused ? say(words.refused, refused) : "",
    ].filter(Boolean);
    note.textContent = told.join(" ");
    note.hidden = !told.length;
    if (rows.length) {
      const link = document.createElement("a");
      link.href = (await unseal(user, rows[0].box)).waiting;
      link.textContent = words.open;
      note.append(" ", link);
    }
    await list(user, rows);
  };
  const list = async (user, rows) => {
    const section = document.getElementById("waiting");
    if (!section) return;
    section.hidden = !rows.length;
    document.getElementById("nothing-waits").hidden = rows.length > 0 || isShell;
    const drawn = await Promise.all(rows.map((row) => drawRow(user, row)));
    document.getElementById("waiting-list").replaceChildren(...drawn);
  };
  const drawRow = async (user, row) => {
    const item = await unseal(user, row.box);
    const line = document.getElementById("waiting-row").content.cloneNode(true).firstElementChild;
    const part = (name) => line.querySelector(`[data-part="${name}"]`);
    const value = (name) => item.fields.find(([field]) => field === name)?.[1] ?? "";
    const length = value("other_minutes") || value("minutes");
    part("label").textContent = item.label;
    part("told").textContent = [value("day"), length && `${length} min`, value("fact"), row.state === "refused" ? "" : row.state === "login" ? words.stateLogin : words.stateWaiting].filter(Boolean).join(" · ");
    part("why").textContent = item.why ?? "";
    part("why").hidden = !item.why;
    const page = new URL(item.page, location.href);
    page.searchParams.set("waiting", row.id);
    part("open").href = page.pathname + page.search;
    line.querySelector('[data-do="again"]').addEventListener("click", async () => { await mark(row, "waiting"); await flush(user); });
    line.querySelector('[data-do="drop"]').addEventListener("click", async () => { if (confirm(words.drop)) { await remove(row.id); await tell(user); } });
    return line;
  };

  // --- A form that records: into the queue first, so that nothing is lost, then straight on.
  const refill = async (user) => {
    const id = new URLSearchParams(location.search).get("waiting");
    const form = document.querySelector("form[data-record]");
    const row = id && form ? await (await base).get("queue", id) : undefined;
    if (row?.user !== user) return;
    const { fields } = await unseal(user, row.box);
    for (const field of form.elements) {
      const values = fields.filter(([name]) => name === field.name).map(([, value]) => value);
      if (["checkbox", "radio"].includes(field.type)) field.checked = values.includes(field.value);
      else if (field.name === "who") field.value = values.find((value) => value.startsWith(field.value.split(" ")[0])) ?? field.value;
      else if (values.length && field.name !== "csrfmiddlewaretoken") field.value = values[0];
    }
  };
  const recordNow = async (user, form) => {
    const id = await enqueue(user, form);
    await flush(user, id);
    const row = await (await base).get("queue", id);
    if (row?.state === "refused" && !isShell) {
      // The server says it again beside the fields, with what was typed kept.
      await remove(id);
      form.submit();
    } else location.assign(row?.state === "refused" ? form.dataset.waiting : form.dataset.next);
  };

  // --- Logging out sends first, and refuses while something waits.
  const logOut = async (user, form) => {
    await flush(user);
    if ((await queueOf(user)).length) {
      const note = document.getElementById("offline-note");
      note.prepend(`${words.logOut} `);
      note.scrollIntoView({ block: "center" });
      return;
    }
    // A day that is being kept just now would come back with its key: it goes first.
    leaving.abort();
    await keeping;
    const db = await base;
    await Promise.all([db.delete("days", user), db.delete("keys", user), db.delete("meta", "user")]);
    form.submit();
  };
  addEventListener("submit", (event) => {
    const form = event.target;
    const isLogOut = form.matches("[data-log-out], form[action$='/logout/']");
    const user = document.body.dataset.user || form.ownerDocument.body.dataset.keptUser;
    if (!user || !(isLogOut || form.matches("form[data-record]"))) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (form.classList.contains("is-sending")) return;
    form.classList.add("is-sending");
    (isLogOut ? logOut(user, form) : recordNow(user, form))
      .catch(() => { if (!isShell) form.submit(); })
      .finally(() => form.classList.remove("is-sending"));
  }, true);

  // --- Today's pages, kept for later: fetched with the page, opened by the shell.
  const keepDay = async (user) => {
    const address = document.querySelector("[data-keep-day]")?.dataset.keepDay;
    if (!address) return;
    const answer = await fetch(address, { redirect: "error", cache: "no-store", signal: leaving.signal });
    if (!answer.ok) return;
    const day = await answer.json();
    if (leaving.signal.aborted || day.user !== user) return;
    await (await base).put("days", { until: day.until, box: await seal(user, day.pages) }, user);
  };
  const showKept = async (user) => {
    const kept = user ? await (await base).get("days", user) : undefined;
    const isFresh = kept && kept.until > Date.now();
    if (kept && !isFresh) await (await base).delete("days", user);
    const pages = isFresh ? await unseal(user, kept.box) : {};
    const asked = new URLSearchParams(location.search);
    asked.delete("waiting");
    const html = pages[location.pathname + (asked.size ? `?${asked}` : "")] ?? pages[location.pathname];
    document.getElementById("not-kept").hidden = html !== undefined || location.pathname.endsWith("/waiting/");
    if (html === undefined) return;
    const place = document.getElementById("kept");
    place.innerHTML = html;
    // A kept form may be used more than once: each time it is another record.
    for (const field of place.querySelectorAll("[name=entry], [name=session]")) field.value = newId();
    for (const field of place.querySelectorAll("[name=who]")) {
      const [person, , ...what] = field.value.split(" ");
      field.value = [person, newId(), ...what].join(" ");
    }
    document.title = place.querySelector("h1")?.textContent.trim() ?? document.title;
  };

  // What was sent just now is not on a page that was drawn before: Today is drawn anew.
  const flushHere = async (user) => {
    const before = (await queueOf(user)).length;
    await flush(user);
    const isOlder = before > (await queueOf(user)).length;
    if (isOlder && document.querySelector("[data-keep-day], .people-today")) location.reload();
  };

  // Whether there is a network only an answer tells. A form that somebody is filling in stays.
  const waitForNetwork = async (user) => {
    for (;;) {
      await new Promise((go) => setTimeout(go, asksEvery));
      const answer = await fetch("/manifest.webmanifest", { cache: "no-store" }).catch(() => undefined);
      if (!answer?.ok) continue;
      isBack = true;
      await flush(user);
      if (!document.querySelector("form[data-record]")) return location.reload();
    }
  };

  const begin = async () => {
    const user = await whoAmI();
    if (isShell) {
      if (user) document.body.dataset.keptUser = user;
      await showKept(user);
    }
    if (!user) return;
    if (!isShell) await (await base).put("meta", user, "user");
    await refill(user);
    await tell(user);
    addEventListener("offline", () => tell(user));
    if (isShell) return waitForNetwork(user);
    addEventListener("online", () => flushHere(user));
    await flushHere(user);
    keeping = keepDay(user).catch((error) => { if (!leaving.signal.aborted) console.error(error); });
    await keeping;
    const worker = await navigator.serviceWorker?.register("/sw.js");
    (worker?.active ?? worker?.waiting)?.postMessage("keep-shell");
  };
  begin().catch((error) => console.error(error));
})();
