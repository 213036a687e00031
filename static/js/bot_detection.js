// Tells a person from a mail scanner that presses buttons: see surveys/responses/bot_detection.py.
// Without this script the page asks for one more press, and works.
"use strict";

(() => {
  const form = document.querySelector("form[data-bot-detection]");
  const touches = ["pointerdown", "touchstart", "keydown", "click"];

  function record(event) {
    // Events that a script makes up are not trusted. A click counts on a button alone: it is all
    // that some assistive technology sends there, while the click of a label may be passed on
    // by the browser as its own, whoever made it.
    if (!event.isTrusted) return;
    if (event.type === "click" && !event.target.closest("button")) return;
    form.elements.touched.value = "1";
    for (const type of touches) document.removeEventListener(type, record, true);
  }

  form.elements.scripted.value = "1";
  for (const type of touches) document.addEventListener(type, record, true);
})();
