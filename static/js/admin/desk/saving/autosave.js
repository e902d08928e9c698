// While one types, the text is written into this browser's store every second, and sent to the server a second
// after the first letter that the server does not have. Neither waits for the other. The server gets one request at
// a time; one that fails is repeated, ever more rarely. The store is written all the same.
import { nextNumber, time } from "./clock.js";
import { keyOf, drop, write, writeAtOnce } from "./copies_in_browser.js";

const EVERY = 1000;
const LONGEST_PAUSE = 30000;
const LONGEST_TRY = 10000;
const NOT_SENT = new Set(["csrfmiddlewaretoken", "uid", "version", "seen", "lead_file", "lead_shown", "lead_in_library", "times_shown"]);

export function autosave(form, body, saver, tab) {
  let key = keyOf(form.dataset.user, form.dataset.uid, tab);
  const state = { tab, at: null, why: "", fails: 0, isKeptHere: false };
  // The timers of the copy in this browser and of the one on the server.
  let here = 0;
  let there = 0;
  let isPending = false;
  let aborting = null;
  let latest = null;
  let writing = null;
  // What forgets the old copies of this text, once it is kept under this window's name, or saved.
  let oldCopies = [];

  const copy = () => ({
    at: nextNumber(),
    address: location.pathname,
    version: Number(form.elements.version.value || 0),
    isNew: form.hasAttribute("data-new"),
    fields: fieldsOf(form, body),
  });
  const plan = (wait = EVERY) => {
    isPending = true;
    if (!there && !aborting) there = setTimeout(keep, wait);
  };
  saver.listeners.push(() => {
    if (!saver.dirty) return stop();
    here ||= setTimeout(keepHere, EVERY);
    plan();
  });
  // The text is one of a new article now, under another name.
  form.addEventListener("desk:new", ({ detail: old }) => {
    const before = key;
    key = keyOf(form.dataset.user, form.dataset.uid, tab);
    state.moveHere(() => {
      drop(before);
      send(form, { uid: old, tab, version: 0, number: nextNumber() });
    });
  });
  window.addEventListener("online", () => isPending && again());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return;
    if (here) keepHere();
    if (isPending) again();
  });
  window.addEventListener("pagehide", () => saver.dirty && writeAtOnce(key, copy()));

  function again() {
    clearTimeout(there);
    there = 0;
    if (!aborting) keep();
  }

  // Resolves to whether this browser has the text now.
  function keepHere() {
    clearTimeout(here);
    here = 0;
    latest = copy();
    return (writing = write(key, latest).then(() => true, () => false).then((isKept) => {
      const isNews = isKept !== state.isKeptHere;
      state.isKeptHere = isKept;
      if (state.why && isNews) tell(state.why);
      return isKept;
    }));
  }

  async function keep() {
    there = 0;
    // While the form is being saved, the server needs no copy. If saving fails, the next look makes one.
    if (saver.busy) return plan();
    isPending = false;
    if (here || !latest) keepHere();
    const mine = latest;
    const controller = (aborting = new AbortController());
    say("Autosaving …");
    const text = { uid: form.dataset.uid, tab, version: mine.version, number: mine.at, fields: mine.fields };
    // A copy that comes after the save which is under way is refused, and must not be sent with a higher number.
    const why = await send(form, text, controller, () => !saver.busy);
    await writing;
    // Another controller, or none: the form was saved meanwhile, and this answer is too late.
    if (aborting !== controller) return;
    aborting = null;
    if (!why || state.isKeptHere) forgetOldCopies();
    if (!saver.dirty) return;
    if (saver.busy) return plan();
    state.why = why;
    state.fails = why ? state.fails + 1 : 0;
    if (!why) state.at = mine.at;
    tell(why);
    if (why) plan(Math.min(EVERY * 2 ** state.fails, LONGEST_PAUSE));
    else if (isPending) plan();
  }

  function forgetOldCopies() {
    oldCopies.forEach((forget) => forget());
    oldCopies = [];
  }

  // Called when the form was saved or its text is thrown away. A request that is still under way is
  // cancelled.
  function stop() {
    clearTimeout(here);
    clearTimeout(there);
    here = there = 0;
    isPending = false;
    aborting?.abort();
    aborting = latest = state.at = null;
    state.why = "";
    state.fails = 0;
    drop(key);
    forgetOldCopies();
  }

  function tell(why) {
    if (!why) return say(`Autosaved ${time(state.at)}`);
    const copies = state.isKeptHere ? "The text is kept in this browser." : "Nothing keeps a copy: leave this page open.";
    const since = state.at ? `Not autosaved since ${time(state.at)}` : "Not autosaved yet";
    say(`${since}: ${why} ${copies}`, true);
  }

  function say(text, grave = false) {
    const place = form.querySelector("[data-save-state]");
    // The reason why a save was refused is shown until more is typed.
    const isRefused = place.hasAttribute("data-grave") && !("autosave" in place.dataset);
    if (saver.busy || !saver.dirty || isRefused) return;
    place.textContent = text;
    place.toggleAttribute("data-grave", grave);
    place.dataset.autosave = "";
    delete place.dataset.saved;
  }

  state.keep = keepHere;
  // Keeps the text under this window's name. Only then its old copy is forgotten: until then it is the only one.
  state.moveHere = (forgetOldCopy) => {
    oldCopies.push(forgetOldCopy);
    clearTimeout(there);
    aborting?.abort();
    keepHere();
    keep();
  };
  state.forget = () => {
    stop();
    return send(form, { uid: form.dataset.uid, tab, version: 0, number: nextNumber() });
  };
  return state;
}

export function fieldsOf(form, body) {
  const fields = {};
  for (const { name, value, type } of form.elements) {
    if (name && !name.startsWith("_") && !NOT_SENT.has(name) && type !== "submit") fields[name] = value;
  }
  fields.body = body.html();
  return fields;
}

// The form as it is, for the server to look at.
export function formOf(form, body) {
  const more = { uid: form.dataset.uid, lead_shown: form.elements.lead_shown.value, csrfmiddlewaretoken: token(form) };
  return { ...fieldsOf(form, body), ...more };
}

// Sends the text. Resolves to the reason why the server has not kept it; empty if it has. If the server has a
// copy of this window with a higher number, because a clock was set back, the text gets a higher one, if it `mayInsist`.
export async function send(form, text, controller = new AbortController(), mayInsist = () => true) {
  const timeout = setTimeout(() => controller.abort(), LONGEST_TRY);
  const answer = await fetch(form.dataset.keep, {
    method: "POST",
    body: JSON.stringify({ user: Number(form.dataset.user), ...text }),
    headers: { "Content-Type": "application/json", "X-CSRFToken": token(form) },
    signal: controller.signal,
  }).catch(() => null);
  clearTimeout(timeout);
  if (!answer) return navigator.onLine ? "the server does not answer." : "you are offline.";
  if (answer.ok) return "";
  const { why, number } = (await answer.json().catch(() => null)) || {};
  if (answer.status === 409 && !controller.signal.aborted && mayInsist()) {
    return send(form, { ...text, number: nextNumber(number) }, controller, mayInsist);
  }
  return why || (answer.status === 413 ? "this is more than can be sent at once." : `the server answered ${answer.status}.`);
}

// The token in the browser's cookie. After a log-in in another tab it is a new one, and the form still has
// the old one.
export function token(form) {
  const [, found] = /(?:^|; )(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie) || [];
  return found || form.elements.csrfmiddlewaretoken.value;
}
