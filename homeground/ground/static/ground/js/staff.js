// Staff pages only: rows as links, arrow keys in lists and sheets, "not saved yet", drafts of typed text.
const TYPES = "input:not([type=hidden]):not([type=password]):not([type=file]), textarea, select";

// A click anywhere in a row follows its one link; text selection and inner controls keep working.
document.addEventListener("click", (event) => {
  const row = event.target.closest?.("tr[data-row]");
  if (!row || event.target.closest("a, button, input, select, label, summary")) return;
  if (!window.getSelection().isCollapsed) return;
  row.querySelector("a.row-link")?.click();
});

// Lists: up and down move between the first links of the rows.
document.addEventListener("keydown", (event) => {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  const list = event.target.closest?.("[data-list]");
  if (!list || !event.target.matches("a")) return;
  const links = [...list.querySelectorAll("[data-list-link], a.row-link")];
  const here = links.indexOf(event.target);
  const next = links[here + (event.key === "ArrowDown" ? 1 : -1)];
  if (here < 0 || !next) return;
  event.preventDefault();
  next.focus();
});

// Sheets: up and down stay in the column; a letter marks the row's state while its keys have focus.
document.addEventListener("keydown", (event) => {
  const sheet = event.target.closest?.("[data-sheet]");
  if (!sheet || event.altKey || event.ctrlKey || event.metaKey) return;
  const row = event.target.closest("tr");
  const keys = event.target.closest("[data-keys]");
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (event.target.matches("select, textarea")) return;
    event.preventDefault();
    const other = event.key === "ArrowDown" ? row.nextElementSibling : row.previousElementSibling;
    const column = event.target.closest("td, th").cellIndex;
    const cell = other?.cells[column];
    (cell?.querySelector("input:checked") ?? cell?.querySelector("input, a, button"))?.focus();
  } else if (keys && event.key.length === 1) {
    const choice = keys.querySelector(`input[value="${CSS.escape(event.key.toUpperCase())}"]`);
    if (!choice) return;
    event.preventDefault();
    choice.focus();
    if (!choice.checked) choice.click();
  }
});

// Forms that show whether they are saved: <form data-saves> with a [data-saved] text inside.
const unsaved = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.form?.closest("[data-saves]");
  const text = form?.querySelector("[data-saved]");
  if (!text) return;
  text.textContent = text.dataset.unsaved;
  text.dataset.state = "unsaved";
  unsaved.add(form);
});
document.addEventListener("submit", (event) => unsaved.delete(event.target));
document.addEventListener("htmx:after:swap", () => {
  for (const form of unsaved) if (!form.isConnected || !form.querySelector("[data-state=unsaved]")) unsaved.delete(form);
});
window.addEventListener("beforeunload", (event) => { if (unsaved.size) event.preventDefault(); });

// Drafts: <form data-draft="key"> keeps typed text locked in this browser until it is sent (drafts.js).
const keyOf = (form) => `${location.pathname}:${form.dataset.draft}`;
const valueOf = (field) => (field.matches("[type=checkbox], [type=radio]") ? field.checked : field.value);
const nameOf = (field) => (field.matches("[type=checkbox], [type=radio]") ? `${field.name}=${field.value}` : field.name);
function keep(form) {
  const typed = {};
  for (const field of form.querySelectorAll(TYPES)) if (field.name) typed[nameOf(field)] = valueOf(field);
  drafts.keep(keyOf(form), JSON.stringify(typed));
}
async function restore(form) {
  if (form.querySelector("[aria-invalid=true]")) return;
  const kept = await drafts.kept(keyOf(form));
  if (!kept || typing.has(form)) return;
  const typed = JSON.parse(kept);
  for (const field of form.querySelectorAll(TYPES)) {
    const value = typed[nameOf(field)];
    if (value === undefined) continue;
    if (typeof value === "boolean") field.checked = value;
    else field.value = value;
  }
  form.querySelector("[data-draft-kept]")?.removeAttribute("hidden");
}
const typing = new Set();
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (!form) return;
  typing.add(form);
  keep(form);
});
document.addEventListener("submit", (event) => {
  if (event.target.matches?.("form[data-draft]")) drafts.drop(keyOf(event.target));
});
for (const form of document.querySelectorAll("form[data-draft]")) restore(form);
