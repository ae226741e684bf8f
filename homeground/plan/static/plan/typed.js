// Documents saved as typed: a moment after each key, and at once when the page is left or hidden.
// Without this module the page has a Save button; the server compares texts in the same way.
const WAIT = 500;

for (const form of document.querySelectorAll("form[data-typed]")) begin(form);

function begin(form) {
  const status = form.querySelector("[data-saved]");
  let changes = 0;
  let sent = 0;
  let timer = 0;
  let busy = false;

  function say(text, state) {
    if (!status) return;
    status.textContent = text;
    status.dataset.state = state;
  }

  // The server keeps what it kept: mine stays in the field, theirs is shown beside it.
  function take(answer) {
    for (const [name, token] of Object.entries(answer.seen)) {
      const seen = form.elements.namedItem(`seen-${name}`);
      if (seen) seen.value = token;
    }
    for (const box of form.querySelectorAll("[data-theirs]")) {
      const theirs = answer.theirs[box.dataset.theirs];
      const error = answer.errors[box.dataset.theirs];
      if (theirs !== undefined || error) {
        box.hidden = false;
        box.querySelector("[data-said]").textContent = error ?? theirs;
      } else if (answer.seen[box.dataset.theirs] !== undefined) box.hidden = true;
    }
    if (answer.document) for (const box of document.querySelectorAll("[data-document]")) box.value = answer.document;
    const open = Object.keys(answer.theirs).length + Object.keys(answer.errors).length;
    say(open ? form.dataset.look : answer.saved, open ? "unsaved" : "saved");
  }

  async function save(leaving = false) {
    clearTimeout(timer);
    if (changes === sent || (busy && !leaving)) {
      if (busy) timer = setTimeout(save, WAIT);
      return;
    }
    busy = true;
    const count = changes;
    const response = await fetch(form.action, {
      method: "POST",
      body: new FormData(form),
      headers: { Accept: "application/json" },
      keepalive: leaving,
    }).catch(() => null);
    busy = false;
    if (!response?.ok || !response.headers.get("Content-Type")?.startsWith("application/json")) {
      say(form.dataset.failed, "unsaved");
      timer = setTimeout(save, 10 * WAIT);
      return;
    }
    sent = count;
    take(await response.json());
    if (changes !== sent) timer = setTimeout(save, WAIT);
  }

  form.addEventListener("input", () => {
    changes += 1;
    say(status?.dataset.unsaved ?? "", "unsaved");
    clearTimeout(timer);
    timer = setTimeout(save, WAIT);
  });
  form.addEventListener("submit", () => {
    clearTimeout(timer);
    sent = changes;
  });
  // A button beside the document (sign, close, finish) waits until what was typed is kept.
  document.addEventListener("submit", async (event) => {
    const other = event.target;
    if (other === form || changes === sent || !other.matches("main form")) return;
    event.preventDefault();
    while (busy) await new Promise((go) => setTimeout(go, 50));
    await save();
    if (changes === sent) other.requestSubmit(event.submitter);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save(true);
  });
  addEventListener("pagehide", () => save(true));
}
