// The panel for the words and the place of one picture in the text. Its fields have no names, so they are not
// sent.
const PLACES = [["", "Column"], ["wide", "Wide"], ["start", "Left"], ["end", "Right"]];
const LABELS = new Map(PLACES);
const MIRRORED = { start: "Right", end: "Left" };

export function figurePanel(editor, holder) {
  let current = null;
  const box = document.createElement("div");
  box.className = "desk-figure-panel";
  box.hidden = true;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "This picture");
  const alt = labelled(box, "Alt text", "What it shows, for those who cannot see it");
  const credit = labelled(box, "Credit", "Photograph: …");
  const places = document.createElement("div");
  places.className = "desk-figure-panel__places";
  for (const [value, label] of PLACES) places.append(placeButton(value, label));
  const remove = document.createElement("button");
  remove.type = "button";
  remove.className = "desk-link";
  remove.textContent = "Remove";
  places.append(remove);
  box.append(places);
  holder.append(box);

  const set = (name, value) => {
    if (!current) return;
    current.setData(name, value);
    editor.fire("change");
  };
  const refresh = (widget) => {
    if (widget !== current) return;
    if (document.activeElement !== alt) alt.value = widget.data.alt || "";
    if (document.activeElement !== credit) credit.value = widget.data.credit || "";
    const mirrored = getComputedStyle(editor.editable().$).direction === "rtl";
    for (const button of places.querySelectorAll("[data-place]")) {
      const { place: value } = button.dataset;
      button.textContent = (mirrored && MIRRORED[value]) || LABELS.get(value);
      button.setAttribute("aria-pressed", String(button.dataset.place === (widget.data.side || "")));
    }
    place();
  };
  const place = () => {
    const figure = current.wrapper.$.getBoundingClientRect();
    box.style.top = `${figure.bottom - holder.getBoundingClientRect().top + 4}px`;
  };
  const show = (widget, { caret = false } = {}) => {
    current = widget;
    box.hidden = false;
    refresh(widget);
    if (caret) alt.focus();
  };
  const hide = (widget) => {
    if (widget && widget !== current) return;
    if (!widget && box.contains(document.activeElement)) return;
    current = null;
    box.hidden = true;
  };

  alt.addEventListener("input", () => set("alt", alt.value));
  credit.addEventListener("input", () => set("credit", credit.value));
  places.addEventListener("click", (event) => {
    const button = event.target.closest("[data-place]");
    if (button) set("side", button.dataset.place);
  });
  remove.addEventListener("click", () => {
    const widget = current;
    editor.focus();
    editor.widgets.del(widget);
  });
  box.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || !current) return;
    if (event.key === "Enter" && event.target === alt) {
      event.preventDefault();
      current.editables.caption.focus();
    } else if (event.key === "Escape") {
      event.preventDefault();
      current.focus();
    }
  });
  new ResizeObserver(() => current && place()).observe(holder);
  return { show, hide, refresh };
}

function labelled(box, text, placeholder) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  input.type = "text";
  input.placeholder = placeholder;
  label.append(text, input);
  box.append(label);
  return input;
}

function placeButton(value, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "desk-chip";
  button.dataset.place = value;
  button.textContent = text;
  return button;
}
