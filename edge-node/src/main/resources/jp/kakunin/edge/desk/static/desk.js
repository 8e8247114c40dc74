"use strict";
// Keeps the page alive: follows the events, redraws what changed, tells a screen reader, and answers the keys.
// Without this script every form still works; the page then shows the news when it is loaded again.

const body = document.body;
const now = document.getElementById("say-now");
const list = document.getElementById("say-list");
let lastSaid = document.getElementById("tap")?.dataset.say ?? "";

function say(region, text) {
  region.textContent = "";
  setTimeout(() => { region.textContent = text; }, 60);
}

function rows(root) {
  const found = new Map();
  root.querySelectorAll("[data-row]").forEach((row) => found.set(row.dataset.row, row.dataset.say));
  return found;
}

function sayRows(before, after) {
  const changed = [...after].filter(([id, text]) => before.get(id) !== text).map(([, text]) => text);
  if (changed.length > 0 && changed.length <= 3) say(list, changed.join(" "));
}

function isBusyWith(part) {
  const at = document.activeElement;
  return part.contains(at) && (at.matches("input:not([type=hidden]), select, details *") || part.querySelector("details[open]"));
}

const drawnHtml = new Map();
document.querySelectorAll("[data-live]").forEach((part) => drawnHtml.set(part.id, part.outerHTML));

function redraw(fresh) {
  document.querySelectorAll("[data-live]").forEach((old) => {
    const part = fresh.getElementById(old.id);
    if (!part || part.outerHTML === drawnHtml.get(old.id)) return;
    if (part.dataset.key !== undefined && part.dataset.key === old.dataset.key) return;
    if (old.id === "status" && isBusyWith(old)) return;
    const at = document.activeElement;
    const hadFocus = old.contains(at);
    drawnHtml.set(old.id, part.outerHTML);
    old.replaceWith(part);
    showWhatWorks(part);
    if (old.id === "visits") sayRows(rows(old), rows(part));
    if (old.id === "tap") drawn(part, hadFocus || at === body);
    else if (hadFocus) sameStep(at, old, part).focus();
  });
}

const steps = "a, button, input:not([type=hidden]), select, summary";

// Whoever goes by keyboard must not be thrown back to the top because something else on the page became news.
function sameStep(at, old, part) {
  const row = at.closest("[data-row]");
  const fresh = row ? part.querySelector(`[data-row="${row.dataset.row}"]`) : part;
  const step = fresh?.querySelectorAll(steps)[[...(row ?? old).querySelectorAll(steps)].indexOf(at)];
  if (step?.tagName === at.tagName) return step;
  part.tabIndex = -1;
  return part;
}

function drawn(tap, hadFocus) {
  lastSaid = tap.dataset.say;
  // A card that was taken back mostly still lies there and is looked at again at once: both must be heard and seen.
  say(now, `${document.querySelector(".flash[data-stays] p")?.textContent ?? ""} ${lastSaid}`.trim());
  // What was said about the patient before must not stand beside the next one's answer.
  const over = { looking: ".flash:not([data-stays])", ready: ".flash:not([data-stays])", reading: ".flash" };
  const said = document.querySelector(over[tap.dataset.key.match(/^[a-z]+/)[0]] ?? "none");
  if (hadFocus || said?.contains(document.activeElement)) (tap.querySelector("[data-pin]") ?? tap).focus();
  said?.remove();
}

let loading = false;
let again = false;
async function refresh() {
  if (!document.querySelector("[data-live]")) return;
  if (loading) { again = true; return; }
  loading = true;
  try {
    const answer = await fetch(location.pathname + location.search, { headers: { Accept: "text/html", "Kakunin-Follows": "1" } });
    if (answer.status === 423) showLock();
    else if (answer.ok) redraw(new DOMParser().parseFromString(await answer.text(), "text/html"));
  } catch { /* the event stream tells when we are back */ } finally {
    loading = false;
    if (again) { again = false; refresh(); }
  }
}

const lost = document.getElementById("lost");
let lostTimer = 0;
const events = new EventSource("/events");
events.addEventListener("locked", showLock);
events.addEventListener("desk", () => { back(); refresh(); });
events.addEventListener("open", back);
events.addEventListener("error", () => {
  lostTimer = lostTimer || setTimeout(() => { lost.textContent = body.dataset.lost; }, 3000);
  if (events.readyState === EventSource.CLOSED) setTimeout(() => location.reload(), 5000);
});
// The lock screen comes in place of this page, and leads back to it.
// A form that is on its way brings the next page by itself, perhaps with the right to stay.
const SENDING_MILLIS_MAX = 10000;
let sending = false;
function showLock() {
  if (sending) return;
  body.hidden = true;
  location.replace(location.pathname + location.search);
}
// Going back must not show what was on screen before it was locked.
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  sending = false;
  showLock();
});

// Whoever types a long form uses the desk, though nothing is sent.
const USED_MILLIS_MIN = 20000;
let lastUsed = Date.now();
["keydown", "pointerdown"].forEach((kind) => document.addEventListener(kind, () => {
  if (!("lockable" in body.dataset) || Date.now() - lastUsed < USED_MILLIS_MIN) return;
  lastUsed = Date.now();
  fetch("/used").then((answer) => { if (answer.status === 423) showLock(); }, () => {});
}));

function back() {
  clearTimeout(lostTimer);
  lostTimer = 0;
  lost.textContent = "";
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (form.dataset.saved) {
    // A file comes, and the page stays.
    say(list, form.dataset.saved);
    return;
  }
  if (!form.hasAttribute("data-script")) {
    form.querySelectorAll("button").forEach((button) => { button.disabled = true; });
    sending = true;
    setTimeout(() => { sending = false; }, SENDING_MILLIS_MAX);
    return;
  }
  event.preventDefault();
  const pin = form.querySelector("[data-pin]");
  const sent = new URLSearchParams(new FormData(form));
  if (pin) pin.value = "";
  const answer = await fetch(form.action, { method: "POST", body: sent, redirect: "manual", headers: { Accept: "application/json" } });
  if (answer.status === 422) {
    const problem = await answer.json();
    const place = form.querySelector(".error");
    if (place) place.textContent = `${problem.staff} (${problem.code})`;
    pin?.focus();
  } else if (answer.status === 423) {
    showLock();
  } else if (answer.status === 403) {
    location.reload();
  } else {
    refresh();
  }
});

document.addEventListener("input", (event) => {
  if (event.target.matches("[data-pin]")) {
    say(list, body.dataset.pinCount.replace("{0}", event.target.value.length));
  }
});

const keys = {
  Digit1: () => { const tap = document.getElementById("tap"); if (tap) (tap.querySelector("[data-pin], button") ?? tap).focus(); else location.href = "/"; },
  Digit2: () => { location.href = "/deferred"; },
  Digit3: () => { location.href = "/oral"; },
  Digit4: () => { location.href = "/document"; },
  Digit5: () => { const title = document.getElementById("visits-title"); if (title) title.focus(); else location.href = "/"; },
  Digit6: () => { location.href = "/history"; },
  Digit7: () => { document.querySelector('[data-key="7"]')?.click(); },
  Digit8: () => { document.querySelector('[data-key="8"]')?.click(); },
  // The flash is about what was recorded last; without one it is the card on the panel.
  Digit9: () => { document.querySelector(".flash [data-undo] button, #tap [data-undo] button")?.click(); },
  Digit0: () => { say(now, lastSaid); },
  KeyL: () => { document.querySelector("[data-lock]")?.click(); },
};
document.addEventListener("keydown", (event) => {
  if (event.altKey && !event.ctrlKey && !event.metaKey && keys[event.code]) {
    event.preventDefault();
    keys[event.code]();
  }
});

// A link moves the view to its target, not always the keyboard with it.
document.querySelector("[data-to-field]")?.addEventListener("click", (event) => {
  const field = document.querySelector(`[name="${event.target.hash.slice(1)}"]`);
  if (!field) return;
  event.preventDefault();
  field.focus();
});

window.addEventListener("pageshow", () => {
  document.querySelectorAll("button[disabled]").forEach((button) => { button.disabled = false; });
  document.getElementById("problem")?.focus();
  const done = document.querySelector(".flash p");
  if (done) say(list, done.textContent);
  document.querySelectorAll("#tap [data-pin]").forEach((pin) => { if (document.activeElement === body) pin.focus(); });
});

// A voice of the browser's maker would send what is read to its servers: only one of this computer may read it.
const voice = () => window.speechSynthesis?.getVoices()
  .find((each) => each.localService && each.lang.slice(0, 2) === document.documentElement.lang);

function showWhatWorks(root) {
  if (navigator.clipboard) root.querySelectorAll("button[data-copy]").forEach((button) => { button.hidden = false; });
  root.querySelectorAll("button[data-speak]").forEach((button) => { button.hidden = !voice(); });
}
window.speechSynthesis?.addEventListener("voiceschanged", () => showWhatWorks(document));

document.addEventListener("click", async (event) => {
  const button = event.target.closest("button[data-copy], button[data-speak]");
  if (button?.dataset.copy) {
    try {
      await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).value);
      say(now, button.dataset.copied);
    } catch {
      say(now, body.dataset.notCopied);
    }
  } else if (button) {
    speak(button.dataset.speak);
  }
});

// A second press while it speaks makes it silent.
function speak(text) {
  const silent = !speechSynthesis.speaking;
  speechSynthesis.cancel();
  if (!silent) return;
  const utterance = new SpeechSynthesisUtterance(text);
  utterance.voice = voice();
  utterance.lang = document.documentElement.lang;
  speechSynthesis.speak(utterance);
}

showWhatWorks(document);
