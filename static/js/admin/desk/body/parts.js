// "## " at the start of a paragraph begins a part, "### " a smaller heading.
const LEVELS = { "##": "h2", "###": "h3" };

export function autoParts(editor) {
  editor.on("key", (event) => {
    if (event.data.keyCode !== 32) return;
    const range = editor.getSelection()?.getRanges()[0];
    const block = range?.collapsed && range.startPath().block;
    if (!block || !["p", "h2", "h3"].includes(block.getName())) return;
    const before = range.clone();
    before.setStartAt(block, window.CKEDITOR.POSITION_AFTER_START);
    const level = LEVELS[before.cloneContents().$.textContent.replace(/\u200b/g, "").trim()];
    if (!level) return;
    event.cancel();
    editor.fire("saveSnapshot");
    before.deleteContents();
    block.renameNode(level);
    if (!block.getText().trim() && !block.getBogus()) block.appendBogus();
    const caret = editor.createRange();
    caret.moveToElementEditStart(block);
    caret.select();
    editor.fire("saveSnapshot");
  });
}

// Makes paragraphs and headings of plain text that was typed in the textarea before the editor was ready.
export function textToHtml(text) {
  if (!text.trim() || /<(p|h[2-4]|ul|ol|figure|blockquote|table|hr|pre|div)\b/i.test(text)) return text;
  const escape = (line) => line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return text.split(/\r?\n/).map((line) => {
    const [, signs, heading] = /^(###?) (.*)$/.exec(line) || [];
    if (signs) return `<${LEVELS[signs]}>${escape(heading)}</${LEVELS[signs]}>`;
    return line.trim() ? `<p>${escape(line)}</p>` : "";
  }).join("");
}
