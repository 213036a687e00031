// What django-unfold's frame leaves out: the landmark of the page, names for what has none, and a
// skip link that goes on to the first thing one can open: of a list, the first row.

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("#main, .login #page")?.setAttribute("role", "main");
});

// After the other listeners: these parts are made when the page has loaded.
window.addEventListener("load", () => setTimeout(() => {
  for (const part of document.querySelectorAll(".simplebar-content-wrapper")) {
    part.removeAttribute("role");
    part.removeAttribute("aria-label");
  }
  const list = document.querySelector("#result_list");
  for (const box of document.querySelectorAll("#result_list tbody .action-select")) {
    box.setAttribute("aria-label", list.dataset.choose);
  }
  for (const sign of document.querySelectorAll(".help-tooltip[aria-label]")) {
    sign.setAttribute("role", "img");
  }
}));

document.addEventListener("click", (event) => {
  const link = event.target.closest(".desk-skip");
  const place = link && document.querySelector(link.dataset.first);
  if (!place) return;
  event.preventDefault();
  if (!place.matches("a")) place.tabIndex = -1;
  place.focus();
  place.scrollIntoView({ block: "center" });
});
