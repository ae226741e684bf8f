// The person may keep their own page on their phone, and take it off again.
const box = document.querySelector("[data-keep]");
const STORE = "own-page";
const SCOPE = location.pathname;

if (box && "serviceWorker" in navigator && "caches" in window) {
  box.hidden = false;
  show(await caches.has(STORE));
  box.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-keep-button]");
    if (!button) return;
    if (button.dataset.keepButton === "on") await keep();
    else await forget();
    show(await caches.has(STORE));
  });
}

function show(kept) {
  box.querySelector("[data-keep-off]").hidden = kept;
  box.querySelector("[data-keep-on]").hidden = !kept;
  box.querySelector('[data-keep-button="on"]').hidden = kept;
  box.querySelector('[data-keep-button="off"]').hidden = !kept;
}

async function keep() {
  await navigator.serviceWorker.register(box.dataset.keep, { scope: SCOPE });
  await navigator.serviceWorker.ready;
  const store = await caches.open(STORE);
  const parts = [...document.querySelectorAll("link[rel=stylesheet], link[rel=preload], script[src]")];
  await store.addAll([SCOPE, ...parts.map((each) => each.href || each.src)]);
}

async function forget() {
  await caches.delete(STORE);
  const found = await navigator.serviceWorker.getRegistration(SCOPE);
  await found?.unregister();
}
