// While a reader types into the search field, links to sections, authors, tags and stories stand below it. They are
// ordinary links, reached by Tab; Escape and a look elsewhere take them away.

const PAUSE = 180; // milliseconds without a letter before the paper is asked

export function suggest(form) {
  const field = form.querySelector("[name=q]");
  const button = form.querySelector("button");
  const list = document.createElement("nav");
  list.className = "suggestions";
  list.ariaLabel = form.dataset.suggest;
  list.hidden = !list.firstChild;
  // Below the field, and before the filters in the order of Tab.
  const frame = document.createElement("div");
  frame.className = "search__below";
  frame.append(list);
  button.after(frame);

  const show = (found) => {
    list.replaceChildren(...found.map(linkTo));
    list.hidden = !found.length;
  };
  let timer = 0;
  let asked = 0;
  const close = () => {
    clearTimeout(timer);
    asked += 1;
    show([]);
  };
  const ask = async () => {
    const mine = (asked += 1);
    try {
      const answer = await fetch(`/search/suggestions/?q=${encodeURIComponent(field.value)}`);
      const { suggestions } = answer.ok ? await answer.json() : { suggestions: [] };
      // A slow answer must not take the place of a newer one.
      if (mine === asked) show(suggestions);
    } catch {
      close();
    }
  };
  field.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (!field.value.trim()) close();
    else if (!event.isComposing) timer = setTimeout(ask, PAUSE);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !list.firstChild) return;
    event.preventDefault();
    close();
    field.focus();
  });
  form.addEventListener("focusout", (event) => {
    if (![field, button, list].some((near) => near.contains(event.relatedTarget))) close();
  });
  // Where links take no focus, the list would be gone before the click arrives.
  list.addEventListener("mousedown", (event) => event.preventDefault());
  form.addEventListener("submit", close);
}

function linkTo({ kind, text, address }) {
  const link = document.createElement("a");
  link.href = address;
  link.dir = "auto";
  link.append(text);
  if (kind) {
    const small = document.createElement("small");
    small.textContent = ` ${kind}`;
    link.append(small);
  }
  return link;
}

document.querySelectorAll("[data-suggest]").forEach(suggest);
