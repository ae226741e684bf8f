// Keeps one page and what it needs to be read; everything else goes to the network as ever.
const STORE = "own-page";
const CARD = "{{ card|escapejs }}";

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const path = new URL(event.request.url).pathname;
  const wanted = path === CARD && event.request.mode === "navigate";
  if (event.request.method !== "GET" || (!wanted && !path.startsWith("/static/"))) return;
  event.respondWith(answer(event.request, wanted));
});

// The network first, so that a change is seen; what was kept when there is none. A page that asks to sign
// in again does not replace what was kept.
async function answer(request, wanted) {
  const store = await caches.open(STORE);
  try {
    const response = await fetch(request);
    const kept = await store.match(request, { ignoreSearch: true });
    if (wanted && (response.redirected || response.type === "opaqueredirect") && kept) return kept;
    if (response.ok && !response.redirected && (wanted || kept)) await store.put(request, response.clone());
    return response;
  } catch (trouble) {
    const kept = await store.match(request, { ignoreSearch: true });
    if (kept) return kept;
    throw trouble;
  }
}
