// The service worker: keeps files and an empty shell, nobody's data. What it keeps stands in self.KEPT.
"use strict";
const { version, shell, files } = self.KEPT;
const NAME = `tugiplaan-${version}`;

// One that is missing must not keep the others out.
const keep = async () => {
  const cache = await caches.open(NAME);
  await Promise.all([...files, shell].map((url) => cache.add(new Request(url, { cache: "reload" })).catch(() => undefined)));
};

self.addEventListener("install", (event) => event.waitUntil(keep().then(() => self.skipWaiting())));
self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("tugiplaan-") && name !== NAME) await caches.delete(name);
  await self.clients.claim();
})()));

// The shell is in the language of the page: a page that is drawn anew asks to keep it anew.
self.addEventListener("message", (event) => {
  if (event.data === "keep-shell") event.waitUntil(caches.open(NAME).then((cache) => cache.add(new Request(shell, { cache: "reload" }))).catch(() => undefined));
});

const fromNet = async (request, otherwise) => {
  try {
    return await fetch(request);
  } catch {
    const cache = await caches.open(NAME);
    return (await cache.match(otherwise, { ignoreSearch: true })) ?? Response.error();
  }
};

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== location.origin) return;
  if (request.mode === "navigate") event.respondWith(fromNet(request, shell));
  else if (request.method === "GET" && files.includes(url.pathname)) event.respondWith(fromNet(request, request));
});
