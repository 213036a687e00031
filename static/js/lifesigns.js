// Tells a person from a mail scanner that presses buttons: see surveys/lifesigns.py.
// Without this script the page asks for one more press, and works.
"use strict";

(() => {
  const form = document.querySelector("form[data-lifesigns]");
  const touches = ["pointerdown", "touchstart", "keydown", "click"];

  function notice(event) {
    // Events that a script makes up are not trusted. A trusted click counts on a button alone:
    // that is how assistive technology presses it, while a script that clicks a label
    // makes the browser pass on a click of its own.
    if (!event.isTrusted) return;
    if (event.type === "click" && !event.target.closest("button")) return;
    form.elements.touched.value = "1";
    for (const type of touches) document.removeEventListener(type, notice, true);
  }

  form.elements.scripted.value = "1";
  for (const type of touches) document.addEventListener(type, notice, true);
})();
