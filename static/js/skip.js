// The skip link of the desk goes on to the first thing one can open: of a list, the first row.
// Without this script it still leads to the list or the content, as its address says.

document.addEventListener("click", (event) => {
  const link = event.target.closest(".desk-skip");
  const place = link && document.querySelector(link.dataset.first);
  if (!place) return;
  event.preventDefault();
  if (!place.matches("a")) place.tabIndex = -1;
  place.focus();
  place.scrollIntoView({ block: "center" });
});
