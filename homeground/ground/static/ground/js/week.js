// Week painter: drag or hold to paint a block, arrows to move, presets at once, one text line a day kept in step.
// Without this file the checkboxes, the text lines and the preset buttons do the same work on the server.
const DAYS = 7;
const HALVES = 48;
let paint = null;

const cellOf = (node) => node?.closest?.(".week-cell");
const weekOf = (node) => node?.closest?.("[data-week]");
const place = (cell) => cell.value.split("-").map(Number);
const cellAt = (week, day, half) => week.querySelector(`.week-cell[value="${day}-${half}"]`);
const clock = (half) => (half % 2 ? `${(half - 1) / 2}:30` : `${half / 2}`);

function dayWords(week, day) {
  const runs = [];
  for (let half = 0; half < HALVES; half++) {
    if (!cellAt(week, day, half).checked) continue;
    const last = runs.at(-1);
    if (last && last[1] === half) last[1]++;
    else runs.push([half, half + 1]);
  }
  return runs.map(([from, to]) => `${clock(from)}-${clock(to)}`).join(", ");
}

// Table and lines agree again on these days: the server takes this as the state both are edits of.
function agree(week, days) {
  const field = week.querySelector(`[name="${week.dataset.week}-was"]`);
  let bits = BigInt(`0x${field.value}`);
  for (const day of days) {
    for (let half = 0; half < HALVES; half++) {
      const bit = 1n << BigInt(day * HALVES + half);
      bits = cellAt(week, day, half).checked ? bits | bit : bits & ~bit;
    }
  }
  field.value = bits.toString(16).padStart(84, "0");
}

function refresh(week, days) {
  const lineOf = (day) => week.querySelector(`[name="${week.dataset.week}-text-${day}"]`);
  // A line the script could not read stays as typed; the server reads it.
  const kept = [...days].filter((day) => !lineOf(day).dataset.typed);
  for (const day of kept) lineOf(day).value = dayWords(week, day);
  agree(week, kept);
  const total = week.querySelector("[data-week-total]");
  const hours = week.querySelectorAll(".week-cell:checked").length / 2;
  total.textContent = `${hours.toLocaleString(document.documentElement.lang)} ${total.dataset.words}`;
}

function begin(cell, toggle) {
  const week = weekOf(cell);
  const before = new Map([...week.querySelectorAll(".week-cell")].map((c) => [c, c.checked]));
  paint = { week, from: place(cell), mark: toggle ? !cell.checked : cell.checked, before };
  stretch(cell);
}

function stretch(cell) {
  if (!paint || weekOf(cell) !== paint.week) return;
  const [day, half] = place(cell);
  const [day0, half0] = paint.from;
  for (const [other, was] of paint.before) {
    const [d, h] = place(other);
    const inside = Math.abs(d - day) + Math.abs(d - day0) === Math.abs(day - day0)
      && Math.abs(h - half) + Math.abs(h - half0) === Math.abs(half - half0);
    other.checked = inside ? paint.mark : was;
  }
}

function end() {
  if (!paint) return;
  const { week, before } = paint;
  paint = null;
  const days = new Set([...before].filter(([cell, was]) => cell.checked !== was).map(([cell]) => place(cell)[0]));
  refresh(week, days);
  if (days.size) week.dispatchEvent(new Event("change", { bubbles: true }));
}

let painted = false;
document.addEventListener("pointerdown", (event) => {
  const cell = cellOf(event.target);
  painted = false;
  if (!cell || event.button !== 0 || event.pointerType === "touch") return;
  begin(cell, true);
  painted = true;
});
document.addEventListener("pointermove", (event) => {
  if (paint && event.pointerType !== "touch") {
    const cell = cellOf(document.elementFromPoint(event.clientX, event.clientY));
    if (cell) stretch(cell);
  }
});
document.addEventListener("pointerup", (event) => { if (event.pointerType !== "touch") end(); });
document.addEventListener("click", (event) => {
  if (painted && event.detail && cellOf(event.target)) event.preventDefault();
  painted = false;
  const button = event.target.closest?.("[data-cells]");
  const week = weekOf(button);
  if (!week) return;
  event.preventDefault();
  const bits = BigInt(`0x${button.dataset.cells}`);
  for (const cell of week.querySelectorAll(".week-cell")) {
    const [day, half] = place(cell);
    const on = (bits >> BigInt(day * HALVES + half)) & 1n;
    if (bits === 0n || on) cell.checked = Boolean(on);
  }
  for (const more of week.querySelectorAll(".week-more")) if (more.querySelector(".week-cell:checked")) more.open = true;
  if (bits === 0n) for (const line of week.querySelectorAll(".week-list input")) delete line.dataset.typed;
  refresh(week, Array(DAYS).keys());
});

// Touch: a short tap toggles (the browser's own click); holding still for a moment starts to paint.
let hold = 0;
let start = null;
document.addEventListener("touchstart", (event) => {
  const cell = cellOf(event.target);
  if (!cell || event.touches.length > 1) return;
  start = event.touches[0];
  hold = setTimeout(() => begin(cell, true), 350);
}, { passive: true });
document.addEventListener("touchmove", (event) => {
  const touch = event.touches[0];
  if (paint) {
    event.preventDefault();
    const cell = cellOf(document.elementFromPoint(touch.clientX, touch.clientY));
    if (cell) stretch(cell);
  } else if (start && Math.hypot(touch.clientX - start.clientX, touch.clientY - start.clientY) > 8) clearTimeout(hold);
}, { passive: false });
document.addEventListener("touchend", (event) => {
  clearTimeout(hold);
  if (paint) { event.preventDefault(); end(); }
}, { passive: false });
document.addEventListener("touchcancel", () => { clearTimeout(hold); end(); });
document.addEventListener("contextmenu", (event) => { if (paint) event.preventDefault(); });

document.addEventListener("change", (event) => {
  const week = weekOf(event.target);
  if (!week) return;
  const cell = cellOf(event.target);
  if (cell) refresh(week, [place(cell)[0]]);
  else if (event.target.closest(".week-list")) readLine(week, event.target);
});

function readLine(week, line) {
  const day = Number(line.name.split("-").at(-1));
  const ranges = line.value.split(/[,;]/).filter((piece) => piece.trim()).map((piece) => {
    const match = /^\s*(\d{1,2})(?::([03]0))?\s*[-\u2013]\s*(\d{1,2})(?::([03]0))?\s*$/.exec(piece);
    return match && [match[1] * 2 + (match[2] === "30"), match[3] * 2 + (match[4] === "30")];
  });
  const plain = ranges.every((range) => range && range[0] < range[1] && range[1] <= HALVES);
  if (!plain) { line.dataset.typed = "yes"; return; }
  delete line.dataset.typed;
  for (let half = 0; half < HALVES; half++) {
    cellAt(week, day, half).checked = ranges.some(([from, to]) => from <= half && half < to);
  }
  refresh(week, [day]);
}

// Keyboard: one tab stop; arrows move, with Shift they carry the state of the cell along.
const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
document.addEventListener("keydown", (event) => {
  const cell = cellOf(event.target);
  const step = STEPS[event.key];
  if (!cell || (!step && event.key !== "Home" && event.key !== "End")) return;
  event.preventDefault();
  const [day, half] = place(cell);
  const [dd, dh] = step ?? [event.key === "Home" ? -day : DAYS - 1 - day, 0];
  const next = cellAt(weekOf(cell), day + dd, half + dh);
  if (!next || !next.checkVisibility()) return;
  if (event.shiftKey && next.checked !== cell.checked) {
    next.checked = cell.checked;
    refresh(weekOf(cell), [place(next)[0]]);
  }
  next.focus();
});
document.addEventListener("focusin", (event) => {
  const cell = cellOf(event.target);
  if (cell) rove(cell.closest("table"), cell);
});
function rove(table, current) {
  for (const cell of table.querySelectorAll(".week-cell")) cell.tabIndex = cell === current ? 0 : -1;
}
function init() {
  for (const week of document.querySelectorAll("[data-week]:not([data-ready])")) {
    week.dataset.ready = "";
    for (const table of week.querySelectorAll("table")) {
      rove(table, table.querySelector(".week-cell:checked") ?? table.querySelector('[value="0-16"]') ?? table.querySelector(".week-cell"));
    }
    refresh(week, []);
  }
}
init();
document.addEventListener("htmx:after:swap", init);
