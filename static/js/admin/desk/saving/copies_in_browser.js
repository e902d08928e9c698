// Copies of unsaved text in this browser, one for each window. Their keys begin with the numbers of editor
// and article.
//
// IndexedDB is told to write to the disk at once, so that a copy outlives a browser that is killed. That
// takes a moment, which a page that is being left does not have. Then the copy is written to localStorage,
// which takes no time.
const PREFIX = "newsroom-desk:";
const KEPT = 12;
const DAYS = 14;
const STORE = "copies";
const LONGEST_OPENING = 2000;
let database;

export const keyOf = (user, article, tab) => `${PREFIX}${user}:${article}:${tab}`;

// The copies of one editor, or of one article of theirs, the newest first.
export async function copiesOf(user, article = "") {
  const start = article ? `${PREFIX}${user}:${article}:` : `${PREFIX}${user}:`;
  const copies = await all(start);
  return [...copies].map(([key, copy]) => ({ key, copy })).sort((one, other) => other.copy.at - one.copy.at);
}

export async function prune(user) {
  const own = await copiesOf(user);
  // Old copies of other editors are deleted too, because some of them never come back to this computer.
  const oldest = Date.now() - DAYS * 86400000;
  const old = [...(await all(PREFIX))].filter(([, copy]) => copy.at < oldest).map(([key]) => key);
  await Promise.all([...own.slice(KEPT).map(({ key }) => key), ...old].map(drop));
}

// Rejects if the browser has no room, or keeps nothing at all.
export async function write(key, copy) {
  await inStore("readwrite", (store) => store.put(copy, key));
  localStorage.removeItem(key);
}

export function writeAtOnce(key, copy) {
  try {
    localStorage.setItem(key, JSON.stringify(copy));
  } catch (error) {
    // localStorage is full or forbidden. The copy in IndexedDB is only a moment older.
    if (!(error instanceof DOMException)) throw error;
  }
}

export async function drop(key) {
  localStorage.removeItem(key);
  await inStore("readwrite", (store) => store.delete(key)).catch(() => null);
}

export const titleOf = (copy) => copy.fields.headline || "an article without a headline";

async function all(start) {
  const found = new Map();
  const range = IDBKeyRange.bound(start, `${start}\uffff`);
  const both = (store) => [store.getAllKeys(range), store.getAll(range)];
  const [keys, copies] = await inStore("readonly", both).catch(() => [[], []]);
  keys.forEach((key, number) => copies[number] && found.set(key, copies[number]));
  for (const key of Object.keys(localStorage).filter((name) => name.startsWith(start))) {
    const copy = read(key);
    if (copy && !(found.get(key)?.at > copy.at)) found.set(key, copy);
  }
  return found;
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

// A database that does not open in time, or that the browser closes because the site's data were deleted, is opened
// again by the next call.
function open() {
  if (database) return database;
  const opening = (database = opened(() => forget(opening)));
  opening.catch(() => forget(opening));
  return opening;
}

function forget(opening) {
  if (database === opening) database = null;
}

function opened(closed) {
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      reject(new DOMException("The browser's storage does not answer.", "TimeoutError"));
    }, LONGEST_OPENING);
    const request = indexedDB.open("newsroom-desk", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // By now another one may be open.
      if (isLate) return request.result.close();
      clearTimeout(timer);
      request.result.onclose = closed;
      resolve(request.result);
    };
  });
}

async function inStore(mode, act) {
  const transaction = (await open()).transaction(STORE, mode, { durability: "strict" });
  const requests = [act(transaction.objectStore(STORE))].flat();
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(requests.map(({ result }) => result));
    transaction.onabort = () => reject(transaction.error);
  });
}
