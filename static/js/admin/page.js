// The form of one of the paper's own pages: its body is written in the desk's editor.
import { bodyEditor } from "./desk/body/editor.js";

const form = document.getElementById("page_form");

if (form) {
  const body = bodyEditor(form.querySelector("[data-body-editor]"));
  form.addEventListener("submit", () => body.flush());
}
