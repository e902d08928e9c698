// The page of an import: shows how far it is, until it has ended. Then the page itself has more to show.
const EVERY = 2000;
const shown = document.querySelector("[data-live]");

async function look() {
  const answer = await fetch(shown.dataset.live).catch(() => null);
  if (answer?.redirected || (answer && !answer.ok)) return location.reload();
  if (answer) {
    const text = await answer.text();
    const part = new DOMParser().parseFromString(text, "text/html").body;
    if (!part.querySelector("[data-running]")) return location.reload();
    shown.replaceChildren(...part.childNodes);
  }
  setTimeout(look, EVERY);
}

if (shown) setTimeout(look, EVERY);
