// The notes beside the form. Their buttons are those of a form of its own (admin/desk/notes.py); what they do is sent
// from here, so that the page stays. What is typed into a note is no change of the article.
import { token } from "../saving/autosave.js";
import { mark, selected } from "./marks.js";
import { mentions } from "./mention.js";

const REST = 600;
const LONGEST = 15000;

export function notes(form, body) {
  const panel = form.querySelector("[data-notes-panel]");
  const part = (selector) => panel.querySelector(selector);
  let ranges = new Map();
  let timer = 0;
  for (const kind of ["input", "change"]) panel.addEventListener(kind, (event) => event.stopPropagation());
  mentions(panel, () => address("people/"));
  panel.addEventListener("click", (event) => {
    const button = event.target.closest("button[form]");
    if (button) event.preventDefault();
    if (button) send(button);
    else if (event.target.closest("[data-no-words]")) setWords(null);
    else if (event.target.closest("[data-to-words]")) show(event.target.closest("[data-quote]"));
  });
  panel.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey)) return;
    send(event.target.closest("details, .notes__new")?.querySelector("button[form]"));
  });
  form.addEventListener("desk:note", () => {
    setWords(selected(body.editor.editable().$));
    const field = part("[name=new]");
    field.scrollIntoView({ block: "center" });
    field.focus();
  });
  // Somebody has written meanwhile; presence.js asks.
  form.addEventListener("desk:notes", ({ detail }) => detail !== part("[data-notes]")?.dataset.state && refresh());
  form.addEventListener("desk:swapped", () => {
    panel.hidden = form.hasAttribute("data-new");
    if (part("[data-notes]")) tellNumber();
    else refresh();
  });
  form.addEventListener("desk:ready", draw);
  body.onChange(() => {
    clearTimeout(timer);
    timer = setTimeout(draw, REST);
  });
  draw();

  function address(tail) {
    return new URL(`../notes/${tail}`, new URL(form.action, location.href));
  }

  async function refresh() {
    if (form.hasAttribute("data-new")) return;
    put(await answered(address("?panel"), {}));
  }

  async function send(button) {
    if (!button || panel.hasAttribute("aria-busy")) return;
    const data = new FormData(document.getElementById("desk-notes-form"));
    data.append(button.name, button.value);
    data.set("csrfmiddlewaretoken", token(form));
    panel.setAttribute("aria-busy", "true");
    const stored = { write: "new", answer: `answer-${button.value}`, edit: `text-${button.value.split(".")[0]}` }[button.name];
    put(await answered(address("?panel"), { method: "POST", body: data }), stored);
    panel.removeAttribute("aria-busy");
  }

  async function answered(url, options) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(LONGEST), ...options }).catch(() => null);
    const page = answer && new DOMParser().parseFromString(await answer.text().catch(() => ""), "text/html");
    const fresh = page?.querySelector("[data-notes]");
    if (fresh) return { fresh, isDone: answer.ok };
    refuse(answer ? "Your session has ended. Log in in another window; what you typed stays here." : "No connection. What you typed stays here; try again in a moment.");
    return {};
  }

  // `stored` is the field whose words the server has now. What is typed into the others stays.
  function put({ fresh, isDone }, stored) {
    if (!fresh) return;
    const { activeElement: active } = document;
    const isMine = panel.contains(active) && active.matches("textarea");
    for (const old of panel.querySelectorAll("textarea, input[type=hidden]")) {
      const field = [...fresh.querySelectorAll("textarea, input[type=hidden]")].find((each) => each.name === old.name);
      const isStored = isDone && (old.name === stored || (stored === "new" && old.type === "hidden"));
      if (!field || isStored || old.value === old.defaultValue) continue;
      field.value = old.value;
      const fold = field.closest("details");
      if (fold) fold.open = true;
    }
    panel.querySelector("[data-notes]")?.remove();
    panel.append(fresh);
    setWords(part("[name=quote]").value ? wordsTyped() : null);
    if (isMine) goOn(part(`#${CSS.escape(active.id)}`), active);
    draw();
    tellNumber();
  }

  // The caret stays where it was.
  function goOn(field, old) {
    field?.focus();
    if (field?.value === old.value) field.setSelectionRange(old.selectionStart, old.selectionEnd);
  }

  function refuse(words) {
    part("[data-notes-wrong]").textContent = words;
  }

  function wordsTyped() {
    return Object.fromEntries(["quote", "before", "after"].map((name) => [name, part(`[name=${name}]`).value]));
  }

  function setWords(words) {
    for (const name of ["quote", "before", "after"]) part(`[name=${name}]`).value = words?.[name] || "";
    part("[data-new-quote]").hidden = !words;
    part("[data-new-words]").textContent = words?.quote || "";
    refuse("");
  }

  function draw() {
    if (!body.editor) return;
    ranges = mark(body.editor.editable().$, [...panel.querySelectorAll("[data-quote]")]);
    for (const [thread, range] of ranges) thread.querySelector("[data-lost]").hidden = Boolean(range);
  }

  function show(thread) {
    const range = ranges.get(thread);
    if (!range) return;
    range.startContainer.parentElement.scrollIntoView({ block: "center" });
    body.editor.focus();
    getSelection().removeAllRanges();
    getSelection().addRange(range.cloneRange());
  }

  function tellNumber() {
    const number = Number(part("[data-notes]")?.dataset.open);
    for (const place of form.querySelectorAll("[data-notes-number]")) place.textContent = number ? `\u00a0(${number})` : "";
  }
}
