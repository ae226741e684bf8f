// The workspace of a session. Number keys mark chips, arrow keys move between rows, every keystroke is kept:
// at once in this browser, a moment later in the clinic. Without this module the page is a form with two buttons.
const form = document.querySelector("[data-notes]");
const PAUSE = 600;
const AGAIN = 3000;
const STORE = location.pathname;

// Every field by its name, found once: a group of fifteen has two thousand boxes.
const BOXES = new Map();
const WAS = new Map();
for (const box of form?.elements ?? []) {
  if (box.type === "hidden" && box.name.startsWith("was.")) WAS.set(box.name.slice(4), box);
  else if (box.name) BOXES.set(box.name, [...(BOXES.get(box.name) ?? []), box]);
}
const boxes = (name) => BOXES.get(name) ?? [];
const wasOf = (name) => WAS.get(name);

// A field as text: chosen codes in order, joined by commas, or what is typed.
function valueOf(name) {
  const found = boxes(name);
  if (found[0]?.type === "checkbox" || found[0]?.type === "radio") {
    return found.filter((box) => box.checked).map((box) => box.value).join(",");
  }
  return found[0]?.value ?? "";
}

function put(name, value) {
  const chosen = Array.isArray(value) ? value : String(value).split(",");
  for (const box of boxes(name)) {
    if (box.type === "checkbox" || box.type === "radio") box.checked = chosen.includes(box.value);
    else if (box.value !== value) box.value = value;
  }
}

const same = (one, other) => one.split(",").sort().join() === other.split(",").sort().join();
const choice = (name) => ["checkbox", "radio"].includes(boxes(name)[0]?.type);
const changed = (name) => {
  const now = valueOf(name).replaceAll("\r\n", "\n");
  const was = (wasOf(name)?.value ?? "").replaceAll("\r\n", "\n");
  return choice(name) ? !same(now, was) : now !== was;
};

// What the clinic has not confirmed yet lies locked in this browser, and nowhere else (ground/js/drafts.js).
const touched = new Set();
// Words of an earlier visit that nobody has taken or dropped yet: they stay kept beside what is typed now.
let offered = {};
let offering = true;
function keep() {
  const waiting = {};
  for (const name of touched) {
    if (changed(name)) waiting[name] = { value: valueOf(name), was: wasOf(name).value };
    else touched.delete(name);
  }
  const all = { ...offered, ...waiting };
  if (Object.keys(all).length) drafts.keep(STORE, JSON.stringify(all));
  else drafts.drop(STORE);
  return waiting;
}

function note(text, state) {
  const saved = form.querySelector("[data-saved]");
  saved.textContent = text;
  saved.dataset.state = state;
  // staff.js asks before leaving while something is unsaved; this tells it that nothing is.
  if (state === "saved") document.dispatchEvent(new Event("htmx:after:swap"));
}

let timer = 0;
let busy = false;
function later(pause) {
  clearTimeout(timer);
  timer = setTimeout(save, pause);
}

async function send(waiting, redraft) {
  const body = new URLSearchParams({ csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value });
  for (const [name, { value, was }] of Object.entries(waiting)) {
    body.append(`was.${name}`, was);
    if (!choice(name)) body.append(name, value);
    else for (const code of value.split(",").filter(Boolean)) body.append(name, code);
  }
  if (redraft) body.append("redraft", redraft);
  const answer = await fetch(location.pathname, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer) return null;
  if (answer.status === 422) return { refused: (await answer.json()).refused };
  return answer.ok && !answer.redirected ? answer.json() : null;
}

async function save(redraft = "") {
  if (busy || offering) return later(PAUSE / 2);
  const waiting = keep();
  if (!Object.keys(waiting).length && !redraft) return undefined;
  busy = true;
  const got = await send(waiting, redraft);
  busy = false;
  if (!got || got.refused) {
    note(got?.refused ?? form.dataset.lost, "unsaved");
    if (!got) later(AGAIN);
    return undefined;
  }
  learn(got, waiting);
  if (Object.keys(keep()).length) later(PAUSE);
  else note(got.saved, "saved");
  return laterCheck();
}

// What was sent is now what is kept; a field typed on meanwhile stays as typed and goes with the next save.
function learn(got, waiting) {
  for (const [name, sent] of Object.entries(waiting)) {
    const kept = name in got.fields ? got.fields[name] : sent.value;
    const text = Array.isArray(kept) ? kept.join(",") : kept;
    if (valueOf(name) === sent.value) put(name, text);
    wasOf(name).value = text;
  }
  for (const [name, kept] of Object.entries(got.fields)) {
    if (name in waiting || !wasOf(name)) continue;
    if (!changed(name)) put(name, kept);
    wasOf(name).value = Array.isArray(kept) ? kept.join(",") : kept;
  }
  for (const card of form.querySelectorAll("[data-card]")) {
    const seen = form.elements[`seen.${card.dataset.card}`];
    if (!seen) continue;
    const [version, shared] = seen.value.split(".");
    seen.value = [got.versions[card.dataset.card] ?? version, Math.max(got.shared, shared), card.dataset.markVersion].join(".");
    const text = `${card.dataset.card}.text`;
    if (text in waiting) card.querySelector("[data-by-hand]").hidden = false;
    if (text in got.fields) card.querySelector("[data-by-hand]").hidden = !got.both.includes(text);
  }
  for (const name of got.both) tell(name, got.note);
  for (const who of got.late) tell(`${who}.text`, got.late_note);
}

function tell(name, text) {
  const box = boxes(name)[0];
  const place = box?.closest("fieldset") ?? box?.parentElement;
  if (!place || place.querySelector("[data-both]")) return;
  const line = document.createElement("p");
  line.className = "error";
  line.dataset.both = "";
  line.setAttribute("role", "status");
  line.textContent = text;
  place.append(line);
}

// The guards beside the text, a moment after it was saved.
let checking = 0;
function laterCheck() {
  clearTimeout(checking);
  checking = setTimeout(check, PAUSE);
}
async function check() {
  const answer = await fetch(form.dataset.checks, { headers: { Accept: "application/json" } }).catch(() => null);
  if (!answer?.ok) return;
  const got = await answer.json();
  for (const [who, found] of Object.entries(got.cards)) {
    const card = form.querySelector(`[data-card="${who}"]`);
    const list = card?.querySelector("[data-told]");
    if (!list) continue;
    const lines = found.told.map(({ words, blocks }) => {
      const line = document.createElement("li");
      line.textContent = words;
      line.className = blocks ? "stop" : found.asks ? "notice" : "";
      return line;
    });
    if (list.textContent !== lines.map((line) => line.textContent).join("")) list.replaceChildren(...lines);
    card.querySelector("[data-waive]").hidden = !found.asks;
    card.dataset.passes = found.passes;
  }
  const all = form.querySelector("[data-sign-all]");
  if (all) all.textContent = got.sign_all;
}

const rows = (card) => [...card.querySelectorAll("[data-marks], [data-line]:not([hidden]), textarea")];
function enter(row) {
  const box = row?.matches("textarea, input") ? row : row?.querySelector("input:checked:not([type=hidden])") ?? row?.querySelector("input:not([type=hidden])");
  box?.focus();
}
function step(from, by) {
  const all = rows(from.closest("[data-card]"));
  enter(all[all.findIndex((row) => row.contains(from)) + by]);
}

function byNumber(event, row) {
  const box = [...row.querySelectorAll(".mark input")][Number(event.key) - 1];
  if (!box) return;
  event.preventDefault();
  const radio = box.type === "radio";
  const off = radio && box.checked;
  box.checked = off ? false : radio || !box.checked;
  box.dispatchEvent(new Event("input", { bubbles: true }));
  if (radio && !off) step(row, 1);
  else box.focus();
}

function moved(event) {
  const card = event.target.closest("[data-card]");
  if (!card) return;
  const row = event.target.closest("[data-marks]");
  if (event.ctrlKey || event.metaKey) {
    const cards = [...form.querySelectorAll("[data-card]")].filter((each) => each.querySelector("[data-marks]"));
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!by) return;
    event.preventDefault();
    enter(cards[cards.indexOf(card) + by]?.querySelector("[data-marks]"));
  } else if (row && !event.altKey && /^[1-9]$/.test(event.key)) byNumber(event, row);
  else if (event.key === "Enter" && (row || event.target.matches("input:not([type=hidden])"))) {
    event.preventDefault();
    step(event.target, 1);
  } else if (row && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    step(row, event.key === "ArrowDown" ? 1 : -1);
  }
}

// One stop of the Tab key a row: inside it arrows and numbers move.
function oneStop(row) {
  const all = [...row.querySelectorAll(".mark input")];
  const stop = all.find((box) => box === document.activeElement) ?? all.find((box) => box.checked) ?? all[0];
  for (const box of all) box.tabIndex = box === stop ? 0 : -1;
}
function sideways(event) {
  const row = event.target.closest("[data-marks]");
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!row || !by) return;
  event.preventDefault();
  const all = [...row.querySelectorAll(".mark input")];
  all[(all.indexOf(event.target) + by + all.length) % all.length].focus();
}

// The place for words about a risk is shown once a concern is marked.
function riskLine(card) {
  const line = card.querySelector("[data-line=risk_note]");
  if (!line) return;
  const told = line.querySelector("input:not([type=hidden])").value;
  line.hidden = !told && !card.querySelector("input[value=concern]")?.checked;
}

// Words of an earlier visit that never reached the clinic are offered, not put in by themselves.
async function offer() {
  const kept = JSON.parse((await drafts.kept(STORE)) ?? "{}");
  const box = form.querySelector("[data-kept]");
  const names = Object.keys(kept).filter((name) => boxes(name).length && kept[name].value !== valueOf(name));
  offering = false;
  if (!box || !names.length) {
    keep();
    return;
  }
  for (const name of names) offered[name] = kept[name];
  box.hidden = false;
  box.querySelector("[data-kept-list]").replaceChildren(...names.map((name) => {
    const line = document.createElement("li");
    line.textContent = choice(name) ? kept[name].value.replaceAll("_", " ") : kept[name].value;
    return line;
  }));
  const done = () => { box.hidden = true; offered = {}; keep(); save(); };
  box.querySelector("[data-kept-take]").addEventListener("click", () => {
    for (const name of names) {
      put(name, kept[name].value);
      wasOf(name).value = kept[name].was;
      touched.add(name);
    }
    done();
  });
  box.querySelector("[data-kept-drop]").addEventListener("click", () => {
    done();
  });
}

if (form?.querySelector("[data-save]")) {
  for (const name of WAS.keys()) if (changed(name)) touched.add(name);
  offer();
  for (const row of form.querySelectorAll("[data-marks]")) oneStop(row);
  for (const card of form.querySelectorAll("[data-card]")) riskLine(card);
  form.addEventListener("input", (event) => {
    if (WAS.has(event.target.name)) touched.add(event.target.name);
    if (!offering) keep();
    const card = event.target.closest("[data-card]");
    if (card) riskLine(card);
    later(PAUSE);
  });
  form.addEventListener("keydown", (event) => { moved(event); sideways(event); });
  form.addEventListener("focusin", (event) => {
    const row = event.target.closest("[data-marks]");
    if (row) oneStop(row);
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-redraft]");
    if (!button) return;
    event.preventDefault();
    button.closest("[data-by-hand]").hidden = true;
    save(button.value);
  });
  document.addEventListener("submit", () => clearTimeout(timer));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      form.querySelector("[data-sign-all]")?.click();
    }
  });
}
