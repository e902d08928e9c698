// Tags as chips, typed or picked; the textarea under them keeps the names, one a line.
import { combobox, fetchOptions } from "./combobox.js";

// Commas and semicolons of the scripts that have their own.
const SEPARATORS = /[,;，、；،؛\n\t]/;

export function tags(field) {
  const area = field.querySelector("textarea");
  if (!area || area.disabled) return;
  const { suggestions, mayMake, most } = area.dataset;
  const names = () => area.value.split("\n").map((name) => name.trim()).filter(Boolean);

  const box = document.createElement("div");
  box.className = "desk-chips";
  const input = document.createElement("input");
  input.type = "text";
  input.id = "id_tags_typed";
  input.placeholder = "Add a tag";
  const message = document.createElement("p");
  message.className = "desk-message";
  message.setAttribute("role", "status");
  area.hidden = true;
  area.after(box);
  box.append(input);
  field.append(message);
  field.querySelector("label").htmlFor = input.id;

  const draw = () => {
    box.querySelectorAll(".desk-chip").forEach((chip) => chip.remove());
    names().forEach((name) => box.insertBefore(chip(name), input));
  };
  const keep = (list) => {
    area.value = list.map((name) => `${name}\n`).join("");
    area.dispatchEvent(new Event("change", { bubbles: true }));
    draw();
  };
  const chip = (name) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "desk-chip";
    button.textContent = name;
    button.setAttribute("aria-label", `Remove the tag ${name}`);
    button.addEventListener("click", () => {
      keep(names().filter((other) => other !== name));
      input.focus();
    });
    return button;
  };
  const add = (more) => {
    const list = names();
    const has = new Set(list.map((name) => name.toLowerCase()));
    for (const name of more) {
      if (!has.has(name.toLowerCase())) list.push(name);
      has.add(name.toLowerCase());
    }
    if (list.length > Number(most)) {
      message.textContent = `${list.length.toLocaleString("en")} tags would be too many: an article takes at most ${most}. None of these was added.`;
      return;
    }
    message.textContent = "";
    keep(list);
  };
  const unknown = (text) => {
    if (mayMake) return add([text]);
    input.value = text;
    message.textContent = `“${text}” is not a tag yet, and you may not make new ones. Choose one that is suggested.`;
  };
  const split = (text) => text.split(SEPARATORS).map((name) => name.trim()).filter(Boolean);

  combobox(input, {
    find: async (text) => (await fetchOptions(suggestions, text)).filter((option) => !names().includes(option.value)),
    // If a tag only contains the text somewhere in its name, it is not taken for users who may make new tags.
    choose(option, text) {
      const begins = !text || option.label.toLowerCase().startsWith(text.toLowerCase());
      add([begins || !mayMake ? option.value : text]);
    },
    fallback: (text) => (names().some((name) => name.toLowerCase() === text.toLowerCase()) ? null : unknown(text)),
  });
  input.addEventListener("input", () => {
    if (!SEPARATORS.test(input.value)) return;
    const found = split(input.value);
    input.value = "";
    input.dispatchEvent(new Event("input"));
    add(found);
  });
  input.addEventListener("paste", (event) => {
    const found = split(event.clipboardData.getData("text/plain"));
    if (found.length < 2) return;
    event.preventDefault();
    add(found);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Backspace" && !input.value) keep(names().slice(0, -1));
  });
  area.addEventListener("desk:set", draw);
  draw();
}
