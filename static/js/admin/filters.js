// On a phone the filters of a list are closed at first, so that they do not stand before the rows. One that is
// used stays open.
const CHOSEN_FIRST = "li:first-child.selected";

if (window.matchMedia("(max-width: 480px)").matches) {
  for (const filter of document.querySelectorAll("#changelist-filter details")) {
    filter.open = !filter.querySelector(CHOSEN_FIRST);
  }
}

// Select2 gives the field in which an author is sought, and the one that shows who was found, no names of their own.
const $ = window.django?.jQuery;
const nameThose = (selector) => {
  for (const field of document.querySelectorAll(selector)) field.setAttribute("aria-label", "An author’s name");
};

$?.(() => nameThose(".filter-form .select2-selection__rendered"));
$?.(document).on("select2:open", () => nameThose(".select2-container--open .select2-search__field"));
