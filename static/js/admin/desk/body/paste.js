// What comes out of other programs, before CKEditor's own filters see it, and a net under those filters.

// Levels that the paper does not have become those it has.
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

// Google Docs says bold and italic in styles, and puts a whole document into one <b> that means nothing.
// CKEditor's filter for it stops at a <span> without style, and the text is gone: so it is left out.
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

// A filter that fails must not cost the text: then it comes in without its forms.
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
