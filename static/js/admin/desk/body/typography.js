// Sets quotation marks, dashes and spaces as the language of the article has them, in its lines and its body. One click
// takes all of it back.
import { token } from "../saving/autosave.js";

const LINES = { kicker: "kicker", headline: "headline", standfirst: "standfirst", lead_caption: "caption" };

export function typography(editor, body, holder, url) {
  const form = holder.closest("form");
  const note = holder.querySelector("[data-typeset]");
  const fields = () => Object.keys(LINES).map((name) => form.elements[name]).filter(Boolean);

  editor.addCommand("deskTypography", {
    async: true,
    async exec() {
      const before = values();
      const answer = await asked(url, form, before);
      const now = values();
      if (answer.error) tell(answer.error);
      // What was typed since the question is not overwritten.
      else if (Object.keys(now).some((name) => now[name] !== before[name])) tell("The text was changed meanwhile. Press the button again.");
      else put(answer.fields, before);
      editor.fire("afterCommandExec", { name: "deskTypography", command: this });
    },
  });
  editor.ui.addButton("DeskTypography", { label: "Typography", command: "deskTypography", toolbar: "cleanup" });

  function values() {
    return { ...Object.fromEntries(fields().map((field) => [field.name, field.value])), body: body.html() };
  }

  function put(made, before) {
    const names = Object.keys(made);
    if (!names.length) return tell("Quotation marks, dashes and spaces are right already.");
    set(made, () => {
      const after = values();
      tell(`Quotation marks, dashes and spaces were set in ${names.map((name) => LINES[name] || "text").join(", ")}. `, () => {
        const now = values();
        const same = names.filter((name) => now[name] === after[name]);
        set(Object.fromEntries(same.map((name) => [name, before[name]])));
        tell(same.length === names.length ? "As it was before." : "What you have changed since stays; the rest is as it was before.");
      });
    });
  }

  function set(texts, done = () => {}) {
    for (const field of fields()) {
      if (!(field.name in texts)) continue;
      field.value = texts[field.name];
      field.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (!("body" in texts)) return done();
    editor.fire("saveSnapshot");
    body.set(texts.body, () => {
      editor.fire("saveSnapshot");
      done();
    });
  }

  function tell(words, undo) {
    note.textContent = words;
    if (!undo) return;
    const button = Object.assign(document.createElement("button"), { type: "button", className: "desk-link", textContent: "Undo" });
    button.addEventListener("click", undo);
    note.append(button);
  }
}

async function asked(url, form, texts) {
  const data = new FormData();
  for (const [name, text] of Object.entries({ ...texts, language: form.elements.language?.value || "" })) data.append(name, text);
  const answer = await fetch(url, { method: "POST", body: data, headers: { "X-CSRFToken": token(form) } }).catch(() => null);
  const said = await answer?.json().catch(() => null);
  return said || { error: "The server does not answer. Press the button again in a moment." };
}
