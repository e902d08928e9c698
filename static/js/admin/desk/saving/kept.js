// Where copies of unsaved text lie in this browser: one for each article, under the editor's number.
const PREFIX = "newsroom-desk:";
const KEPT = 12;
const DAYS = 14;

export const keyOf = (user, article) => `${PREFIX}${user}:${article}`;

// Of one editor, the newest first.
export function copiesOf(user) {
  return all(keyOf(user, "")).sort((one, other) => other.copy.at - one.copy.at);
}

export function prune(user) {
  copiesOf(user).slice(KEPT).forEach(({ key }) => drop(key));
  // Also what others have left here: some of them never come back to this computer.
  const oldest = Date.now() - DAYS * 86400000;
  all(PREFIX).filter(({ copy }) => copy.at < oldest).forEach(({ key }) => drop(key));
}

export function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

export function write(key, copy) {
  try {
    localStorage.setItem(key, JSON.stringify(copy));
  } catch (error) {
    // Full or forbidden: the text is still in the form.
    if (!(error instanceof DOMException)) throw error;
  }
}

export function drop(key) {
  localStorage.removeItem(key);
}

export function clock(at) {
  return new Date(at).toLocaleString([], { weekday: "short", hour: "2-digit", minute: "2-digit" });
}

export const titleOf = (copy) => copy.fields.headline || "an article without a headline";

function all(start) {
  return Object.keys(localStorage).filter((name) => name.startsWith(start))
    .map((name) => ({ key: name, copy: read(name) }))
    .filter(({ copy }) => copy);
}
