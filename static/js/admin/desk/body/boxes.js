// Boxes in the text: the facts of a story, and its points in brief. Each is a frame around paragraphs and lists, which are
// written in as anywhere else.
import { lineAfter } from "./way_on.js";

const ENTER = 13;
const DOWN = 40;
const BUTTONS = [
  { kind: "summary", command: "deskSummary", button: "DeskSummary", label: "In brief", first: "ul" },
  { kind: "facts", command: "deskFacts", button: "DeskFacts", label: "Fact box", first: "p" },
];

export function boxes(editor) {
  for (const { kind, command, button, label, first } of BUTTONS) {
    editor.addCommand(command, {
      exec: () => press(editor, kind, first),
      refresh(_, path) {
        this.setState(boxOf(editor, path.lastElement)?.hasClass(kind) ? window.CKEDITOR.TRISTATE_ON : window.CKEDITOR.TRISTATE_OFF);
      },
      contextSensitive: true,
    });
    editor.ui.addButton(button, { label, command, toolbar: "blocks" });
  }
  editor.on("key", (event) => {
    const { keyCode } = event.data;
    if ((keyCode === ENTER || keyCode === DOWN) && leave(editor, keyCode)) event.cancel();
  }, null, null, 0);
}

// In a box, its button takes the frame away, and the other one makes it the other box. Elsewhere, what is marked comes into a
// box, or an empty one comes: the points in brief at the beginning, where there is one of these, the facts after the paragraph.
function press(editor, kind, first) {
  const range = editor.getSelection()?.getRanges()[0];
  if (!range) return;
  const box = boxOf(editor, range.startContainer);
  editor.fire("saveSnapshot");
  if (box) reframe(editor, box, kind);
  else if (!range.collapsed) keepingSelection(editor, () => frame(editor, kind, marked(editor, range)));
  else begin(editor, kind, first, range);
  editor.fire("change");
  editor.fire("saveSnapshot");
  editor.selectionChange(true);
}

function reframe(editor, box, kind) {
  keepingSelection(editor, () => {
    if (box.hasClass(kind)) box.remove(true);
    else box.setAttribute("class", kind);
  });
}

function begin(editor, kind, first, range) {
  const there = kind === "summary" && editor.editable().findOne("aside.summary");
  if (there) return caretIn(editor, there, true);
  const here = topOf(editor, range.startContainer);
  const line = new window.CKEDITOR.dom.element(first);
  if (first === "ul") line.append(new window.CKEDITOR.dom.element("li"));
  (line.getFirst() || line).appendBogus();
  const box = new window.CKEDITOR.dom.element("aside");
  box.addClass(kind);
  box.append(line);
  if (kind === "summary" || !here) editor.editable().append(box, kind === "summary");
  else box.insertAfter(here);
  if (here && isEmptyLine(here)) here.remove();
  caretIn(editor, box);
}

function frame(editor, kind, blocks) {
  if (!blocks.length) return;
  const box = new window.CKEDITOR.dom.element("aside");
  box.addClass(kind);
  box.insertBefore(blocks[0]);
  for (const block of blocks) box.append(block);
}

// The blocks of the text from the first that is marked to the last, up to the next box.
function marked(editor, range) {
  const last = topOf(editor, range.endContainer);
  const found = [];
  for (let block = topOf(editor, range.startContainer); block; block = block.getNext(isElement)) {
    if (block.getName() === "aside") break;
    found.push(block);
    if (block.equals(last)) break;
  }
  return found;
}

// Out of the box from an empty line at its end, or downwards from its last line where nothing follows.
function leave(editor, keyCode) {
  const range = editor.getSelection()?.getRanges()[0];
  const box = range?.collapsed && boxOf(editor, range.startContainer);
  if (!box) return false;
  const line = range.startPath().block;
  if (keyCode === DOWN) {
    if (box.getNext(isElement) || !range.checkBoundaryOfElement(box, window.CKEDITOR.END)) return false;
  } else {
    if (!line || !isEmptyLine(line) || !line.getParent().equals(box) || line.getNext(isElement)) return false;
    editor.fire("saveSnapshot");
  }
  lineAfter(editor, { wrapper: box });
  if (keyCode === ENTER) line.remove();
  if (!box.getFirst(isElement)) box.remove();
  editor.fire("saveSnapshot");
  return true;
}

function keepingSelection(editor, change) {
  const bookmarks = editor.getSelection().createBookmarks();
  change();
  editor.getSelection().selectBookmarks(bookmarks);
}

function caretIn(editor, box, atEnd = false) {
  const range = editor.createRange();
  range[atEnd ? "moveToElementEditEnd" : "moveToElementEditStart"](box);
  editor.focus();
  range.select();
  range.startContainer.$.parentElement?.scrollIntoView({ block: "nearest" });
}

function topOf(editor, node) {
  const editable = editor.editable();
  let found = node;
  while (found && !found.equals(editable) && !found.getParent()?.equals(editable)) found = found.getParent();
  return found && !found.equals(editable) && isElement(found) ? found : null;
}

function boxOf(editor, node) {
  const found = node && topOf(editor, node);
  return found?.getName() === "aside" ? found : null;
}

const isElement = (node) => node.type === window.CKEDITOR.NODE_ELEMENT;
const isEmptyLine = (node) => ["p", "h2", "h3"].includes(node.getName()) && !node.getText().replace(/[\u200b\s]/g, "") && !node.findOne("img");
