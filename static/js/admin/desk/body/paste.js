// Pasted text. The server cleans it as saving will, so that what an editor sees is what is kept, and one line
// says what was cleaned. If the server does not answer, CKEditor's own filters clean it.
import { track } from "../saving/pending_uploads.js";

// Heading levels that the paper does not have are turned into levels that it has.
const LEVELS = { h1: "h2", h5: "h4", h6: "h4" };
const BLOCKS = "p, div, ul, ol, li, table, blockquote, h1, h2, h3, h4, h5, h6, pre, hr, figure, dl, section, article, img, iframe";
const ADDRESS = /^(https?:\/\/|mailto:)\S+$/i;
const SEEN_FOR = 9000;

// `pictures` takes pictures out of pasted HTML and puts them back: see figures.js.
export function cleanPaste(editor, { url, longest, pictures }) {
  refuseTooLong(editor, longest);
  const fallback = plainTextAtLeast(editor);
  linkSelected(editor);
  editor.on("paste", (event) => {
    const { data } = event;
    if (data.isClean || !url || data.type === "text" || !hasWords(data.dataValue) || isOurs(editor, data)) return;
    event.cancel();
    const place = placeOf(editor);
    const plain = data.dataTransfer.getData("text/plain") || "";
    const insert = (html) => {
      place.select();
      insertClean(editor, html, () => fallback(plain));
    };
    const wanted = pictures.takeOut(data.dataValue);
    track(cleaned(url, wanted.html).then(
      ({ html, told }) => {
        insert(pictures.putBack(distinct(editor, inOneLine(html, data.dataValue, plain)), wanted));
        if (told.length) editor.showNotification(told.join(" "), "info", SEEN_FOR);
      },
      (error) => {
        if (error.sentence) return editor.showNotification(error.sentence, "warning", 12000);
        const html = data.dataValue.includes("docs-internal-guid") ? fromGoogleDocs(data.dataValue) : data.dataValue;
        insert(pictures.putBack(html, wanted));
      },
    ));
  }, null, null, 1);
  editor.on("afterPaste", () => {
    for (const heading of editor.editable().find("h1, h5, h6").toArray()) heading.renameNode(LEVELS[heading.getName()]);
  });
}

// The browser would be busy for minutes with a text that no article takes. Pictures in it are uploaded, and do not count.
function refuseTooLong(editor, longest) {
  editor.on("paste", (event) => {
    const text = (kind) => event.data.dataTransfer.getData(kind) || "";
    const lengths = ["text/html", "text/plain"].map((kind) => text(kind).replace(/"data:image[^"]*"/g, "").length);
    const letters = Math.max(...lengths);
    if (letters <= longest) return;
    event.cancel();
    const most = `${longest.toLocaleString("en")} is the most that one article takes`;
    editor.showNotification(`Nothing was pasted: this has ${letters.toLocaleString("en")} characters, and ${most}.`, "warning", 12000);
  }, null, null, -1);
}

async function cleaned(url, html) {
  const form = new FormData();
  form.append("html", html);
  const answer = await fetch(url, {
    method: "POST", body: form, headers: { "X-CSRFToken": document.querySelector("[name=csrfmiddlewaretoken]").value },
  });
  if (answer.ok) return answer.json();
  const error = new Error(`The server answered ${answer.status}.`);
  if (answer.status === 413) error.sentence = (await answer.json().catch(() => ({}))).error;
  throw error;
}

function insertClean(editor, html, failed) {
  const dataTransfer = new window.CKEDITOR.plugins.clipboard.dataTransfer();
  try {
    editor.fire("paste", { type: "html", dataValue: html, method: "paste", dataTransfer, isClean: true });
  } catch {
    failed();
  }
}

function isOurs(editor, data) {
  return data.dataTransfer.getTransferType(editor) !== window.CKEDITOR.DATA_TRANSFER_EXTERNAL;
}

function hasWords(html) {
  return /<[a-z]/i.test(html) && (html.replace(/<[^>]*>|&nbsp;|\s/g, "") !== "" || /<iframe/i.test(html));
}

// The place of the caret, also if something is typed before the server has answered: a browser's range moves
// along with the text.
function placeOf(editor) {
  const selection = document.getSelection();
  const range = selection.rangeCount ? selection.getRangeAt(0).cloneRange() : null;
  return {
    select() {
      editor.focus();
      if (!range || !editor.editable().$.contains(range.startContainer)) return;
      selection.removeAllRanges();
      selection.addRange(range);
    },
  };
}

// Some words of a paragraph go into the paragraph at the caret, with the spaces around them. Their plain text has these,
// also where CKEditor has taken them off the HTML.
function inOneLine(html, pasted, plain) {
  const before = new DOMParser().parseFromString(pasted, "text/html").body;
  const { body } = new DOMParser().parseFromString(html, "text/html");
  if (before.querySelector(BLOCKS) || body.children.length !== 1 || !body.firstChild.matches("p")) return html;
  const text = plain.trim() ? plain : before.textContent;
  return `${/^\s/.test(text) ? "&nbsp;" : ""}${body.firstChild.innerHTML}${/\s$/.test(text) ? "&nbsp;" : ""}`;
}

// Notes of a second pasted text have the same ids as those of the first.
function distinct(editor, html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const taken = (id) => editor.editable().$.querySelector(`[id="${CSS.escape(id)}"]`);
  const clashing = [...body.querySelectorAll("[id]")].filter((element) => taken(element.id));
  for (const element of clashing) {
    const { id } = element;
    let number = 2;
    while (taken(`${id}-${number}`) || body.querySelector(`[id="${CSS.escape(`${id}-${number}`)}"]`)) number += 1;
    element.id = `${id}-${number}`;
    for (const link of body.querySelectorAll(`a[href="#${CSS.escape(id)}"]`)) link.setAttribute("href", `#${element.id}`);
  }
  return clashing.length ? body.innerHTML : html;
}

// An address that is pasted over words makes a link of them.
function linkSelected(editor) {
  editor.on("paste", (event) => {
    const { data } = event;
    const address = (data.dataTransfer.getData("text/plain") || "").trim();
    const words = editor.getSelection()?.getSelectedText().trim();
    if (data.isClean || !ADDRESS.test(address) || !words || ADDRESS.test(words) || editor.widgets.focused) return;
    event.cancel();
    editor.fire("saveSnapshot");
    const attributes = { href: address, "data-cke-saved-href": address };
    editor.applyStyle(new window.CKEDITOR.style({ element: "a", attributes, type: window.CKEDITOR.STYLE_INLINE }));
    editor.fire("saveSnapshot");
  }, null, null, 0);
}

// Google Docs writes bold and italic as styles, and puts a whole document into one <b> without meaning.
// CKEditor's own filter for Google Docs fails at a <span> without style and loses the text, so it is not
// used.
function fromGoogleDocs(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  for (const wrapper of page.querySelectorAll("b[id^=docs-internal-guid]")) wrapper.replaceWith(...wrapper.childNodes);
  for (const span of page.querySelectorAll("span")) {
    const { fontWeight, fontStyle, textDecorationLine, verticalAlign } = span.style;
    const marks = [
      Number(fontWeight) >= 600 || fontWeight === "bold" ? "strong" : "",
      fontStyle === "italic" ? "em" : "",
      textDecorationLine.includes("line-through") ? "s" : "",
      { super: "sup", sub: "sub" }[verticalAlign] || "",
    ].filter(Boolean);
    const heading = span.closest("h1, h2, h3, h4, h5, h6");
    let inner = [...span.childNodes];
    for (const mark of heading ? [] : marks) {
      const element = page.createElement(mark);
      element.append(...inner);
      inner = [element];
    }
    span.replaceWith(...inner);
  }
  return page.body.innerHTML;
}

// If a filter fails, the text must not be lost: then it is pasted without formatting.
function plainTextAtLeast(editor) {
  let pending = null;
  const paste = (text) => {
    pending = null;
    editor.insertText(text);
    editor.showNotification("Only the plain text could be pasted; set headings and links again.", "warning", 12000);
  };
  editor.on("paste", ({ data }) => {
    pending = data.dataTransfer.getData("text/plain") || "";
  }, null, null, 0);
  editor.on("afterPaste", () => (pending = null));
  window.addEventListener("error", () => pending && paste(pending));
  return paste;
}
