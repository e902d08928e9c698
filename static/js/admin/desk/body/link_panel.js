// A small panel for a link: an address is typed or pasted, or an article of the paper is found by its words.
const ENTER = "Enter";
const CTRL_K = 75;
const WAIT = 180;
const ADDRESS = /^([a-z][a-z0-9+.-]*:\S+|[/#?]\S+|www\.\S+|[^\s@/]+@[^\s@]+\.[^\s@]+|[^\s/@]+\.[a-z]{2,}([/?#:]\S*)?)$/i;

export function linkPanel(editor, holder, url) {
  const box = document.createElement("div");
  box.className = "desk-link-panel";
  box.hidden = true;
  box.setAttribute("role", "group");
  box.setAttribute("aria-label", "Link");
  box.innerHTML = `
    <label>Link to<input type="text" autocomplete="off" spellcheck="false" placeholder="An address, or words of an article"></label>
    <p class="desk-link-panel__warning" role="status"></p>
    <ul class="desk-link-panel__found" aria-label="Articles of this paper"></ul>
    <div class="desk-link-panel__acts"><button type="button" class="desk-button" data-set>Link</button>
    <button type="button" class="desk-link" data-unlink>Remove the link</button>
    <button type="button" class="desk-link" data-close>Close</button></div>`;
  holder.append(box);
  const part = (selector) => box.querySelector(selector);
  const [input, warning, list] = [part("input"), part("[role=status]"), part("ul")];
  let place = null;
  let turn = 0;
  let timer = 0;

  const close = ({ back = true } = {}) => {
    if (box.hidden) return;
    box.hidden = true;
    turn += 1;
    if (!back) return;
    editor.focus();
    place?.select();
  };
  const open = () => {
    const link = window.CKEDITOR.plugins.link.getSelectedLink(editor);
    place = placeOf(editor, link);
    box.hidden = false;
    put(box, holder, link);
    input.value = link?.data("cke-saved-href") || link?.getAttribute("href") || "";
    part("[data-unlink]").hidden = !link;
    input.focus();
    input.select();
    look();
  };

  // Shows what an address leads to, or the articles that the words mean.
  const look = async () => {
    const mine = (turn += 1);
    const text = input.value.trim();
    const asked = ADDRESS.test(text) ? { address: address(text) } : { q: text };
    const answer = await fetch(`${url}?${new URLSearchParams(asked)}`).catch(() => null);
    const found = answer?.ok ? (await answer.json()).results : [];
    if (mine !== turn) return;
    const isAddress = "address" in asked;
    warning.textContent = isAddress ? found[0]?.warning || "" : !answer?.ok ? "The search does not answer; type the address." : "";
    list.replaceChildren(...(isAddress ? [] : found.map((article) => row(article, set))));
  };
  const set = (href, words = "") => {
    if (!href) return;
    close();
    editor.fire("saveSnapshot");
    apply(editor, place, href, words);
    editor.fire("saveSnapshot");
    editor.fire("change");
  };
  const take = () => {
    const text = input.value.trim();
    if (ADDRESS.test(text)) set(address(text));
    else list.querySelector("button")?.click();
  };

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, WAIT);
  });
  part("[data-set]").addEventListener("click", take);
  part("[data-close]").addEventListener("click", () => close());
  part("[data-unlink]").addEventListener("click", () => {
    close();
    editor.execCommand("unlink");
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
    else if (event.key === ENTER && event.target === input) take();
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") step(box, event.key === "ArrowDown" ? 1 : -1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  });
  box.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !box.contains(event.relatedTarget)) close({ back: false });
  });
  document.addEventListener("mousedown", (event) => box.contains(event.target) || close({ back: false }));

  // The command of CKEditor's own button, key and menu opens this panel instead of CKEditor's window.
  editor.on("pluginsLoaded", () => {
    editor.addCommand("link", { exec: open, async: true, allowedContent: "a[!href,title,id]" });
    editor.setKeystroke(window.CKEDITOR.CTRL + CTRL_K, "link");
  });
  editor.on("doubleclick", ({ data }) => {
    if (data.dialog !== "link") return;
    data.dialog = "";
    editor.execCommand("link");
  }, null, null, 30);
}

// The address as it is stored: without a scheme it is one of the web, and two words with an @ are a person.
function address(text) {
  if (/^([a-z][a-z0-9+.-]*:|[/#?])/i.test(text) && !/^[^/?#]+\.[a-z]{2,}:\d/i.test(text)) return text;
  return /^[^\s@/]+@[^\s@]+$/.test(text) ? `mailto:${text}` : `https://${text}`;
}

// What the link will be around. The panel takes the focus, so the place is kept.
function placeOf(editor, link) {
  const ranges = editor.getSelection()?.getRanges() || [];
  return { link, isEmpty: !ranges.some((range) => !range.collapsed), select: () => ranges.length && editor.getSelection().selectRanges(ranges) };
}

function apply(editor, { link, isEmpty }, href, words) {
  const attributes = { href, "data-cke-saved-href": href };
  if (link) return link.setAttributes(attributes);
  if (isEmpty) {
    const text = new window.CKEDITOR.dom.text(words || href.replace(/^(https?:\/\/|mailto:)/, ""));
    const range = editor.getSelection().getRanges()[0];
    range.insertNode(text);
    range.selectNodeContents(text);
    range.select();
  }
  editor.applyStyle(new window.CKEDITOR.style({ element: "a", attributes, type: window.CKEDITOR.STYLE_INLINE }));
  const range = editor.getSelection().getRanges()[0];
  range.collapse(false);
  range.select();
}

// Under the words, and never outside the text's own width.
function put(box, holder, link) {
  const frame = holder.getBoundingClientRect();
  const words = (link?.$ || document.getSelection().getRangeAt(0)).getBoundingClientRect();
  const line = words.height ? words : document.getSelection().getRangeAt(0).startContainer.parentElement.getBoundingClientRect();
  box.style.top = `${line.bottom - frame.top + 6}px`;
  const left = Math.max(0, Math.min(line.left - frame.left, frame.width - box.offsetWidth));
  box.style.left = `${left}px`;
}

function row({ value, label, note, warning }, choose) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  const headline = Object.assign(document.createElement("span"), { textContent: label || value, dir: "auto" });
  const small = Object.assign(document.createElement("small"), { textContent: warning || note });
  small.className = warning ? "desk-link-panel__warning" : "";
  button.append(headline, " ", small);
  button.addEventListener("click", () => choose(value, label));
  item.append(button);
  return item;
}

function step(box, by) {
  const stops = [...box.querySelectorAll("input, li button")];
  stops[Math.max(0, Math.min(stops.length - 1, stops.indexOf(document.activeElement) + by))]?.focus();
}
