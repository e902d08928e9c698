// A copy of what is typed, kept in this browser until the server has it: for crashes, lost connections and
// tabs that were closed.
import { clock, copiesOf, drop, keyOf, prune, read, titleOf, write } from "./kept.js";

const NOT_KEPT = new Set(["csrfmiddlewaretoken", "uid", "version", "lead_file"]);

export function copies(form, body, saver) {
  const user = form.dataset.user;
  const key = keyOf(user, form.dataset.uid);
  const version = () => form.elements.version.value || "0";
  let timer = 0;

  const keep = () => {
    clearTimeout(timer);
    if (!saver.dirty) return drop(key);
    const fields = {};
    for (const element of form.elements) {
      if (element.name && !element.name.startsWith("_") && !NOT_KEPT.has(element.name) && element.type !== "submit") fields[element.name] = element.value;
    }
    fields.body = body.html();
    write(key, { at: Date.now(), address: location.pathname, version: version(), isNew: form.hasAttribute("data-new"), fields });
  };
  saver.listeners.push(() => {
    clearTimeout(timer);
    timer = setTimeout(keep, saver.dirty ? 400 : 0);
  });
  window.addEventListener("pagehide", () => saver.dirty && keep());
  document.addEventListener("visibilitychange", () => document.hidden && saver.dirty && keep());
  form.addEventListener("click", (event) => event.target.closest("[data-drop-mine]") && forget());
  // Logging out asks what becomes of it (log_out.js); then nobody need ask again whether to leave the page.
  document.addEventListener("desk:keep", () => saver.dirty && keep());
  document.addEventListener("desk:leave", () => (saver.native = true));
  document.addEventListener("desk:forget", () => forget());

  const forget = () => {
    saver.dirty = false;
    drop(key);
  };
  const restore = (copy) => {
    for (const [name, value] of Object.entries(copy.fields)) {
      const element = form.elements[name];
      if (name === "body" || !element || element.value === value) continue;
      element.value = value;
      element.dispatchEvent(new Event("desk:set"));
    }
    body.set(copy.fields.body);
    saver.edited();
  };
  const look = () => {
    prune(user);
    if (saver.dirty) return;
    const copy = read(key);
    if (copy && differs(copy, form, body)) {
      if (copy.version === version()) {
        restore(copy);
        note(form, `What you had typed by ${clock(copy.at)} is back. It is not saved yet.`, [["Take the saved text instead", () => {
          forget();
          location.reload();
        }]]);
      } else offer(copy, key, "It is older than what was saved since.");
    } else if (copy) drop(key);
    if (form.hasAttribute("data-new")) {
      const [other] = copiesOf(user).filter(({ copy: left }) => left.isNew);
      if (other && other.key !== key) offer(other.copy, other.key, "");
    }
  };
  const offer = (copy, from, more) => {
    const closing = note(form, `There is unsaved text of yours from ${clock(copy.at)}: “${titleOf(copy)}”. ${more}`, [
      ["Bring it back", () => {
        restore(copy);
        if (from !== key) drop(from);
        closing();
      }],
      ["Throw it away", () => {
        drop(from);
        closing();
      }],
    ]);
  };
  if (body.area && window.CKEDITOR && !body.editor) form.addEventListener("desk:ready", look, { once: true });
  else look();
}

function differs(copy, form, body) {
  return Object.entries(copy.fields).some(([name, value]) => {
    if (name === "body") return plain(value) !== plain(body.html());
    return form.elements[name] && form.elements[name].value !== value;
  });
}

const plain = (html) => html.replace(/\s+/g, " ").replace(/> </g, "><").trim();

function note(form, text, buttons) {
  const box = document.createElement("div");
  box.className = "desk-note";
  box.setAttribute("role", "status");
  const sentence = document.createElement("p");
  sentence.textContent = text;
  box.append(sentence);
  for (const [label, act] of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "desk-link";
    button.textContent = label;
    button.addEventListener("click", act);
    box.append(button);
  }
  form.querySelector(".desk-writing").prepend(box);
  return () => box.remove();
}
