// The name of this window, which tells its copies from those of other windows. It stays the same when the
// page is loaded again. A duplicated window takes a new name, because the first window holds a lock on its
// name while it is open.
const KEY = "newsroom-desk-window";

export async function nameOfWindow() {
  const before = sessionStorage.getItem(KEY);
  if (before && (await holds(before))) return before;
  const name = [...crypto.getRandomValues(new Uint32Array(4))].map((number) => number.toString(36)).join("-");
  sessionStorage.setItem(KEY, name);
  await holds(name);
  return name;
}

// The names of the windows that are open in this browser.
export async function openWindows() {
  const locks = (await navigator.locks?.query())?.held || [];
  return new Set(locks.filter(({ name }) => name.startsWith(KEY)).map(({ name }) => name.slice(KEY.length + 1)));
}

// Without https browsers have no locks. Then a duplicated window keeps the name too.
function holds(name) {
  if (!navigator.locks) return true;
  return new Promise((resolve) => {
    navigator.locks.request(`${KEY}:${name}`, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock && new Promise(() => {});
    });
  });
}
