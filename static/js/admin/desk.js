// The writing desk. Without this file the form is a plain one and works; each part adds one thing to it.
import { bodyEditor } from "./desk/body/editor.js";
import { bylines } from "./desk/fields/bylines.js";
import { copies } from "./desk/saving/copies.js";
import { direction } from "./desk/fields/direction.js";
import { grow } from "./desk/fields/grow.js";
import { keys } from "./desk/saving/keys.js";
import { leadPicture } from "./desk/fields/lead.js";
import { preview } from "./desk/saving/preview.js";
import { saving } from "./desk/saving/saving.js";
import { section } from "./desk/fields/section.js";
import { tags } from "./desk/fields/tags.js";
import { times } from "./desk/fields/times.js";

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
