// Authors in order, each with a role; the textarea under them keeps one line each, as it does without script.
import { combobox, fetchOptions } from "./combobox.js";
import { focusRow, iconButton, linesOf, movedUp, orderedRows, write } from "./ordered_rows.js";

export function bylines(field) {
  const area = field.querySelector("textarea");
  if (!area || area.disabled) return;
  const { rows, input, message } = orderedRows(field, area, {
    id: "id_bylines_typed",
    placeholder: "Add an author",
  });

  const lines = () => linesOf(area).map((line) => {
    const [role, name] = line.includes(":") ? [line.slice(0, line.indexOf(":")), line.slice(line.indexOf(":") + 1)] : ["", line];
    return { role: role.trim(), name: name.trim() };
  });
  const keep = (list, redraw = true) => {
    write(area, list.map(({ role, name }) => (role ? `${role}: ${name}` : name)).join("\n"));
    if (redraw) draw();
  };
  const move = (index) => {
    const list = movedUp(lines(), index);
    if (!list) return;
    keep(list);
    focusRow(rows, index - 1);
  };
  const row = ({ role, name }, index) => {
    const item = document.createElement("li");
    const said = document.createElement("input");
    said.type = "text";
    said.value = role;
    said.placeholder = "by";
    said.maxLength = 80;
    said.className = "desk-rows__role";
    said.setAttribute("aria-label", `Role of ${name}, like Photographs by`);
    said.addEventListener("input", () => {
      const list = lines();
      list[index].role = said.value.replaceAll(":", "").trim();
      keep(list, false);
    });
    const who = document.createElement("span");
    who.className = "desk-rows__name";
    who.textContent = name;
    const up = iconButton("↑", `Move ${name} up`, () => move(index));
    up.dataset.move = "";
    item.append(who, said, up, iconButton("×", `Remove ${name}`, () => {
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
