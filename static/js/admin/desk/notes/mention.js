// Suggests colleagues after an @ in a note.
import { fetchOptions } from "../fields/combobox.js";

const TYPED = /(?:^|[^\p{L}\p{M}\p{N}_@.+-])@([\p{L}\p{M}\p{N}_.'’+-]*)$/u;

// `url` is asked each time: a new article has an address only once it is saved.
export function mentions(panel, url) {
  const list = document.createElement("ul");
  Object.assign(list, { id: "desk-people", className: "desk-options notes__people", hidden: true });
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Colleagues");
  let area = null;
  let asked = 0;

  panel.addEventListener("input", async ({ target }) => {
    const typed = target.matches("textarea") && TYPED.exec(target.value.slice(0, target.selectionEnd));
    const number = (asked += 1);
    if (!typed) return close();
    const people = await fetchOptions(url(), typed[1]).catch(() => []);
    if (number === asked && document.activeElement === target) show(target, people);
  });
  panel.addEventListener("focusout", close);
  panel.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing || event.ctrlKey || event.metaKey) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) choose((chosen() + step + list.children.length) % list.children.length);
    else if (event.key === "Enter" || event.key === "Tab") take(list.children[chosen()]);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
  }, true);
  list.addEventListener("mousedown", (event) => {
    event.preventDefault();
    take(event.target.closest("li"));
  });

  function show(field, people) {
    area = field;
    list.replaceChildren(...people.map(({ value, label }, number) => {
      const item = Object.assign(document.createElement("li"), { id: `desk-people-${number}`, textContent: label });
      item.dataset.value = value;
      item.setAttribute("role", "option");
      item.append(" ", Object.assign(document.createElement("small"), { textContent: `@${value}` }));
      return item;
    }));
    list.hidden = !people.length;
    field.after(list);
    field.setAttribute("aria-controls", list.id);
    if (people.length) choose(0);
  }

  function chosen() {
    return [...list.children].findIndex((item) => item.getAttribute("aria-selected") === "true");
  }

  function choose(number) {
    [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === number)));
    area.setAttribute("aria-activedescendant", list.children[number].id);
  }

  function take(item) {
    const end = area.selectionEnd;
    const typed = TYPED.exec(area.value.slice(0, end));
    if (item && typed) area.setRangeText(`${item.dataset.value} `, end - typed[1].length, end, "end");
    close();
  }

  function close() {
    list.hidden = true;
    area?.removeAttribute("aria-activedescendant");
  }
}
