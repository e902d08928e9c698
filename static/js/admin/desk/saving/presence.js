// Tells the server that this window has the article open, and shows who else has. There is one request every
// eight seconds while the page is in view and one a minute while it is hidden; admin/presence.py counts on
// these times. A page that is left says so at once.
import { token } from "./autosave.js";

const IN_VIEW = 8000;
const HIDDEN = 60000;
const SOON = 2000;
const LONGEST_TRY = 6000;

export function presence(form, saver, tab) {
  let timer = 0;
  let typed = false;
  saver.listeners.push(() => (typed ||= saver.dirty));
  // A page that is closed becomes hidden as well: what it says then must not come after its last word.
  document.addEventListener("visibilitychange", () => (document.hidden ? plan(SOON) : ask()));
  window.addEventListener("pageshow", (event) => event.persisted && ask());
  window.addEventListener("pagehide", () => {
    clearTimeout(timer);
    if (isSaved()) navigator.sendBeacon(form.dataset.presence, values({ left: 1 }));
  });
  ask();

  function isSaved() {
    return !form.hasAttribute("data-new");
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(ask, wait);
  }

  async function ask() {
    plan(document.hidden ? HIDDEN : IN_VIEW);
    if (!isSaved()) return;
    const mine = values({ ...(typed && { typed: 1 }), ...(document.hidden && { hidden: 1 }) });
    typed = false;
    const options = { method: "POST", body: mine, signal: AbortSignal.timeout(LONGEST_TRY) };
    const answer = await fetch(form.dataset.presence, options).catch(() => null);
    if (!answer?.ok) typed ||= mine.has("typed");
    const lines = answer?.status === 200 && (await answer.text().catch(() => null));
    // If the form was saved meanwhile, the answer is about an older version than it shows now.
    if (lines && !saver.busy && mine.get("version") === form.elements.version.value) show(lines);
  }

  function values(more) {
    return new URLSearchParams({
      csrfmiddlewaretoken: token(form),
      user: form.dataset.user,
      uid: form.dataset.uid,
      tab,
      version: form.elements.version.value,
      seen: form.elements.seen.value,
      ...more,
    });
  }

  // Only lines that are new are announced: a later time of a change is no news. Of notes only their state comes; panel.js
  // fetches them.
  function show(html) {
    const place = form.querySelector("[data-others]");
    const fresh = new DOMParser().parseFromString(html, "text/html");
    for (const line of place.querySelectorAll("[data-line]")) {
      const now = fresh.querySelector(`[data-line="${line.dataset.line}"]`);
      if (!now) line.remove();
      else if (now.querySelector("[data-change]")) line.querySelector("[data-change]").textContent = now.querySelector("[data-change]").textContent;
      now?.remove();
    }
    place.append(...fresh.querySelectorAll("[data-line]"));
    const now = fresh.querySelector("[data-notes-now]");
    if (now) ring(Number(now.dataset.bellNow));
    if (now) form.dispatchEvent(new CustomEvent("desk:notes", { detail: now.dataset.notesNow }));
  }
}

function ring(number) {
  const bell = document.querySelector("[data-bell]");
  if (!bell) return;
  bell.querySelector("[data-bell-number]").textContent = number ? (number > 99 ? "99+" : number) : "";
  bell.setAttribute("aria-label", number ? `Notifications, ${number > 99 ? "99+" : number} new` : "Notifications");
}
