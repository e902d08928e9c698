// A text field with suggestions (ARIA combobox with a listbox). Enter or Tab takes the exact match or else
// the first one, also if the suggestions have not arrived yet. No typed text is dropped silently. With
// onlyChosen, text that is still in the field when the form is saved takes only an exact match.
import { track } from "../saving/pending_uploads.js";

let numbers = 0;

export function combobox(input, { find, choose, fallback, eager = false, onlyChosen = false }) {
  const list = document.createElement("ul");
  list.id = `desk-options-${(numbers += 1)}`;
  list.className = "desk-options";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  input.after(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id, autocomplete: "off",
  })) input.setAttribute(name, value);

  let options = [];
  let active = -1;
  let asked = null;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    active = -1;
  };

  const mark = (index) => {
    active = index;
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === index)));
    const item = list.children[index];
    if (!item) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  };

  const show = (found) => {
    options = found;
    list.replaceChildren(...found.map((option, index) => optionItem(option, `${list.id}-${index}`)));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    mark(found.length ? 0 : -1);
  };

  const ask = () => {
    const text = input.value.trim();
    if (!text && !eager) {
      asked = null;
      return close();
    }
    const question = { text };
    question.answer = Promise.resolve(find(text)).then(
      (found) => {
        if (asked === question && document.activeElement === input) show(found);
        return found;
      },
      () => [],
    );
    asked = question;
  };

  const take = (option) => {
    asked = null;
    input.value = "";
    close();
    choose(option);
  };

  // The exact match, or else the marked suggestion, or else what the owner of the field makes of the text.
  const commit = (isChosen = false) => {
    const text = input.value.trim();
    if (!text) return close();
    if (!asked || asked.text !== text) ask();
    const mayTake = isChosen || !onlyChosen;
    const marked = list.hidden || !mayTake ? null : options[active];
    input.value = "";
    const answer = asked.answer;
    asked = null;
    close();
    const finish = (found) => {
      const exact = found.find((option) => option.label.toLowerCase() === text.toLowerCase());
      const option = marked || exact || (mayTake && found[0]);
      if (option) choose(option, text);
      else if (fallback) fallback(text);
    };
    if (marked) finish([]);
    else track(answer.then(finish));
  };

  input.addEventListener("input", ask);
  input.addEventListener("focus", () => eager && input.select());
  input.addEventListener("click", () => eager && ask());
  input.addEventListener("blur", () => commit());
  input.closest("form").addEventListener("desk:settle", () => commit());
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const item = event.target.closest("[role=option]");
    if (item) take(options[[...list.children].indexOf(item)]);
  });
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) return ask();
      const step = event.key === "ArrowDown" ? 1 : -1;
      mark((active + step + options.length) % options.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      commit(true);
    } else if (event.key === "Tab") {
      commit(true);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      event.stopPropagation();
      close();
    }
  });
  return { commit };
}

function optionItem(option, id) {
  const item = document.createElement("li");
  item.id = id;
  item.setAttribute("role", "option");
  item.textContent = option.label;
  if (option.note) {
    const note = document.createElement("small");
    note.textContent = option.note;
    item.append(" ", note);
  }
  return item;
}

export async function fetchOptions(url, text) {
  const answer = await fetch(`${url}?q=${encodeURIComponent(text)}`, { headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).results : [];
}
