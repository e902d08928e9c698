// Finds the words of a note in a text that may have been changed since: the words themselves, or what now stands
// between their surroundings, or what is most like them (as the TextQuoteSelector of the Web Annotation Data Model).
// Answers [start, end] in the text, or null.
const FAR = 400;
const MOST_WRONG = 0.34;
const LEAST = 8;
// Letters to be compared with each other. More would hold up whoever is typing.
const MOST_WORK = 8e6;

export function find(text, { quote, before, after }) {
  return best(text, quote, before, after) || between(text, quote, before, after) || alike(text, quote);
}

// Of several places with the same words, the one whose surroundings are most like those that were kept.
function best(text, quote, before, after) {
  let found = null;
  let most = -1;
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    const same = sameEnd(text.slice(0, at), before) + sameStart(text.slice(at + quote.length), after);
    if (same > most) [found, most] = [[at, at + quote.length], same];
  }
  return found;
}

function sameEnd(one, other) {
  let same = 0;
  while (same < one.length && same < other.length && one.at(-1 - same) === other.at(-1 - same)) same += 1;
  return same;
}

function sameStart(one, other) {
  let same = 0;
  while (same < one.length && same < other.length && one[same] === other[same]) same += 1;
  return same;
}

// The words were replaced by others, and what stands around them was not.
function between(text, quote, before, after) {
  const lead = before.slice(-LEAST * 2);
  const tail = after.slice(0, LEAST * 2);
  if (lead.trim().length < LEAST || tail.trim().length < LEAST) return null;
  for (let at = text.indexOf(lead); at >= 0; at = text.indexOf(lead, at + 1)) {
    const start = at + lead.length;
    const end = text.indexOf(tail, start);
    if (end > start && end - start <= 2 * quote.length + FAR / 4) return [start, end];
  }
  return null;
}

// The place at which the fewest letters have to be changed (Sellers' algorithm), if they are few. Each column says, for
// the first letters of the words, how many are wrong if they end here, and where they begin.
function alike(text, quote) {
  const pattern = quote.slice(0, FAR);
  if (pattern.length < LEAST || pattern.length * text.length > MOST_WORK) return null;
  let [wrong, begin] = [Int32Array.from({ length: pattern.length + 1 }, (_, i) => i), new Int32Array(pattern.length + 1)];
  let [next, nextBegin] = [new Int32Array(wrong.length), new Int32Array(wrong.length)];
  let found = null;
  let least = Math.floor(pattern.length * MOST_WRONG) + 1;
  for (let at = 1; at <= text.length; at += 1) {
    next[0] = 0;
    nextBegin[0] = at;
    for (let i = 1; i < wrong.length; i += 1) {
      next[i] = wrong[i - 1] + (pattern[i - 1] === text[at - 1] ? 0 : 1);
      nextBegin[i] = begin[i - 1];
      if (wrong[i] + 1 < next[i]) [next[i], nextBegin[i]] = [wrong[i] + 1, begin[i]];
      if (next[i - 1] + 1 < next[i]) [next[i], nextBegin[i]] = [next[i - 1] + 1, nextBegin[i - 1]];
    }
    [wrong, begin, next, nextBegin] = [next, nextBegin, wrong, begin];
    if (wrong[pattern.length] < least) [found, least] = [[begin[pattern.length], at], wrong[pattern.length]];
  }
  return found;
}
