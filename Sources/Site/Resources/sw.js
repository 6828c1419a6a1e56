// What the member's app shows without a network. Kept are one page that is the same for everybody, and files whose names
// change with their content. No page about a person is ever kept on the device.

// The name changes with the style sheet, so that an old keep is thrown away with it.
const keep = "stamgast ./site.css";
const page = "/m/offline";

self.addEventListener("install", (event) => event.waitUntil((async () => {
  const cache = await caches.open(keep);
  const answer = await fetch(page, { credentials: "same-origin", cache: "no-store" });
  // Not signed in: there is nothing to show, and the next visit tries again.
  if (!answer.ok) throw new Error("no page for without a network");
  const files = (await answer.clone().text()).matchAll(/(?:href|src)="(\/(?:assets|look|media)\/[^"?]+\.(?:css|svg)(?:\?v=\w+)?)"/g);
  await cache.addAll(new Set([...files].map((file) => file[1])));
  await cache.put(page, answer);
  await self.skipWaiting();
})()));

self.addEventListener("activate", (event) => event.waitUntil((async () => {
  for (const name of await caches.keys()) if (name.startsWith("stamgast ") && name !== keep) await caches.delete(name);
  await self.clients.claim();
})()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  if (request.method !== "GET") return;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(page)) ?? Response.error()));
  } else if (/^\/(?:assets|look|media)\//.test(new URL(request.url).pathname)) {
    event.respondWith(fetch(request).catch(async () => (await caches.match(request)) ?? Response.error()));
  }
});
