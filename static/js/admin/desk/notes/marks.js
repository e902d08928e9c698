// Marks the words of notes in the editor, without changing its HTML (CSS Custom Highlight API), and says which words
// are selected.
import { BLOCKS } from "../body/editor.js";
import { find } from "./anchor.js";

const AROUND = 40;
const NAME = "desk-note";
const SPACE = /\s/;
// CKEditor puts these where a caret could not stand.
const FILLING = /[\u200b\ufeff]/;

// The text of the element with one space for several, and for each letter the place where it stands.
export function textOf(root) {
  const found = { text: "", places: [] };
  const add = (letter, node, offset) => {
    if (letter === " " && (!found.text || found.text.endsWith(" "))) return;
    found.text += letter;
    found.places.push([node, offset]);
  };
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let block = null;
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const own = node.parentElement.closest(BLOCKS);
    if (own !== block) add(" ", node, 0);
    block = own;
    for (let i = 0; i < node.length; i += 1) {
      const letter = node.data[i];
      if (!FILLING.test(letter)) add(SPACE.test(letter) ? " " : letter, node, i);
    }
  }
  return found;
}

function rangeOf({ places }, [start, end]) {
  const range = document.createRange();
  range.setStart(...places[start]);
  const [node, offset] = places[end - 1];
  range.setEnd(node, Math.min(offset + 1, node.length));
  return range;
}

// Puts a mark on the words of each thread, and answers the range of each; null where they are no longer found.
export function mark(root, threads) {
  const ranges = new Map();
  const text = threads.length ? textOf(root) : null;
  for (const thread of threads) {
    const place = find(text.text, thread.dataset);
    ranges.set(thread, place && rangeOf(text, place));
  }
  const there = [...ranges.values()].filter(Boolean);
  if (window.CSS?.highlights && window.Highlight) CSS.highlights.set(NAME, new window.Highlight(...there));
  return ranges;
}

// The selected words with what stands around them; null if none are selected in the element.
export function selected(root) {
  const selection = window.getSelection();
  const range = selection.rangeCount && !selection.isCollapsed ? selection.getRangeAt(0) : null;
  if (!range || !root.contains(range.commonAncestorContainer)) return null;
  const { text, places } = textOf(root);
  const isIn = ([node, offset]) => range.comparePoint(node, offset) === 0 && !(node === range.endContainer && offset === range.endOffset);
  const start = places.findIndex(isIn);
  if (start < 0) return null;
  let end = start;
  while (end < places.length && isIn(places[end])) end += 1;
  const quote = text.slice(start, end);
  if (!quote.trim()) return null;
  return { quote, before: text.slice(Math.max(0, start - AROUND), start), after: text.slice(end, end + AROUND) };
}
