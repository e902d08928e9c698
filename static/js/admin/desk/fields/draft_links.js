// Links to what is saved, for people without an account. One click makes one and copies it; it is shown this
// once, because the site keeps only a hash of it.
const LONGEST = 10000;
const AWAY = "The site does not answer; try again in a moment.";

export function draftLinks(form) {
  const fold = form.querySelector("[data-draft-links]");
  if (!fold) return;
  const part = (name) => fold.querySelector(`[data-draft-links-${name}]`);
  const say = (sentence) => (part("said").textContent = sentence);
  fold.addEventListener("toggle", () => fold.open && ask({}));
  part("make").addEventListener("click", make);
  part("list").addEventListener("click", ({ target }) => target.dataset.end && ask({ end: target.dataset.end }));

  async function make() {
    const found = await ask({ make: "1", days: part("days").value });
    if (!found?.address) return;
    const field = part("address");
    field.hidden = false;
    field.value = found.address;
    const copied = await navigator.clipboard?.writeText(found.address).then(() => true, () => false);
    if (!copied) field.select();
    say(copied ? "Copied. It is shown only this once." : "Copy it from here; it is shown only this once.");
  }

  async function ask(more) {
    const data = new FormData();
    const values = { uid: form.elements.uid.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value };
    for (const [name, value] of Object.entries({ ...values, ...more })) data.append(name, value);
    const signal = AbortSignal.timeout(LONGEST);
    const answer = await fetch(fold.dataset.draftLinks, { method: "POST", body: data, signal }).catch(() => null);
    const found = await answer?.json().catch(() => null);
    say(found ? found.error || "" : AWAY);
    if (found?.links) list(found.links);
    return found;
  }

  function list(links) {
    part("list").replaceChildren(...links.map(({ number, words }) => {
      const line = document.createElement("li");
      const end = Object.assign(document.createElement("button"), { type: "button", className: "desk-link", textContent: "End it" });
      end.setAttribute("aria-label", `End the link ${words}`);
      end.dataset.end = number;
      line.append(`${words} `, end);
      return line;
    }));
  }
}
