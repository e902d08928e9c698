// Pictures in the text: a figure with a caption typed in place; alt text, credit and place in a panel under it.
import { figurePanel } from "./figure_panel.js";
import { offerAlike } from "../fields/alike.js";
import { GROUPS } from "./figure_groups.js";
import { openPicker } from "../fields/picker.js";
import { isPicture, upload } from "../fields/upload.js";
import { afterWidget, figureWithCaret, lineAfter, wayOn } from "./way_on.js";

const SIDES = ["wide", "start", "end"];
const TOKEN = /^new\d+$/;
// Numbers that no picture of the library has.
const FIRST_OF_PASTED = 900000000000000000n;
let tokens = 0;

export function figures(editor, holder) {
  const area = holder.querySelector("textarea");
  const { upload: uploadUrl, picker: pickerUrl } = area.dataset;
  const arriving = new Map();
  const panel = figurePanel(editor, holder, (widget) => afterWidget(editor, widget));

  editor.widgets.add("figure", {
    template: '<figure><img src="" alt=""><figcaption></figcaption></figure>',
    allowedContent: "figure(wide,start,end,gallery,pair); img[!src,alt,width,height,data-image,data-decorative]; figcaption; cite",
    requiredContent: "figure",
    editables: { caption: { selector: "figcaption", allowedContent: "em strong; a[!href,title]" } },
    upcast,
    downcast,
    data() {
      draw(this, holder);
      panel.refresh(this);
    },
    init() {
      this.on("focus", () => panel.show(this));
      this.on("destroy", () => panel.hide(this));
    },
  });
  editor.on("selectionChange", () => {
    const widget = editor.widgets.focused || editor.widgets.widgetHoldingFocusedEditable;
    if (widget?.name === "figure") panel.show(widget);
    else panel.hide();
  });

  wayOn(editor);

  // After a save that was refused for it, the panel of the first picture without words asks what it shows.
  holder.closest("form").addEventListener("desk:swapped", () => {
    const asked = (holder.closest("form").elements.alt_asked?.value || "").split(" ");
    const silent = ({ data }) => asked.includes(data.image) && !data.alt && !data.decorative;
    const widget = Object.values(editor.widgets.instances).find(silent);
    if (widget) setTimeout(() => ask(widget));
  });
  const ask = (widget) => {
    widget.wrapper.scrollIntoView();
    widget.focus();
    panel.show(widget, { caret: true, asked: "What does it show? Or is it only decoration?" });
  };

  const named = (token) => Object.values(editor.widgets.instances).find((widget) => widget.data.token === token);
  const say = (text) => editor.showNotification(text, "warning", 12000);

  async function send(token, file) {
    try {
      const onProgress = (share) => named(token)?.wrapper.setStyle("--arrived", share.toFixed(2));
      const picture = await upload(file, { url: uploadUrl, onProgress });
      const widget = named(token);
      if (!widget) return;
      fill(widget, picture);
      editor.fire("change");
      if (picture.note) say(picture.note);
      offerAlike(picture, (other) => {
        const there = Object.values(editor.widgets.instances).includes(widget);
        if (!there || widget.data.image !== String(picture.id)) return;
        fill(widget, other);
        editor.fire("change");
      });
    } catch (error) {
      say(error.message);
      const widget = named(token);
      if (widget) captionOnly(widget);
    }
  }

  // A caption that was typed or pasted with a picture that was refused stays, as a paragraph.
  function captionOnly(widget) {
    const words = widget.editables.caption.getData().replace(/^<p>|<\/p>$/g, "").trim();
    if (hasText(words)) window.CKEDITOR.dom.element.createFromHtml(`<p>${words}</p>`).insertAfter(widget.wrapper);
    editor.widgets.del(widget);
  }

  // A pasted or dropped picture is shown in its place at once, and uploaded from there.
  editor.on("paste", (event) => {
    const { data } = event;
    const files = filesOf(data.dataTransfer);
    if (!hasText(data.dataValue)) afterParagraph(editor);
    if (files.length && !hasText(data.dataValue)) {
      const refused = files.filter((file) => !isPicture(file));
      if (refused.length) say(`${refused[0].name} is not a picture and was not added.`);
      data.type = "html";
      data.dataValue = files.filter(isPicture).map((file) => waiting(file)).join("");
      if (!data.dataValue) event.cancel();
      return;
    }
    if (data.dataValue.includes("<img")) data.dataValue = pastedPictures(data.dataValue);
  }, null, null, 900);
  editor.on("afterPaste", () => {
    for (const [token, file] of arriving) {
      arriving.delete(token);
      const widget = named(token);
      if (!widget) continue;
      widget.focus();
      panel.show(widget, { caret: true });
      send(token, file);
    }
  });

  function waiting(file, alt = "") {
    const token = `new${(tokens += 1)}`;
    arriving.set(token, file);
    const figure = document.createElement("figure");
    const image = document.createElement("img");
    image.alt = alt;
    image.src = URL.createObjectURL(file);
    image.dataset.image = token;
    figure.append(image);
    return figure.outerHTML;
  }

  // Pictures whose bytes are in the pasted text are kept here, with a number in their place, while the server
  // cleans the rest.
  function takeOut(html) {
    const page = new DOMParser().parseFromString(html, "text/html");
    const kept = new Map();
    let refused = 0;
    for (const image of page.querySelectorAll("img:not([data-image])")) {
      const file = fileOf(image.src);
      if (file) {
        const number = String(FIRST_OF_PASTED + BigInt(kept.size));
        kept.set(number, { file, alt: image.alt });
        image.removeAttribute("src");
        image.dataset.image = number;
      } else if (!isTiny(image)) {
        image.remove();
        refused += 1;
      }
    }
    return { html: kept.size || refused ? page.body.innerHTML : html, kept, refused };
  }

  function putBack(html, { kept, refused }) {
    tell(refused);
    if (!html.includes("<img")) return html;
    const page = new DOMParser().parseFromString(html, "text/html");
    for (const foreign of page.querySelectorAll("img:not([data-image])")) foreign.remove();
    for (const image of page.querySelectorAll("img[data-image]")) {
      const picture = kept.get(image.dataset.image);
      if (!picture) continue;
      const figure = new DOMParser().parseFromString(waiting(picture.file, picture.alt), "text/html").querySelector("figure");
      const caption = image.closest("figure")?.querySelector("figcaption");
      if (caption) figure.append(caption);
      (image.closest("figure") || image).replaceWith(figure);
    }
    return page.body.innerHTML;
  }

  function pastedPictures(html) {
    const wanted = takeOut(html);
    return putBack(wanted.html, wanted);
  }

  function tell(refused) {
    if (refused) say(`${refused === 1 ? "1 picture" : `${refused} pictures`} of the pasted text could not be taken along. Save ${refused === 1 ? "it" : "them"} to your computer and drop the file here.`);
  }

  const insert = (html) => {
    editor.focus();
    editor.fire("paste", { type: "html", dataValue: html, method: "drop", dataTransfer: new window.CKEDITOR.plugins.clipboard.dataTransfer(), isClean: true });
  };
  const chooseFile = () => {
    const input = document.createElement("input");
    input.type = "file";
    input.accept = "image/*";
    input.multiple = true;
    input.addEventListener("change", () => input.files.length && insert([...input.files].map((file) => waiting(file)).join("")));
    input.click();
  };
  editor.addCommand("deskPicture", {
    async exec() {
      editor.lockSelection?.();
      const picture = await openPicker(pickerUrl, { chooseFile: uploadUrl ? chooseFile : null });
      if (!picture) return;
      insert(figureOf(picture));
    },
  });
  editor.ui.addButton("DeskPicture", { label: "Picture", command: "deskPicture", toolbar: "insert" });
  return { takeOut, putBack };
}

// A picture of the library as it will be stored, with the words that the library has.
function figureOf({ id, in_text: src, alt, credit, width, height, decorative }) {
  const figure = document.createElement("figure");
  const image = document.createElement("img");
  Object.assign(image, { alt, src, width, height });
  image.dataset.image = id;
  if (decorative && !alt) image.dataset.decorative = "";
  figure.append(image);
  if (credit) {
    const caption = document.createElement("figcaption");
    caption.append(Object.assign(document.createElement("cite"), { textContent: credit }));
    figure.append(caption);
  }
  return figure.outerHTML;
}

// A picture that only tells a server who reads.
function isTiny(image) {
  return [image.getAttribute("width"), image.getAttribute("height"), image.style.width, image.style.height]
    .some((size) => /^[0-2](px)?$/.test(size || ""));
}

function upcast(element, data) {
  // A group is no picture itself: each figure in it is one.
  if (element.name !== "figure" || GROUPS.some((name) => element.hasClass(name))) return false;
  const image = descendants(element).find((child) => child.name === "img");
  if (!image) return false;
  const caption = descendants(element).find((child) => child.name === "figcaption") || new window.CKEDITOR.htmlParser.element("figcaption");
  const credit = descendants(caption).find((child) => child.name === "cite");
  const number = image.attributes["data-image"] || "";
  Object.assign(data, {
    image: TOKEN.test(number) ? "" : number,
    token: TOKEN.test(number) ? number : "",
    alt: image.attributes.alt || "",
    decorative: "data-decorative" in image.attributes,
    src: image.attributes.src || "",
    width: image.attributes.width || "",
    height: image.attributes.height || "",
    side: SIDES.find((side) => element.hasClass(side)) || "",
    credit: credit ? textOf(credit) : "",
  });
  credit?.remove();
  trimEnd(caption);
  for (const child of [...element.children]) child.remove();
  element.add(image);
  element.add(caption);
  return element;
}

function downcast(element) {
  const { data } = this;
  // A picture without a number is still being uploaded, and saving waits for it.
  if (!data.image) return new window.CKEDITOR.htmlParser.text("");
  const image = element.getFirst("img");
  const attributes = { "data-image": data.image, src: data.src, alt: data.alt };
  if (data.decorative && !data.alt) attributes["data-decorative"] = "";
  if (data.width) Object.assign(attributes, { width: String(data.width), height: String(data.height) });
  image.attributes = attributes;
  for (const side of SIDES) element.removeClass(side);
  if (data.side) element.addClass(data.side);
  // Our own caption replaces the editable one, because CKEditor fills that again after this.
  element.getFirst("figcaption").remove();
  const words = this.editables.caption.getData().replace(/^<p>|<\/p>$/g, "").trim();
  const cite = data.credit ? `<cite>${window.CKEDITOR.tools.htmlEncode(data.credit)}</cite>` : "";
  if (!words && !cite) return element;
  const caption = new window.CKEDITOR.htmlParser.element("figcaption");
  caption.setHtml(`${words} ${cite}`.trim());
  element.add(caption);
  return element;
}

function draw(widget, holder) {
  const { data } = widget;
  const image = widget.element.findOne("img").$;
  if (data.src && image.getAttribute("src") !== data.src) image.src = data.src;
  if (data.src) image.setAttribute("data-cke-saved-src", data.src);
  image.alt = data.alt;
  for (const side of SIDES) widget.wrapper.$.classList.toggle(`desk-figure--${side}`, data.side === side);
  widget.wrapper.$.classList.toggle("desk-figure--arriving", !data.image);
  widget.wrapper.$.dataset.credit = data.credit || "";
  widget.wrapper.$.dataset.alt = data.alt || data.decorative ? "" : "missing";
}

function fill(widget, picture) {
  widget.setData({
    image: String(picture.id),
    token: "",
    src: picture.url,
    width: picture.width,
    height: picture.height,
    alt: widget.data.alt || picture.alt,
    decorative: widget.data.decorative || picture.decorative,
    credit: widget.data.credit || picture.credit,
  });
}

function descendants(element) {
  const found = [];
  element.forEach((child) => found.push(child), window.CKEDITOR.NODE_ELEMENT, true);
  return found;
}

function textOf(element) {
  const holder = document.createElement("textarea");
  holder.innerHTML = element.getHtml().replace(/<[^>]*>/g, "");
  return holder.value;
}

function trimEnd(caption) {
  const last = caption.children.at(-1);
  if (last?.type === window.CKEDITOR.NODE_TEXT) last.value = last.value.trimEnd();
}

// If a single picture is dropped on a paragraph or a picture, it is put after that, so that no paragraph is
// cut in two.
function afterParagraph(editor) {
  const figure = figureWithCaret(editor);
  if (figure) return lineAfter(editor, figure);
  const range = editor.getSelection()?.getRanges()[0];
  const block = range?.startPath().block;
  if (!block || !["p", "h2", "h3", "h4"].includes(block.getName())) return;
  range.moveToElementEditEnd(block);
  range.select();
}

function filesOf(dataTransfer) {
  return Array.from({ length: dataTransfer.getFilesCount() }, (_, index) => dataTransfer.getFile(index));
}

function hasText(html) {
  return html.replace(/<[^>]*>|&nbsp;|\s/g, "") !== "";
}

// A picture whose bytes are in the pasted text itself. One that is only linked can't be fetched from here.
function fileOf(address) {
  const found = /^data:(image\/[\w.+-]+);base64,(.+)$/s.exec(address);
  if (!found) return null;
  try {
    const bytes = Uint8Array.from(atob(found[2].replace(/\s/g, "")), (letter) => letter.charCodeAt(0));
    return new File([bytes], "pasted", { type: found[1] });
  } catch (error) {
    if (error.name !== "InvalidCharacterError") throw error;
    return null;
  }
}
