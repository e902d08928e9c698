// The select of sections as a field to type into; the select itself keeps the value.
import { combobox } from "./combobox.js";

export function section(field) {
  const select = field.querySelector("select");
  if (!select || select.disabled) return;
  const input = document.createElement("input");
  input.type = "text";
  input.id = "id_section_typed";
  input.className = "desk-typed";
  select.hidden = true;
  select.after(input);
  field.querySelector("label").htmlFor = input.id;
  const message = document.createElement("p");
  message.className = "desk-message";
  message.setAttribute("role", "status");
  field.append(message);

  const known = [...select.options].filter((option) => option.value)
    .map((option) => ({ value: option.value, label: option.text }));
  const say = () => {
    input.value = select.value ? select.selectedOptions[0].text : "";
    input.placeholder = select.options[0].text;
  };
  const words = (text) => text.toLowerCase().split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  const find = (text) => {
    const typed = text.toLowerCase();
    if (!typed || (select.value && text === select.selectedOptions[0].text)) return known;
    const begins = (option) => words(option.label).some((word) => word.startsWith(typed));
    return known.filter((option) => option.label.toLowerCase() === typed)
      .concat(known.filter((option) => option.label.toLowerCase() !== typed && begins(option)))
      .concat(known.filter((option) => !begins(option) && option.label.toLowerCase().includes(typed)));
  };
  combobox(input, {
    eager: true,
    find: (text) => (select.value && text === select.selectedOptions[0].text ? [] : find(text)),
    choose(option) {
      message.textContent = "";
      select.value = option.value;
      select.dispatchEvent(new Event("change", { bubbles: true }));
      say();
    },
    fallback(text) {
      if (!select.value || text !== select.selectedOptions[0].text) {
        message.textContent = `There is no section “${text}”.`;
      }
      say();
    },
  });
  input.addEventListener("input", () => {
    if (input.value.trim()) return;
    select.value = "";
    select.dispatchEvent(new Event("change", { bubbles: true }));
  });
  select.addEventListener("desk:set", say);
  say();
}
