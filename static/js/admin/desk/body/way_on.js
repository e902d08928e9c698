// A text that ends with a picture has no line under it to click into. This adds a way to go on after the
// picture.
const ENTER = 13;
const DOWN = 40;

export function wayOn(editor) {
  editor.on("key", (event) => {
    const widget = figureWithCaret(editor);
    if (!widget) return;
    const { keyCode } = event.data;
    if (keyCode === ENTER || (keyCode === DOWN && isLast(widget.wrapper) && atItsEnd(editor, widget))) {
      event.cancel();
      lineAfter(editor, widget);
    }
  }, null, null, 0);
}

export function figureWithCaret(editor) {
  const widget = editor.widgets.focused || editor.widgets.widgetHoldingFocusedEditable;
  return widget?.name === "figure" ? widget : null;
}

// If there is an empty paragraph already, that is used.
export function lineAfter(editor, widget) {
  editor.fire("saveSnapshot");
  const next = widget.wrapper.getNext(isElement);
  let line = next?.getName() === "p" && !next.getText().replace(/[\u200b\s]/g, "") && !next.findOne("img") ? next : null;
  if (!line) {
    line = new window.CKEDITOR.dom.element("p");
    line.appendBogus();
    line.insertAfter(widget.wrapper);
  }
  const range = editor.createRange();
  range.moveToElementEditStart(line);
  editor.focus();
  range.select();
  editor.selectionChange(true);
  range.startContainer.scrollIntoView?.();
  editor.fire("saveSnapshot");
}

// Into the block that follows the picture; if there is none to write in, into a new line.
export function afterWidget(editor, widget) {
  const next = widget.wrapper.getNext(isElement);
  const range = editor.createRange();
  if (!next || next.hasClass("cke_widget_wrapper") || !range.moveToElementEditStart(next)) return lineAfter(editor, widget);
  editor.focus();
  range.select();
}

function atItsEnd(editor, widget) {
  if (editor.widgets.focused) return true;
  const range = editor.getSelection()?.getRanges()[0];
  return Boolean(range?.collapsed && range.checkBoundaryOfElement(widget.editables.caption, window.CKEDITOR.END));
}

const isElement = (node) => node.type === window.CKEDITOR.NODE_ELEMENT;
const isLast = (wrapper) => !wrapper.getNext(isElement);
