// The board of a front. Without this file its form is a plain one and works: stories are named by their addresses, and
// its buttons are answered by the server.
import { previewBeside } from "./desk/preview/beside.js";
import { blocks } from "./fronts/blocks.js";
import { layouts } from "./fronts/layouts.js";
import { slots } from "./fronts/slots.js";

const WIDE = matchMedia("(min-width: 1081px)");

const form = document.getElementById("board_form");
const listeners = [];
let isChanged = form.hasAttribute("data-unsaved");

form.classList.add("board--scripted");
layouts(form);
slots(form, changed);
blocks(form, changed);
preview();
form.addEventListener("input", changed);
form.addEventListener("change", changed);
form.addEventListener("submit", () => (isChanged = false));
window.addEventListener("beforeunload", (event) => isChanged && event.preventDefault());
document.addEventListener("desk:leave", () => (isChanged = false));
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.repeat) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-key=enter]"));
  } else if (event.key === "Enter" && event.target.matches("#board_form input")) {
    event.preventDefault();
  }
});

function changed() {
  isChanged = true;
  listeners.forEach((each) => each());
}

function preview() {
  const button = form.querySelector("[data-preview-beside]");
  button.hidden = false;
  previewBeside(form, {}, { listeners }, () => [...new FormData(form)]);
  if (WIDE.matches) button.click();
}
