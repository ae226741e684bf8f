// The attendance sheet: minutes while typing, times asked for by the keys, later changes saved as made.
// Without this module the sheet is a form with radio buttons and text fields; the server counts anyway.
const form = document.querySelector("[data-attendance]");
const AWAY = new Set(["A", "X"]);
const HALF_DAY = 720;
const SHAPE = /^(\d{1,2})(?:\s*[:.h]\s*(\d{2})|(\d{2}))?\s*([ap])?\s*\.?\s*m?\s*\.?$/;

// Minutes of the day, null when it cannot be read; a bare 6 beside 18:00 means the evening.
function minutesOf(text, near) {
  const match = SHAPE.exec(text.trim().toLowerCase());
  if (!match) return null;
  let total = Number(match[1]) * 60 + Number(match[2] ?? match[3] ?? 0);
  if (match[4]) return (total % HALF_DAY) + (match[4] === "p" ? HALF_DAY : 0);
  if (total < HALF_DAY && total >= 60 && !match[1].startsWith("0") && near !== null) {
    if (Math.abs(total + HALF_DAY - near) < Math.abs(total - near)) total += HALF_DAY;
  }
  return total;
}

const field = (name) => form.elements.namedItem(name)?.value ?? "";

// Begin, end and breaks in minutes; what runs past midnight counts on.
function session() {
  const starts = minutesOf(field("starts"), null);
  let ends = minutesOf(field("ends"), starts);
  if (starts === null || ends === null) return null;
  if (ends <= starts) ends += 2 * HALF_DAY;
  const breaks = [1, 2]
    .map((n) => [minutesOf(field(`break-from-${n}`), starts), minutesOf(field(`break-to-${n}`), ends)])
    .filter(([from, to]) => from !== null && to !== null && to > from);
  return { starts, ends, breaks };
}

function counted(row, held) {
  const key = row.querySelector("[data-keys] input:checked")?.value;
  if (!key || !held) return null;
  if (AWAY.has(key)) return 0;
  const came = row.querySelector("[data-in]").value;
  const left = row.querySelector("[data-out]").value;
  const from = came.trim() ? minutesOf(came, held.starts) : held.starts;
  const to = left.trim() ? minutesOf(left, held.ends) : held.ends;
  if (from === null || to === null || from < held.starts || to > held.ends || to <= from) return null;
  let total = 0;
  for (let minute = from; minute < to; minute += 1) {
    if (!held.breaks.some(([start, end]) => start <= minute && minute < end)) total += 1;
  }
  return total;
}

function recount() {
  const held = session();
  let sum = 0;
  let there = 0;
  for (const row of form.querySelectorAll("[data-person]")) {
    const minutes = counted(row, held);
    row.querySelector("[data-minutes]").textContent = minutes ?? "";
    sum += minutes ?? 0;
    if (!AWAY.has(row.querySelector("[data-keys] input:checked")?.value)) there += 1;
  }
  form.querySelector("[data-total]").textContent = sum;
  form.querySelector("[data-there]").textContent = there;
}

// Someone away has no times; late asks for the time in, left early for the time out.
function follow(radio) {
  const row = radio.closest("[data-person]");
  if (AWAY.has(radio.value)) for (const box of row.querySelectorAll("[data-in], [data-out]")) box.value = "";
}

form?.addEventListener("input", (event) => {
  if (event.target.matches("[type=radio]")) follow(event.target);
  recount();
});
form?.addEventListener("keydown", (event) => {
  const keys = event.target.closest("[data-keys]");
  const wanted = { l: "[data-in]", e: "[data-out]" }[event.key.toLowerCase()];
  if (!keys || !wanted || event.altKey || event.ctrlKey || event.metaKey) return;
  // The letter itself is handled for every sheet in staff.js; focus moves once that is done.
  setTimeout(() => keys.closest("[data-person]").querySelector(wanted).focus());
});

// What is saved shows the minutes the server counted; anything else is counted here from the start.
if (form && (!form.hasAttribute("data-autosave") || document.querySelector(".error-summary"))) recount();

// Once a sheet was saved, every later change is saved a moment after it was made.
let waiting = 0;
let changes = 0;
function note(text, state) {
  const saved = form.querySelector("[data-saved]");
  saved.textContent = text;
  saved.dataset.state = state;
}

// The fields that stand and fall together: one person's row, or the times of the session.
const groups = (root) => [...root.querySelectorAll("[data-person], [data-times]")];
const nameOf = (group) => group.dataset.person ?? "times";
const fields = (group) => [...group.querySelectorAll("input:not([type=hidden]):not([type=checkbox])")];
const texts = (group) => fields(group).map((box) => (box.type === "radio" ? box.checked : box.value)).join("|");
const sense = (group) => fields(group).map((box) => (box.type === "radio" ? box.checked : minutesOf(box.value, 720))).join("|");
const base = (root, name) => root.querySelector(`[data-base="${name}"]`);

// After a save: what was not touched since then shows what is kept now, perhaps another's mark. What was
// touched since then only learns its new version when the save before it is what is kept.
function take(fresh, sent) {
  for (const theirs of groups(fresh)) {
    const name = nameOf(theirs);
    const mine = groups(form).find((group) => nameOf(group) === name);
    if (!mine || !sent.has(name)) continue;
    const still = texts(mine) === sent.get(name).texts;
    if (still) {
      fields(theirs).forEach((box, at) => {
        if (box.type === "radio") fields(mine)[at].checked = box.checked;
        else if (fields(mine)[at].value !== box.value) fields(mine)[at].value = box.value;
      });
    }
    if (still || sense(theirs) === sent.get(name).sense) base(form, name).value = base(fresh, name).value;
  }
  for (const owed of fresh.querySelectorAll("[data-owed]")) {
    form.querySelector(`[data-owed="${owed.dataset.owed}"]`)?.replaceChildren(...owed.childNodes);
  }
}

// One save at a time: the next one builds on the versions the last one brought.
let saving = false;
async function save() {
  if (saving) {
    waiting = setTimeout(save, 300);
    return;
  }
  saving = true;
  await send();
  saving = false;
}

async function send() {
  const count = changes;
  const sent = new Map(groups(form).map((group) => [nameOf(group), { texts: texts(group), sense: sense(group) }]));
  const response = await fetch(location.href, { method: "POST", body: new FormData(form) }).catch(() => null);
  const page = response?.ok ? new DOMParser().parseFromString(await response.text(), "text/html") : null;
  const fresh = page?.querySelector("[data-attendance]");
  if (!fresh) {
    note(form.dataset.refused, "unsaved");
    return;
  }
  take(fresh, sent);
  recount();
  if (count !== changes) return;
  note(fresh.querySelector("[data-saved]").textContent, "saved");
  // Tells the page's own "not saved yet" that this form is clean again.
  document.dispatchEvent(new Event("htmx:after:swap"));
}

if (form?.hasAttribute("data-autosave")) {
  form.addEventListener("change", () => {
    changes += 1;
    clearTimeout(waiting);
    waiting = setTimeout(save, 700);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
