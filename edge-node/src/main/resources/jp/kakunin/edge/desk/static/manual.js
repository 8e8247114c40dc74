"use strict";
// Lets each chapter be listened to: pictures by their texts, hard words by their kana.

// A voice of the browser's maker would send what is read to its servers: only one of this computer may read it.
const voice = () => window.speechSynthesis?.getVoices().find((each) => each.localService && each.lang.slice(0, 2) === "ja");

function spoken(chapter) {
  const copy = chapter.cloneNode(true);
  copy.querySelectorAll("button, figcaption").forEach((part) => part.remove());
  copy.querySelectorAll("ruby").forEach((ruby) => { ruby.replaceWith(ruby.querySelector("rt").textContent); });
  copy.querySelectorAll("img").forEach((image) => { image.replaceWith(`画面の絵。${image.alt}`); });
  copy.querySelectorAll("h2, h3, dt, th, li").forEach((part) => { part.append("。"); });
  return copy.textContent.replace(/\s+/g, " ").replaceAll("。。", "。").trim();
}

// Long texts are cut off by some voices: sentence by sentence, and a second press makes them silent.
let speaking = null;
function speak(button, chapter) {
  const stop = speaking === button;
  speechSynthesis.cancel();
  speaking = stop ? null : button;
  if (stop) return;
  const sentences = spoken(chapter).split("。").filter((each) => each.trim() !== "");
  sentences.forEach((sentence, i) => {
    const utterance = new SpeechSynthesisUtterance(`${sentence.trim()}。`);
    utterance.voice = voice();
    utterance.lang = "ja";
    if (i === sentences.length - 1) utterance.onend = () => { if (speaking === button) speaking = null; };
    speechSynthesis.speak(utterance);
  });
}

document.querySelectorAll("main section").forEach((chapter) => {
  const title = chapter.querySelector("h2");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = "この章を聞く";
  button.setAttribute("aria-label", `この章を聞く: ${title.textContent}`);
  button.dataset.chapter = title.id;
  button.addEventListener("click", () => speak(button, chapter));
  title.after(button);
});

function showWhatWorks() {
  document.querySelectorAll("[data-chapter], [data-with-voice]").forEach((part) => { part.hidden = !voice(); });
}
window.speechSynthesis?.addEventListener("voiceschanged", showWhatWorks);
showWhatWorks();
