"use strict";
// The activation pages work without this script; it sends a form once, and opens the desk as soon as that is there.

document.addEventListener("submit", (event) => {
  event.target.querySelectorAll("button").forEach((button) => { button.disabled = true; });
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("button[disabled]").forEach((button) => { button.disabled = false; });
  if (!document.querySelector("[autofocus]")) document.getElementById("problem")?.focus();
});

async function openDesk() {
  try {
    // A connection that the first program took while it ended is never answered.
    const answer = await fetch("/", { redirect: "manual", signal: AbortSignal.timeout(2000) });
    if (answer.ok) {
      location.replace("/");
      return;
    }
  } catch { /* between the two programs nobody answers */ }
  setTimeout(openDesk, 500);
}
if (document.getElementById("done")) openDesk();
