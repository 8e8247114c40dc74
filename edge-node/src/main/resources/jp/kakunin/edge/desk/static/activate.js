"use strict";
// The activation pages work without this script; it sends a form once, and opens what comes next as soon as that is there.

document.addEventListener("submit", (event) => {
  event.target.querySelectorAll("button").forEach((button) => { button.disabled = true; });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("button[disabled]").forEach((button) => { button.disabled = false; });
  if (!document.querySelector("[autofocus]")) document.getElementById("problem")?.focus();
});

const done = document.getElementById("done");
const next = done?.dataset.open;

async function openNext() {
  try {
    // A connection that the first program took while it ended is never answered.
    const answer = await fetch(next, { redirect: "manual", signal: AbortSignal.timeout(2000) });
    // A desk that is locked is there as well.
    if (answer.ok || (next === "/" && answer.status === 423)) {
      location.replace(next);
      return;
    }
  } catch { /* between the two programs nobody answers */ }
  setTimeout(openNext, 500);
}
if (done) openNext();
