// Authors in order, each with a role; the textarea under them keeps one line each, as it does without script.
import { combobox, fetchOptions } from "./combobox.js";

export function bylines(field) {
  const area = field.querySelector("textarea");
  if (!area || area.disabled) return;
  const rows = document.createElement("ol");
  rows.className = "desk-bylines";
  const input = document.createElement("input");
  input.type = "text";
  input.id = "id_bylines_typed";
  input.placeholder = "Add an author";
  const message = document.createElement("p");
  message.className = "desk-message";
  message.setAttribute("role", "status");
  area.hidden = true;
  const box = document.createElement("div");
  box.className = "desk-typing";
  box.append(input);
  // The field for adding authors comes first. Otherwise one who comes by Tab and types a name would type it
  // into a role.
  area.after(box, rows, message);
  field.querySelector("label").htmlFor = input.id;

  const lines = () => area.value.split("\n").map((line) => line.trim()).filter(Boolean).map((line) => {
    const [role, name] = line.includes(":") ? [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)] : ["", line];
    return { role: role.trim(), name: name.trim() };
  });
  const keep = (list, redraw = true) => {
    area.value = list.map(({ role, name }) => (role ? `${role}: ${name}` : name)).join("\n");
    area.dispatchEvent(new Event("change", { bubbles: true }));
    if (redraw) draw();
  };
  const move = (from, to) => {
    const list = lines();
    if (to < 0 || to >= list.length) return;
    list.splice(to, 0, ...list.splice(from, 1));
    keep(list);
    rows.children[to].querySelector("[data-move]").focus();
  };
  const button = (text, label, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "desk-icon";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.addEventListener("click", act);
    return made;
  };
  const row = ({ role, name }, index) => {
    const item = document.createElement("li");
    const said = document.createElement("input");
    said.type = "text";
    said.value = role;
    said.placeholder = "by";
    said.maxLength = 80;
    said.className = "desk-bylines__role";
    said.setAttribute("aria-label", `Role of ${name}, like Photographs by`);
    said.addEventListener("input", () => {
      const list = lines();
      list[index].role = said.value.replaceAll(":", "").trim();
      keep(list, false);
    });
    const who = document.createElement("span");
    who.className = "desk-bylines__name";
    who.textContent = name;
    const up = button("↑", `Move ${name} up`, () => move(index, index - 1));
    up.dataset.move = "";
    item.append(who, said, up, button("×", `Remove ${name}`, () => {
      keep(lines().filter((_, other) => other !== index));
      input.focus();
    }));
    return item;
  };
  const draw = () => rows.replaceChildren(...lines().map(row));

  combobox(input, {
    // Only a name that was chosen is added, so that nobody signs a story by accident.
    onlyChosen: true,
    find: (text) => fetchOptions(area.dataset.suggestions, text),
    choose(option) {
      message.textContent = "";
      const list = lines();
      if (!list.some((line) => line.name === option.value)) keep([...list, { role: "", name: option.value }]);
    },
    fallback(text) {
      input.value = text;
      message.textContent = `There is no author “${text}”. Choose one that is suggested, or have the author added first.`;
    },
  });
  area.addEventListener("desk:set", draw);
  draw();
}
