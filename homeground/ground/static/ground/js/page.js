// On every page: leave at once, and bring the list of problems into view.
function leave(link) {
  document.body.replaceChildren();
  document.title = "";
  window.location.replace(link.href);
}
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("[data-quick-exit]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return;
  event.preventDefault();
  leave(link);
});

let presses = [];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.repeat) return;
  presses = [...presses.slice(-2), event.timeStamp];
  const link = document.querySelector("[data-quick-exit]");
  if (link && presses.length === 3 && presses[2] - presses[0] < 2000) leave(link);
});

// An open menu closes with Escape or a press elsewhere.
const MENUS = "details.menu[open], details.help-now[open]";
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(MENUS)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll(MENUS)) if (!menu.contains(event.target)) menu.open = false;
});

document.querySelector("[data-focus]")?.focus();
document.addEventListener("htmx:after:swap", () => document.querySelector("[data-focus]")?.focus());

// Nothing kept by this browser outlives the stay of who is signed in; see drafts.js for typed text.
document.addEventListener("submit", (event) => {
  if (event.target.matches?.("[data-forget]")) sessionStorage.clear();
});
