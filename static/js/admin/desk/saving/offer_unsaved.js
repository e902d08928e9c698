// Offers text that was typed and never saved. The server has it even if it was typed on another computer;
// this browser has it even if the server could not be reached.
import { send } from "./autosave.js";
import { dayAndTime, nextNumber } from "./clock.js";
import { copiesOf, drop, keyOf, prune, titleOf } from "./copies_in_browser.js";
import { openWindows } from "./window_name.js";

const MOST = 3;

export async function offerBack(form, body, saver, kept) {
  const { user, uid } = form.dataset;
  const isNew = form.hasAttribute("data-new");
  const version = Number(form.elements.version.value || 0);
  await prune(user);
  if (saver.dirty) return;
  const open = await openWindows();
  open.delete(kept.tab);
  const found = [...fromServer(), ...(await fromBrowser(user, isNew ? "" : uid))]
    .filter((text) => !open.has(text.tab) && (isNew ? text.isNew : text.uid === uid))
    .sort((one, other) => other.copy.at - one.copy.at);
  // If both have a copy of the same window, the newer one is taken.
  const texts = found.filter((text, number) => number === found.findIndex(({ uid, tab }) => uid === text.uid && tab === text.tab));
  for (const text of texts.filter(({ copy }) => !differs(copy, form, body))) forget(text);
  const [newest, ...others] = texts.filter(({ copy }) => differs(copy, form, body)).slice(0, MOST);
  if (!newest || saver.dirty) return;
  if (newest.copy.version === version && newest.uid === uid) putBack(newest);
  else offer(newest);
  others.forEach(offer);

  function putBack(text) {
    restore(text.copy, form, body, saver);
    note(form, `What you had typed by ${dayAndTime(text.copy.at)} is back. It is not saved yet.`, [["Take the saved text instead", async () => {
      saver.dirty = false;
      await Promise.all([kept.forget(), forget(text)]);
      saver.native = true;
      location.reload();
    }]]);
    if (text.tab !== kept.tab) kept.moveHere(() => forget(text));
  }

  function offer(text) {
    const more = text.uid === uid && text.copy.version !== version ? " It is older than what was saved since." : "";
    const closing = note(form, `There is unsaved text of yours from ${dayAndTime(text.copy.at)}: “${titleOf(text.copy)}”.${more}`, [
      ["Bring it back", () => {
        restore(text.copy, form, body, saver);
        // What was saved since is merged with the next save, as with any form on an older version.
        if (text.uid === uid) form.elements.version.value = text.copy.version;
        closing();
        kept.moveHere(() => forget(text));
      }],
      ["Throw it away", () => {
        forget(text);
        closing();
      }],
    ]);
  }

  function forget(text) {
    // In both places: one of the two copies may be older, and would be offered the next time.
    return Promise.all([
      drop(keyOf(user, text.uid, text.tab)),
      send(form, { uid: text.uid, tab: text.tab, version: 0, number: nextNumber(text.copy.at) }),
    ]);
  }
}

function fromServer() {
  const texts = JSON.parse(document.getElementById("desk-unsaved")?.textContent || "[]");
  return texts.map(({ uid, tab, ...copy }) => ({ uid, tab, copy, isNew: true }));
}

async function fromBrowser(user, article) {
  const copies = await copiesOf(user, article);
  return copies.map(({ key, copy }) => {
    const [uid, tab] = key.split(":").slice(2);
    return { uid, tab, copy, isNew: copy.isNew };
  });
}

function restore(copy, form, body, saver) {
  for (const [name, value] of Object.entries(copy.fields)) {
    const element = form.elements[name];
    if (name === "body" || !element || element.value === value) continue;
    element.value = value;
    element.dispatchEvent(new Event("desk:set"));
  }
  body.set(copy.fields.body ?? "");
  saver.edited();
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
