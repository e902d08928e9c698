// A browser writes a space that is typed at the end of a line as one that never breaks, and leaves it so if a link or
// other marks come after it: then two words stay on one line wherever they are read. Where such a space stands between
// two words, beside marks or where text was put in, it becomes a plain one. One in the midst of a text was meant.
const LINES = "p, h2, h3, h4, li, td, th, dt, dd, figcaption, caption, blockquote, cite";
const HARD = "\u00a0";
// Beside these, a space that never breaks is good typography.
const MEANT = /[«»‹›:;!?%‰€$£–—\s]/;

export function plainSpaces(editor) {
  editor.on("contentDom", () => {
    const editable = editor.editable();
    editable.attachListener(editable, "input", ({ data }) => data.$.isComposing || atCaret());
  });
  let space = null;
  // Right before CKEditor puts the text in: afterwards, the space before the caret is in the midst of a text.
  editor.on("paste", ({ data }) => {
    space = spaceBeforeCaret();
    if (space) data.dataValue = data.dataValue.replace(/^(?:&nbsp;|\s)+/, "");
  }, null, null, 999);
  editor.on("afterPaste", () => {
    if (space) softenOne(space);
    atCaret();
  });

  function atCaret() {
    const { anchorNode, anchorOffset } = document.getSelection();
    const line = (anchorNode?.nodeType === Node.TEXT_NODE ? anchorNode.parentElement : anchorNode)?.closest?.(LINES);
    if (line && editor.editable().$.contains(line)) soften(line, anchorNode, anchorOffset);
  }
}

function spaceBeforeCaret() {
  const { anchorNode: node, anchorOffset: place, isCollapsed } = document.getSelection();
  const isSpace = isCollapsed && node?.nodeType === Node.TEXT_NODE && /[ \u00a0]/.test(node.data[place - 1] || "");
  return isSpace ? { node, at: place - 1 } : null;
}

function softenOne({ node, at }) {
  if (node.isConnected && isBetween(node.data[at - 1], node.data[at], node.data[at + 1])) node.replaceData(at, 1, " ");
}

function soften(line, caretNode, caretOffset) {
  const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
  for (let before = null, node = walker.nextNode(); node; before = node, node = walker.nextNode()) {
    if (!before?.data || !node.data || isParted(before, node)) continue;
    // A space that was just typed stays as it is until a letter follows: there it could not be seen otherwise.
    const isTyped = node === caretNode && caretOffset < 2;
    if (isBetween(before.data.at(-2), before.data.at(-1), node.data[0])) before.replaceData(before.length - 1, 1, " ");
    else if (!isTyped && isBetween(before.data.at(-1), node.data[0], node.data[1])) node.replaceData(0, 1, " ");
  }
}

function isBetween(before, space, after) {
  return space === HARD && Boolean(before && after) && !MEANT.test(before) && !MEANT.test(after);
}

// Whether something stands between the two, such as a line break or a picture.
function isParted(before, node) {
  const range = document.createRange();
  range.setStartAfter(before);
  range.setEndBefore(node);
  return Boolean(range.cloneContents().querySelector("br, img, figure, [contenteditable=false]"));
}
