// What keeps the text from going out, and what its writer may want to mend, while it is typed.
import { formOf } from "./autosave.js";

const EVERY = 1500;
const AGAIN = 15000;
const LONGEST = 10000;

export function readiness(form, body, saver) {
  const panel = form.querySelector("[data-ready]");
  if (!panel) return;
  const asFound = form.querySelector("[data-found]");
  const part = (name) => panel.querySelector(`[data-ready-${name}]`);
  let timer = 0;
  let isAsking = false;
  let isStale = false;
  const shown = new Map();
  saver.listeners.push(() => (isAsking ? (isStale = true) : (timer ||= setTimeout(ask, EVERY))));
  part("must").addEventListener("click", lead);
  part("must").addEventListener("click", confirm);
  part("should").addEventListener("click", confirm);
  part("should").addEventListener("click", lead);
  ask();

  async function ask() {
    timer = 0;
    isAsking = true;
    isStale = false;
    const data = new FormData();
    for (const [name, value] of Object.entries(formOf(form, body))) data.append(name, value);
    const signal = AbortSignal.timeout(LONGEST);
    const answer = await fetch(panel.dataset.ready, { method: "POST", body: data, signal }).catch(() => null);
    const found = answer?.ok ? await answer.json().catch(() => null) : null;
    isAsking = false;
    // Without an answer, what stands there is about an older text, so it is not shown.
    for (const place of [panel, asFound]) place.hidden = !found;
    if (found) show(found);
    if (isStale || !found) timer ||= setTimeout(ask, found ? EVERY : AGAIN);
  }

  function show({ must, should, length, found }) {
    showFound(asFound, found);
    part("title").textContent = must.length ? "Before it goes out" : "Ready to go out";
    list(part("must"), must);
    list(part("should"), should);
    part("more").hidden = !should.length;
    part("count").textContent = should.length === 1 ? "1 thing to look at" : `${should.length} things to look at`;
    part("length").textContent = length;
  }

  function showFound(place, { picture, ...texts }) {
    for (const [name, text] of Object.entries(texts)) {
      place.querySelectorAll(`[data-found-${name}]`).forEach((each) => (each.textContent = text));
    }
    const image = place.querySelector("[data-found-picture]");
    image.hidden = !picture;
    if (picture && image.getAttribute("src") !== picture) image.src = picture;
  }

  // A list that says the same stays as it is: somebody may be about to press one of its buttons.
  function list(place, lines) {
    const said = JSON.stringify(lines);
    if (shown.get(place) === said) return;
    shown.set(place, said);
    place.replaceChildren(...lines.map(({ field, sentence, leftover }) => {
      const line = document.createElement("li");
      line.append(button(sentence, { about: field }));
      if (leftover) line.append(" ", button(`“${leftover}” is meant`, { leftover }));
      return line;
    }));
  }

  function button(textContent, data) {
    const made = Object.assign(document.createElement("button"), { type: "button", className: "desk-link", textContent });
    Object.assign(made.dataset, data);
    return made;
  }

  function confirm({ target }) {
    const word = target.closest("[data-leftover]")?.dataset.leftover;
    if (!word) return;
    const field = form.elements.meant;
    field.value = [...new Set([...field.value.split(","), word].map((each) => each.trim()).filter(Boolean))].join(", ");
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function lead({ target }) {
    const name = target.closest("[data-about]")?.dataset.about;
    if (name === "body" && body.editor) return body.editor.focus();
    const field = form.elements[name];
    for (let fold = field?.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    // Some fields are replaced by others, or not shown yet, as the words of a picture that is not chosen.
    const inside = (place) => [...(place?.querySelectorAll("input, textarea, select, button") || [])];
    const places = [field, ...inside(field?.closest("[data-field]")), ...inside(field?.closest("fieldset, .desk-group"))];
    places.find((each) => each?.offsetParent && each.type !== "hidden")?.focus();
  }
}
