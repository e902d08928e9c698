// On a phone the filters of a list are closed at first, so that they do not stand before the rows. One that is
// used stays open.
const CHOSEN_FIRST = "li:first-child.selected";

if (window.matchMedia("(max-width: 480px)").matches) {
  for (const filter of document.querySelectorAll("#changelist-filter details")) {
    filter.open = !filter.querySelector(CHOSEN_FIRST);
  }
}
