// A textarea with a thing a line, shown as an ordered list below a field in which more are found by typing.

// Without script the textarea is what an editor writes into, so it stays in the form, hidden.
export function orderedRows(field, area, { id, placeholder }) {
  const rows = document.createElement("ol");
  rows.className = "desk-rows";
  const input = document.createElement("input");
  Object.assign(input, { type: "text", id, placeholder });
  const message = document.createElement("p");
  message.className = "desk-message";
  message.setAttribute("role", "status");
  const box = document.createElement("div");
  box.className = "desk-typing";
  box.append(input);
  area.hidden = true;
  // The field for adding comes first. Otherwise one who comes by Tab would type into one of the rows.
  area.after(box, rows, message);
  field.querySelector("label").htmlFor = id;
  return { rows, input, message };
}

export function linesOf(area) {
  return area.value.split("\n").map((line) => line.trim()).filter(Boolean);
}

export function write(area, text) {
  area.value = text;
  area.dispatchEvent(new Event("change", { bubbles: true }));
}

export function iconButton(text, label, act) {
  const made = document.createElement("button");
  Object.assign(made, { type: "button", className: "desk-icon", textContent: text, ariaLabel: label });
  made.addEventListener("click", act);
  return made;
}

// After a row has moved to that place. The first row has no button to move up with.
export function focusRow(rows, place) {
  const buttons = [...rows.children[place].querySelectorAll("button")];
  (place ? buttons[0] : buttons.at(-1)).focus();
}

// The same list with the thing at `index` one place further up, or null if it is the first.
export function movedUp(list, index) {
  if (index < 1) return null;
  const moved = [...list];
  moved.splice(index - 1, 0, ...moved.splice(index, 1));
  return moved;
}
