// The writing desk. Without this file the form is a plain one and works; each part adds one thing to it.
import { bodyEditor } from "./desk/body/editor.js";
import { autosave } from "./desk/saving/autosave.js";
import { bylines } from "./desk/fields/bylines.js";
import { conflict } from "./desk/fields/conflict.js";
import { direction } from "./desk/fields/direction.js";
import { grow } from "./desk/fields/grow.js";
import { keys } from "./desk/saving/keys.js";
import { leadPicture } from "./desk/fields/lead.js";
import { notes } from "./desk/notes/panel.js";
import { offerBack } from "./desk/saving/offer_unsaved.js";
import { draftLinks } from "./desk/fields/draft_links.js";
import { pinned } from "./desk/fields/pinned.js";
import { presence } from "./desk/saving/presence.js";
import { previewBeside } from "./desk/preview/beside.js";
import { previewInWindow } from "./desk/preview/in_window.js";
import { readiness } from "./desk/saving/readiness.js";
import { saving } from "./desk/saving/save_form.js";
import { section } from "./desk/fields/section.js";
import { tags } from "./desk/fields/tags.js";
import { times } from "./desk/fields/times.js";
import { nameOfWindow } from "./desk/saving/window_name.js";

const form = document.getElementById("article_form");

if (form && !form.hasAttribute("data-view-only")) {
  form.classList.add("desk--scripted");
  form.querySelectorAll("[data-grow]").forEach(grow);
  const body = bodyEditor(form.querySelector("[data-body-editor]"));
  section(form.querySelector("[data-field=section]"));
  tags(form.querySelector("[data-field=tags]"));
  bylines(form.querySelector("[data-field=bylines]"));
  pinned(form.querySelector("[data-field=pinned]"));
  leadPicture(form.querySelector("[data-lead]"));
  times(form);
  draftLinks(form);
  conflict(form);
  direction(form);
  const tab = await nameOfWindow();
  const saver = saving(form, body, tab);
  const kept = autosave(form, body, saver, tab);
  loggingOut(form, saver, kept);
  keys(form, saver);
  readiness(form, body, saver);
  previewInWindow(form, saver);
  previewBeside(form, body, saver);
  notes(form, body);
  presence(form, saver, tab);
  const offer = () => offerBack(form, body, saver, kept);
  if (body.area && window.CKEDITOR && !body.editor) form.addEventListener("desk:ready", offer, { once: true });
  else offer();
}

// Logging out asks what to do with unsaved text (log_out.js). After that the page does not ask again whether
// to leave.
function loggingOut(form, saver, kept) {
  document.addEventListener("desk:keep", (event) => saver.dirty && event.detail.push(kept.keep()));
  document.addEventListener("desk:leave", () => (saver.native = true));
  document.addEventListener("desk:forget", (event) => {
    saver.dirty = false;
    event.detail.push(kept.forget());
  });
}
