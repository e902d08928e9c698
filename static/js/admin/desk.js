// The writing desk. Without this file the form is a plain one and works; each part adds one thing to it.
import { bodyEditor } from "./desk/editor.js";
import { bylines } from "./desk/bylines.js";
import { copies } from "./desk/copies.js";
import { direction } from "./desk/direction.js";
import { grow } from "./desk/grow.js";
import { keys } from "./desk/keys.js";
import { leadPicture } from "./desk/lead.js";
import { preview } from "./desk/preview.js";
import { saving } from "./desk/saving.js";
import { section } from "./desk/section.js";
import { tags } from "./desk/tags.js";
import { times } from "./desk/times.js";

const form = document.getElementById("article_form");

if (form && !form.hasAttribute("data-view-only")) {
  form.classList.add("desk--scripted");
  form.querySelectorAll("[data-grow]").forEach(grow);
  const body = bodyEditor(form.querySelector("[data-body-editor]"));
  section(form.querySelector("[data-field=section]"));
  tags(form.querySelector("[data-field=tags]"));
  bylines(form.querySelector("[data-field=bylines]"));
  leadPicture(form.querySelector("[data-lead]"));
  times(form);
  direction(form);
  const saver = saving(form, body);
  copies(form, body, saver);
  keys(form, saver);
  preview(form, saver);
}
