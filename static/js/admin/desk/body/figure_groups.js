// Pictures in the text that belong together: a figure of figures, two beside each other or a gallery.
export const GROUPS = ["gallery", "pair"];
const [GALLERY, PAIR] = GROUPS;

// The group that the picture is in; null if it stands alone.
export function groupOf(widget) {
  const parent = widget.wrapper.getParent();
  return isGroup(parent) ? parent : null;
}

export function kindOf(group) {
  return GROUPS.find((name) => group.hasClass(name));
}

export function sizeOf(group) {
  return group.getChildren().toArray().filter(isElement).length;
}

// The picture or the group right above this picture, with which it can be put together.
export function above(editor, widget) {
  if (groupOf(widget)) return null;
  const before = widget.wrapper.getPrevious(isElement);
  if (!before) return null;
  return isGroup(before) || editor.widgets.getByElement(before, true)?.name === "figure" ? before : null;
}

export function join(editor, widget) {
  const before = above(editor, widget);
  editor.fire("saveSnapshot");
  let group = before;
  if (!isGroup(before)) {
    editor.widgets.getByElement(before, true).setData("side", "");
    group = new window.CKEDITOR.dom.element("figure");
    group.addClass(PAIR);
    group.insertBefore(before);
    group.append(before);
  }
  widget.setData("side", "");
  group.append(widget.wrapper);
  widget.focus();
  setKind(editor, group, sizeOf(group) > 2 ? GALLERY : kindOf(group));
}

// After the group. A group of which one picture is left is none.
export function takeOut(editor, widget) {
  const group = groupOf(widget);
  editor.fire("saveSnapshot");
  widget.wrapper.insertAfter(group);
  if (sizeOf(group) < 2) group.remove(true);
  widget.focus();
  editor.fire("change");
  editor.fire("saveSnapshot");
}

export function setKind(editor, group, kind) {
  for (const name of GROUPS) group.removeClass(name);
  group.addClass(kind);
  editor.fire("change");
  editor.fire("saveSnapshot");
}

const isElement = (node) => node.type === window.CKEDITOR.NODE_ELEMENT;
const isGroup = (node) => Boolean(node && isElement(node) && node.getName() === "figure" && GROUPS.some((name) => node.hasClass(name)));
