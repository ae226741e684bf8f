// Typed text that has not reached the clinic yet, kept in this browser and locked: AES-GCM, with a key that
// the clinic gives only to whoever is signed in and that is stored nowhere. Where the connection allows no
// locking (plain http to another machine) text stays in this page's memory, and the page says so.
const PREFIX = "draft:";
const DAYS = 7;
const AGAIN = 3000;
const told = document.querySelector("meta[name=drafts]");
const subtle = globalThis.crypto?.subtle;
const memory = new Map();
const keys = new Map();
const encoder = new TextEncoder();

const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const letters = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)));

const wait = (pause) => new Promise((done) => { setTimeout(done, pause); });

// The key beside a mark: null when this account has none, an error when the clinic does not answer.
async function asked(mark) {
  const query = mark ? `?mark=${encodeURIComponent(mark)}` : "";
  const answer = await fetch(told.content + query, { headers: { Accept: "application/json" } });
  if (answer.status >= 500) throw new Error("no answer");
  if (!answer.ok || answer.redirected) return null;
  const got = await answer.json();
  return { mark: got.mark, key: await subtle.importKey("raw", bytes(got.key), "AES-GCM", false, ["encrypt", "decrypt"]) };
}
// One question for each session whose text lies here, asked until the clinic answers.
async function keyFor(mark = "") {
  while (true) {
    if (!keys.has(mark)) keys.set(mark, asked(mark));
    try {
      return await keys.get(mark);
    } catch {
      keys.delete(mark);
      await wait(AGAIN);
    }
  }
}

// The last wish for a name wins, however long locking took: each name has a line of its own.
const lines = new Map();
function inLine(name, work) {
  const done = (lines.get(name) ?? Promise.resolve()).then(work);
  lines.set(name, done.catch(() => undefined));
  return done;
}

async function lock(name, text) {
  const own = await keyFor();
  if (!own) return;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await subtle.encrypt({ name: "AES-GCM", iv, additionalData: encoder.encode(name) }, own.key, encoder.encode(text));
  if (memory.get(name) !== text) return;
  localStorage.setItem(PREFIX + name, JSON.stringify({ at: Date.now(), mark: own.mark, iv: letters(iv), sealed: letters(sealed) }));
}

async function unlock(name, found) {
  const own = await keyFor(found.mark);
  if (!own) return null;
  const how = { name: "AES-GCM", iv: bytes(found.iv), additionalData: encoder.encode(name) };
  // What another account kept under this name does not open: it is not there for this one.
  return subtle.decrypt(how, own.key, bytes(found.sealed)).then((text) => new TextDecoder().decode(text), () => null);
}

// Accounts that share a browser do not meet: a name begins with whose it is.
const full = (name) => `${told?.dataset.account}:${name}`;

const drafts = {
  locked: Boolean(subtle && told),
  // Keep a text under a name. The promise tells when it is safe in this browser.
  keep(name, text) {
    memory.set(full(name), text);
    return drafts.locked ? inLine(full(name), () => lock(full(name), text)) : Promise.resolve();
  },
  // The text of a name, or null when there is none of this account.
  async kept(name) {
    if (memory.has(full(name))) return memory.get(full(name));
    const found = drafts.locked && JSON.parse(localStorage.getItem(PREFIX + full(name)) ?? "null");
    return found ? unlock(full(name), found) : null;
  },
  drop(name) {
    memory.delete(full(name));
    localStorage.removeItem(PREFIX + full(name));
  },
  // Nothing is left when whoever typed it signs out.
  forget() {
    memory.clear();
    for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
  },
};
globalThis.drafts = drafts;

for (const key of Object.keys(localStorage)) {
  if (key.startsWith("notes:")) localStorage.removeItem(key);
  else if (key.startsWith(PREFIX) && !(Date.now() - JSON.parse(localStorage.getItem(key)).at < DAYS * 86400000)) localStorage.removeItem(key);
}
document.addEventListener("submit", (event) => {
  if (event.target.matches?.("[data-forget]")) drafts.forget();
});

const forms = document.querySelectorAll("form[data-draft], form[data-notes]");
if (forms.length && drafts.locked) keyFor();
else if (told) {
  for (const form of forms) {
    const line = document.createElement("p");
    line.className = "small soft";
    line.dataset.draftOpen = "";
    line.textContent = told.dataset.open;
    form.prepend(line);
  }
}
