// The body in CKEditor. Until the editor is ready, one can type in the textarea. The text typed there and the
// caret are then taken over into the editor.
import { boxes } from "./boxes.js";
import { autoParts, textToHtml } from "./parts.js";
import { embedMarks } from "./embed_marks.js";
import { figures } from "./figures.js";
import { linkPanel } from "./link_panel.js";
import { cleanPaste } from "./paste.js";
import { plainSpaces } from "./spaces.js";
import { typography } from "./typography.js";

const CARET = "\uE000";

export function bodyEditor(holder) {
  const area = holder?.querySelector("textarea");
  const body = {
    area,
    editor: null,
    html: () => (body.editor ? body.editor.getData() : area.value),
    // `done` is called when the text is set and the editor has sent its change event.
    set(html, done = () => {}) {
      if (body.editor) keepCaret(body.editor, () => body.editor.setData(html, { callback: () => setTimeout(done) }));
      else {
        area.value = html;
        done();
      }
    },
    flush() {
      if (body.editor) {
        body.editor.updateElement();
        body.sent = body.editor.getSnapshot();
      } else area.value = textToHtml(area.value);
    },
    onChange(listener) {
      body.listeners.push(listener);
      area.addEventListener("input", listener);
    },
    listeners: [],
    // The editor's HTML when it was last taken for saving, until it changes. After what an input method commits,
    // the editor tells of a change only when the next key is let go, and that may be the S of Ctrl+S.
    sent: null,
  };
  if (!area || !window.CKEDITOR) return body;
  const before = area.value;
  window.CKEDITOR.plugins.add("newsroom", {
    requires: "widget",
    init(editor) {
      autoParts(editor);
      const pictures = figures(editor, holder);
      attribution(editor);
      boxes(editor);
      linkPanel(editor, holder, area.dataset.links);
      embedMarks(editor, area.dataset.embeds);
      nativeMenu(editor, holder);
      cleanPaste(editor, { url: area.dataset.paste, longest: Number(area.dataset.longest), pictures });
      plainSpaces(editor);
      typography(editor, body, holder, area.dataset.typography);
      noteOnWords(editor, holder);
    },
  });
  // New tables get a header row, because readers who listen to a table need one.
  window.CKEDITOR.on("dialogDefinition", ({ data }) => {
    if (data.name === "table") data.definition.getContents("info").get("selHeaders").default = "row";
  });
  window.CKEDITOR.on("instanceReady", ({ editor }) => {
    if (editor.element.$ !== area) return;
    scrollsByKeys(holder);
    takeOver(editor, area, before, () => {
      body.editor = editor;
      holder.classList.add("desk-body--ready");
      editor.on("change", () => {
        if (body.sent !== null && editor.getSnapshot() === body.sent) return;
        body.sent = null;
        body.listeners.forEach((listener) => listener());
      });
      holder.dispatchEvent(new CustomEvent("desk:ready", { bubbles: true }));
    });
  });
  return body;
}

// On a phone the buttons scroll sideways. There the Tab key stops at them, and arrow keys scroll them; Alt+F10 leads to
// each. The first button itself would be no stop: from there, CKEditor lets nobody on to the text with Tab.
function scrollsByKeys(holder) {
  const box = holder.querySelector(".cke_toolbox");
  new ResizeObserver(() => (box.tabIndex = box.scrollWidth > box.clientWidth ? 0 : -1)).observe(box);
}

// Changes the text and puts the caret back: into the block with the same text, after as many letters. A
// colleague's paragraphs may have come in before it.
export const BLOCKS = "p, h2, h3, h4, li, td, th, pre, figcaption, caption";

function keepCaret(editor, change) {
  const range = document.activeElement?.closest?.(".cke_editable") && editor.getSelection()?.getRanges()[0];
  const block = range?.startContainer.getAscendant((node) => node.$.matches?.(BLOCKS), true)?.$;
  if (!block) return change();
  const blocks = () => [...editor.editable().$.querySelectorAll(BLOCKS)];
  const number = blocks().indexOf(block);
  const { textContent } = block;
  const before = document.createRange();
  before.selectNodeContents(block);
  before.setEnd(range.startContainer.$, range.startOffset);
  const letters = before.toString().length;
  editor.once("dataReady", () => {
    const found = blocks();
    const near = (one, other) => Math.abs(found.indexOf(one) - number) - Math.abs(found.indexOf(other) - number);
    const again = found.filter((each) => each.textContent === textContent).sort(near)[0] || found[number];
    if (again) toLetter(editor, again, letters);
  });
  change();
}

function toLetter(editor, block, letters) {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  let left = letters;
  for (let node = walker.nextNode(); node; left -= node.length, node = walker.nextNode()) {
    if (left > node.length) continue;
    const place = editor.createRange();
    place.setStart(new window.CKEDITOR.dom.node(node), left);
    place.collapse(true);
    editor.focus();
    place.select();
    return;
  }
}

function takeOver(editor, area, before, ready) {
  const focused = document.activeElement === area;
  const typed = area.value;
  if (typed === before && !focused) return ready();
  const data = focused ? withCaret(typed, area.selectionEnd) : typed;
  editor.setData(textToHtml(data), {
    callback() {
      // Keys that were typed while the editor read the text.
      if (area.value !== typed) return takeOver(editor, area, before, ready);
      ready();
      if (focused) toCaret(editor);
      editor.resetUndo?.();
    },
  });
}

function withCaret(text, at) {
  const tag = text.lastIndexOf("<", at - 1);
  const inside = tag >= 0 && text.indexOf(">", tag) >= at;
  const place = inside ? text.indexOf(">", tag) + 1 : at;
  return text.slice(0, place) + CARET + text.slice(place);
}

function toCaret(editor) {
  editor.focus();
  const walker = document.createTreeWalker(editor.editable().$, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(CARET);
    if (at < 0) continue;
    node.deleteData(at, 1);
    const range = editor.createRange();
    range.setStart(new window.CKEDITOR.dom.node(node), at);
    range.collapse(true);
    range.select();
    return;
  }
}

// Marks the paragraph as the source of a quotation.
function attribution(editor) {
  editor.addCommand("deskSource", {
    exec() {
      const block = editor.elementPath()?.block;
      if (!block || !editor.elementPath().contains("blockquote")) {
        editor.showNotification("Put the caret into the line of a quotation that names its source.", "info", 4000);
        return;
      }
      const has = block.findOne("cite");
      editor.fire("saveSnapshot");
      const range = editor.createRange();
      range.selectNodeContents(block);
      range.select();
      const style = new window.CKEDITOR.style({ element: "cite" });
      editor[has ? "removeStyle" : "applyStyle"](style);
      range.collapse(false);
      range.select();
      editor.fire("saveSnapshot");
    },
  });
  editor.ui.addButton("DeskSource", { label: "Attribution", command: "deskSource", toolbar: "blocks" });
}

// notes/panel.js takes the marked words from the selection.
function noteOnWords(editor, holder) {
  const exec = () => holder.dispatchEvent(new CustomEvent("desk:note", { bubbles: true }));
  editor.addCommand("deskNote", { exec, canUndo: false });
  editor.setKeystroke(window.CKEDITOR.CTRL + window.CKEDITOR.ALT + 77, "deskNote");
  editor.ui.addButton("DeskNote", { label: "Note for colleagues", command: "deskNote", toolbar: "cleanup" });
}

// Outside tables the browser's own context menu is shown, because it has spelling suggestions.
function nativeMenu(editor, holder) {
  holder.addEventListener("contextmenu", (event) => {
    if (!event.target.closest("td, th, caption")) event.stopPropagation();
  }, true);
}
