// The page as readers will get it, beside the form. While one types, the form as it is is sent to the server again
// and again, and the page that comes takes the place of the one before. Nothing is saved by that.
import { BLOCKS } from "../body/editor.js";
import { formOf } from "../saving/autosave.js";

const EVERY = 400;
const LONGEST = 10000;
// Between two tries to get a page that does not come: at first, and at most.
const AGAIN = 3000;
const LONGEST_PAUSE = 60000;
const NO_PAGE = "Not up to date: the server did not send the page.";

// `read` makes the names and values that are sent of the form.
export function previewBeside(form, body, saver, read = (...of) => Object.entries(formOf(...of))) {
  const panel = form.querySelector("[data-beside]");
  const pages = panel.querySelector("[data-pages]");
  let width = 390;
  let isDark = matchMedia("(prefers-color-scheme: dark)").matches;
  let shown = null;
  let coming = null;
  let timer = 0;
  let isStale = false;
  let number = 0;
  let fails = 0;
  let isFollowing = false;

  form.addEventListener("click", ({ target }) => {
    if (target.closest("[data-preview-beside]")) open(panel.hidden);
    else if (target.closest("[data-beside] [data-close]")) open(false);
    else if (target.closest("[data-beside] [data-width]")) setWidth(target.closest("[data-width]"));
    else if (target.closest("[data-beside] [data-dark]")) turn();
  });
  // The button is replaced when the form is saved.
  new MutationObserver(tellButton).observe(form, { childList: true, subtree: true });
  new ResizeObserver(fit).observe(pages);
  saver.listeners.push(changed);
  form.addEventListener("focusin", follow);
  form.addEventListener("desk:ready", followCaret);
  followCaret();
  tellDark();

  function followCaret() {
    body.editor?.on("selectionChange", follow);
  }

  function open(isOpen) {
    panel.hidden = !isOpen;
    form.classList.toggle("desk--previewed", isOpen);
    tellButton();
    if (isOpen) return load();
    clearTimeout(timer);
    timer = 0;
    shown?.remove();
    shown = null;
    form.querySelector("[data-preview-beside]").focus();
  }

  function tellButton() {
    const button = form.querySelector("[data-preview-beside]");
    if (button && button.getAttribute("aria-pressed") !== `${!panel.hidden}`) button.setAttribute("aria-pressed", `${!panel.hidden}`);
  }

  function setWidth(button) {
    width = Number(button.dataset.width);
    panel.querySelectorAll("[data-width]").forEach((each) => each.setAttribute("aria-pressed", `${each === button}`));
    panel.classList.toggle("desk-beside--wide", width > 390);
    fit();
  }

  function turn() {
    isDark = !isDark;
    tellDark();
    if (shown) paint(shown.contentDocument, isDark);
  }

  function tellDark() {
    panel.querySelector("[data-dark]").setAttribute("aria-pressed", `${isDark}`);
  }

  // A page that is wider than the room for it is shown smaller.
  function fit() {
    const scale = Math.min(1, pages.clientWidth / width);
    const isNarrow = width > pages.clientWidth && width <= 390;
    for (const frame of pages.children) {
      Object.assign(frame.style, {
        inlineSize: isNarrow ? "100%" : `${width}px`,
        blockSize: isNarrow ? "100%" : `${pages.clientHeight / scale}px`,
        transform: isNarrow ? "none" : `scale(${scale})`,
      });
    }
  }

  function changed(wait = EVERY) {
    if (panel.hidden) return;
    if (coming) isStale = true;
    else timer ||= setTimeout(load, wait);
  }

  function load() {
    clearTimeout(timer);
    timer = 0;
    isStale = false;
    // In a new frame each time: one that is used again would add a step to the browser's history.
    const frame = (coming = document.createElement("iframe"));
    frame.name = `preview-${(number += 1)}`;
    frame.title = "Preview";
    frame.className = "desk-beside__page desk-beside__page--coming";
    pages.append(frame);
    fit();
    const late = setTimeout(() => come(frame), LONGEST);
    frame.addEventListener("load", () => {
      // Some browsers tell of the empty page that each frame begins with.
      if (addressOf(frame) === "about:blank") return;
      clearTimeout(late);
      come(frame);
    });
    send(frame.name);
  }

  function send(target) {
    const sent = Object.assign(document.createElement("form"), { method: "post", action: panel.dataset.beside, target, hidden: true });
    for (const [name, value] of read(form, body)) {
      sent.append(Object.assign(document.createElement("textarea"), { name, value }));
    }
    document.body.append(sent);
    sent.submit();
    sent.remove();
  }

  function come(frame) {
    if (coming !== frame) {
      if (frame !== shown) frame.remove();
      return;
    }
    coming = null;
    const page = panel.hidden ? null : articleIn(frame);
    tellWrong(page || panel.hidden ? "" : NO_PAGE);
    fails = page ? 0 : fails + 1;
    if (page) {
      keepToThePage(frame.contentDocument);
      paint(frame.contentDocument, isDark);
      frame.contentWindow.scrollTo(0, shown?.contentWindow?.scrollY || 0);
      frame.classList.remove("desk-beside__page--coming");
      shown?.remove();
      shown = frame;
      follow();
    } else {
      frame.remove();
    }
    if (!page) changed(Math.min(AGAIN * 2 ** (fails - 1), LONGEST_PAUSE));
    else if (isStale) changed();
  }

  function tellWrong(words) {
    const place = panel.querySelector("[data-wrong]");
    if (place.textContent !== words) place.textContent = words;
  }

  // Brings into view what is being written, once for all that moves the caret before the next frame.
  function follow() {
    if (!isFollowing) requestAnimationFrame(bringIntoView);
    isFollowing = true;
  }

  function bringIntoView() {
    isFollowing = false;
    const article = shown && articleIn(shown);
    const place = article && placeIn(article);
    if (!place) return;
    const { top } = place.getBoundingClientRect();
    const room = shown.contentWindow.innerHeight;
    if (top < 0 || top > room * 0.8) shown.contentWindow.scrollBy({ top: top - room / 3, behavior: "instant" });
  }

  function placeIn(article) {
    const { activeElement } = document;
    if (activeElement?.closest?.(".desk-writing [data-field]:not([data-field=body])")) return article.querySelector("h1");
    const block = body.editor?.getSelection()?.getStartElement()?.$.closest?.(BLOCKS);
    if (!block || !activeElement?.closest?.(".cke_editable")) return null;
    const text = plain(block);
    const number = [...body.editor.editable().$.querySelectorAll(BLOCKS)].indexOf(block);
    let nearest = null;
    let least = Infinity;
    [...article.querySelectorAll(BLOCKS)].forEach((each, place) => {
      if (!text || Math.abs(place - number) >= least || plain(each) !== text) return;
      least = Math.abs(place - number);
      nearest = each;
    });
    return nearest;
  }
}

function plain(block) {
  return block.textContent.replace(/\s+/g, " ").trim();
}

function addressOf(frame) {
  try {
    return frame.contentWindow.location.href;
  } catch {
    return "";
  }
}

// Null if the frame shows something else: a log-in, an error, or what the browser says without a network.
function articleIn(frame) {
  try {
    return frame.contentDocument?.querySelector("main article") || null;
  } catch {
    return null;
  }
}

// Links to other pages and forms would take the frame away from the page.
function keepToThePage(page) {
  page.addEventListener("click", (event) => {
    const link = event.target.closest("a");
    if (link && !link.getAttribute("href")?.startsWith("#")) event.preventDefault();
  }, true);
  page.addEventListener("submit", (event) => event.preventDefault(), true);
}

// A frame is light or dark as the whole screen is, so the page's own rules for dark screens are made to hold always or
// never.
const ASKS = /\(prefers-color-scheme: ?(dark|light)\)/g;
const asked = new WeakMap();

function paint(page, isDark) {
  page.documentElement.style.colorScheme = isDark ? "dark" : "light";
  const turn = (rule) => {
    if (rule.media) {
      if (!asked.has(rule)) asked.set(rule, rule.media.mediaText);
      rule.media.mediaText = asked.get(rule).replace(ASKS, (_, which) => ((which === "dark") === isDark ? "(min-width: 0)" : "(max-width: 0)"));
    }
    [...(rule.cssRules || [])].forEach(turn);
  };
  [...page.styleSheets].forEach((sheet) => [...sheet.cssRules].forEach(turn));
}
