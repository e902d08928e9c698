// Cleans text pasted from other programs before CKEditor's own filters do, and catches errors of those
// filters.

// Heading levels that the paper does not have are turned into levels that it has.
const LEVELS = { h1: "h2", h5: "h4", h6: "h4" };

export function cleanPaste(editor) {
  editor.on("paste", ({ data }) => {
    if (data.dataValue.includes("docs-internal-guid")) data.dataValue = fromGoogleDocs(data.dataValue);
  }, null, null, 1);
  editor.on("afterPaste", () => {
    for (const heading of editor.editable().find("h1, h5, h6").toArray()) heading.renameNode(LEVELS[heading.getName()]);
  });
  plainTextAtLeast(editor);
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
  editor.on("paste", ({ data }) => {
    pending = data.dataTransfer.getData("text/plain") || "";
  }, null, null, 0);
  editor.on("afterPaste", () => (pending = null));
  window.addEventListener("error", () => {
    if (!pending) return;
    const text = pending;
    pending = null;
    editor.insertText(text);
    editor.showNotification("Only the plain text could be pasted; set headings and links again.", "warning", 12000);
  });
}
