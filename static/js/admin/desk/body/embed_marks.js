// If a paragraph holds only the address of a video or a post, it is shown as a box, as readers get it. The
// mark is an attribute that CKEditor does not save with the text.
const MARK = "data-cke-embed";
const ALONE = /^https?:\/\/\S+$/;

export function embedMarks(editor, known = "") {
  const hosts = new Set(known.split(" "));
  const mark = () => {
    for (const paragraph of editor.editable()?.$.querySelectorAll(":scope > p") || []) {
      const host = hostOf(paragraph.textContent.trim());
      if (!hosts.has(host)) paragraph.removeAttribute(MARK);
      else if (!paragraph.querySelector("img")) paragraph.setAttribute(MARK, host.replace(/^www\./, ""));
    }
  };
  editor.on("contentDom", mark);
  editor.on("change", mark);
}

function hostOf(text) {
  return ALONE.test(text) && URL.canParse(text) ? new URL(text).hostname : "";
}
