// The panel for the words and the place of one picture in the text. Its fields have no names, so they are not
// sent.
import { above, groupOf, join, kindOf, setKind, sizeOf, takeOut } from "./figure_groups.js";

const PLACES = [["", "Column"], ["wide", "Wide"], ["start", "Left"], ["end", "Right"]];
const KINDS = [["pair", "Side by side"], ["gallery", "Gallery"]];
const LABELS = new Map(PLACES);
const MIRRORED = { start: "Right", end: "Left" };

// `goOn` puts the caret where the writing goes on after the picture.
export function figurePanel(editor, holder, goOn) {
  let current = null;
  const box = document.createElement("div");
  box.className = "desk-figure-panel";
  box.hidden = true;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "This picture");
  // While the panel is open, the text leaves room for it under the picture. The rule is beside the text, so
  // that nothing of it is saved.
  const room = new CSSStyleSheet();
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, room];
  const question = document.createElement("p");
  question.className = "desk-figure-panel__question";
  question.setAttribute("role", "alert");
  box.append(question);
  const alt = labelled(box, "Alt text", "What it shows, for those who cannot see it");
  const credit = labelled(box, "Credit", "Photograph: …");
  const decorative = checkbox(box, "Only decoration: it says nothing that the text does not");
  const places = document.createElement("div");
  places.className = "desk-figure-panel__places";
  for (const [value, label] of PLACES) places.append(placeButton(value, label));
  for (const [value, label] of KINDS) places.append(kindButton(value, label));
  const together = linkButton("Put together with the one above");
  const alone = linkButton("Take out of the group");
  const remove = linkButton("Remove");
  const done = linkButton("Close");
  places.append(together, alone, remove, done);
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
    decorative.checked = Boolean(widget.data.decorative && !widget.data.alt);
    decorative.closest("label").hidden = Boolean(widget.data.alt);
    if (document.activeElement !== credit) credit.value = widget.data.credit || "";
    const mirrored = getComputedStyle(editor.editable().$).direction === "rtl";
    for (const button of places.querySelectorAll("[data-place]")) {
      const { place: value } = button.dataset;
      button.textContent = (mirrored && MIRRORED[value]) || LABELS.get(value);
      button.setAttribute("aria-pressed", String(button.dataset.place === (widget.data.side || "")));
    }
    refreshGroup(groupOf(widget));
    place();
  };
  const refreshGroup = (group) => {
    for (const button of places.querySelectorAll("[data-place]")) button.hidden = Boolean(group);
    for (const button of places.querySelectorAll("[data-kind]")) {
      button.hidden = !group || sizeOf(group) !== 2;
      button.setAttribute("aria-pressed", String(Boolean(group) && kindOf(group) === button.dataset.kind));
    }
    together.hidden = !above(editor, current);
    alone.hidden = !group;
  };
  // What the panel shows has another place now.
  const regroup = (act) => {
    const widget = current;
    act(widget);
    widget.focus();
    show(widget);
  };
  const place = () => {
    const figure = current.wrapper.$.getBoundingClientRect();
    box.style.top = `${figure.bottom - holder.getBoundingClientRect().top + 4}px`;
    const wrapper = `.cke_editable .cke_widget_wrapper[data-cke-widget-id="${current.id}"]`;
    room.replaceSync(`${wrapper} { margin-block-end: ${box.offsetHeight + 20}px; } ${wrapper} + * { clear: both; }`);
  };
  const show = (widget, { caret = false, asked = "" } = {}) => {
    if (widget !== current) question.textContent = "";
    if (asked) question.textContent = asked;
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
    question.textContent = "";
    room.replaceSync("");
  };

  alt.addEventListener("input", () => set("alt", alt.value));
  decorative.addEventListener("change", () => set("decorative", decorative.checked));
  done.addEventListener("click", () => {
    const widget = current;
    hide(widget);
    goOn(widget);
  });
  // Whoever goes on somewhere else is done with the picture.
  document.addEventListener("focusin", ({ target }) => {
    if (current && !box.contains(target) && !holder.contains(target)) hide(current);
  });
  document.addEventListener("mousedown", ({ target }) => {
    if (current && !box.contains(target) && !current.wrapper.$.contains(target)) hide(current);
  });
  credit.addEventListener("input", () => set("credit", credit.value));
  places.addEventListener("click", (event) => {
    const button = event.target.closest("[data-place]");
    if (button) set("side", button.dataset.place);
  });
  places.addEventListener("click", (event) => {
    const button = event.target.closest("[data-kind]");
    if (button) regroup((widget) => setKind(editor, groupOf(widget), button.dataset.kind));
  });
  together.addEventListener("click", () => regroup((widget) => join(editor, widget)));
  alone.addEventListener("click", () => regroup((widget) => takeOut(editor, widget)));
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
      done.click();
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

function checkbox(box, text) {
  const label = document.createElement("label");
  label.className = "desk-figure-panel__check";
  const input = document.createElement("input");
  input.type = "checkbox";
  label.append(input, text);
  box.append(label);
  return input;
}

function placeButton(place, text) {
  const chip = button("desk-chip", text);
  chip.dataset.place = place;
  return chip;
}

function kindButton(kind, text) {
  const chip = button("desk-chip", text);
  chip.dataset.kind = kind;
  return chip;
}

function linkButton(text) {
  return button("desk-link", text);
}

function button(className, textContent) {
  return Object.assign(document.createElement("button"), { type: "button", className, textContent });
}
