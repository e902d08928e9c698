// Related articles in order, found by their words; the textarea under them keeps the address of each, one a line.
import { combobox, fetchOptions } from "./combobox.js";
import { focusRow, iconButton, linesOf, movedUp, orderedRows, write } from "./ordered_rows.js";

export function pinned(field) {
  const area = field.querySelector("textarea");
  if (!area || area.disabled) return;
  const url = area.dataset.suggestions;
  const { rows, input, message } = orderedRows(field, area, {
    id: "id_pinned_typed",
    placeholder: "Words of an article, or its address",
  });

  // Address → what the desk says of the article.
  const known = new Map();
  const addresses = () => linesOf(area);
  const at = async (address) => {
    const answer = await fetch(`${url}?${new URLSearchParams({ address })}`).catch(() => null);
    return answer?.ok ? (await answer.json()).results : [];
  };
  const keep = (list) => {
    write(area, list.map((address) => `${address}\n`).join(""));
    draw();
  };
  const move = (index) => {
    const list = movedUp(addresses(), index);
    if (!list) return;
    keep(list);
    focusRow(rows, index - 1);
  };
  const row = (address, index) => {
    const item = document.createElement("li");
    const name = document.createElement("span");
    name.className = "desk-rows__name";
    const { label, warning } = known.get(address) || {};
    name.textContent = label || address;
    const up = iconButton("↑", `Move ${name.textContent} up`, () => move(index));
    up.dataset.move = "";
    const remove = iconButton("×", `Remove ${name.textContent}`, () => {
      keep(addresses().filter((other) => other !== address));
      input.focus();
    });
    item.append(name, up, remove);
    if (warning) {
      const note = document.createElement("small");
      note.className = "desk-rows__role";
      note.textContent = warning;
      item.append(note);
    }
    return item;
  };
  const draw = () => {
    rows.replaceChildren(...addresses().map(row));
    for (const address of addresses().filter((each) => !known.has(each))) {
      known.set(address, {});
      at(address).then(([found]) => {
        if (!found) return;
        known.set(address, found);
        const old = rows.children[addresses().indexOf(address)];
        // Whoever is at one of its buttons keeps the focus, and reads the headline there.
        if (old?.contains(document.activeElement)) old.querySelector(".desk-rows__name").textContent = found.label;
        else old?.replaceWith(row(address, addresses().indexOf(address)));
      });
    }
  };

  combobox(input, {
    // Only an article that was chosen is pinned, so that no half typed word pins one.
    onlyChosen: true,
    find: (text) => (/^(https?:\/)?\/\S+$/i.test(text) ? at(text) : fetchOptions(url, text)),
    choose(option) {
      message.textContent = "";
      known.set(option.value, option);
      const list = addresses();
      if (!list.includes(option.value)) keep([...list, option.value]);
    },
    fallback(text) {
      input.value = text;
      message.textContent = `“${text}” is not pinned: choose one of the articles that are suggested.`;
    },
  });
  area.addEventListener("desk:set", draw);
  draw();
}
