"use strict";
// The pages in front of the desk work without this script; it sends a form once, and tells when a wait is over.

document.addEventListener("submit", (event) => {
  event.target.querySelectorAll("button").forEach((button) => { button.disabled = true; });
});
window.addEventListener("pageshow", (event) => {
  // What was typed before must not come back with the page.
  if (event.persisted) { location.reload(); return; }
  document.querySelectorAll("button[disabled]").forEach((button) => { button.disabled = false; });
});

const wait = document.getElementById("passcode-wait");
if (wait && Number(wait.dataset.wait) > 0) {
  setTimeout(() => { wait.textContent = wait.dataset.over; }, Number(wait.dataset.wait) * 1000);
}
