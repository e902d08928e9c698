// The library, over the form: search, narrow, choose one with the mouse, a finger or the arrow keys. Resolves to the
// picture, or to null.
export function openPicker(url, { chooseFile } = {}) {
  const dialog = document.createElement("dialog");
  dialog.className = "desk-picker";
  dialog.setAttribute("aria-label", "Pictures of the library");
  dialog.innerHTML = `
    <div class="desk-picker__top">
      <button type="button" class="desk-button" data-file hidden>Choose a file</button>
      <input type="search" placeholder="Search the library" aria-label="Search the library">
      <select aria-label="Narrow the library" data-narrow><option value="">All pictures</option></select>
      <button type="button" class="desk-link" data-close>Close</button>
    </div>
    <ul class="desk-picker__grid"></ul>
    <p class="desk-message" role="status"></p>
    <button type="button" class="desk-button" data-more hidden>Show more</button>`;
  document.body.append(dialog);
  const search = dialog.querySelector("input");
  const narrow = dialog.querySelector("[data-narrow]");
  const grid = dialog.querySelector("ul");
  const status = dialog.querySelector("[role=status]");
  const more = dialog.querySelector("[data-more]");
  let page = 1;
  let turn = 0;
  let knowsChoices = false;

  return new Promise((resolve) => {
    const finish = (result) => {
      dialog.close();
      dialog.remove();
      resolve(result);
    };
    const load = async (next) => {
      const mine = (turn += 1);
      page = next;
      if (!url) return;
      const asked = new URLSearchParams({ q: search.value, page });
      if (narrow.value) asked.set(...narrow.value.split("="));
      if (!knowsChoices) asked.set("choices", "");
      const answer = await fetch(`${url}?${asked}`).catch(() => null);
      if (mine !== turn) return;
      if (!answer?.ok) {
        status.textContent = "The library does not answer. Try again in a moment.";
        return;
      }
      const found = await answer.json();
      if (mine !== turn) return;
      if (found.choices) offer(narrow, found.choices);
      knowsChoices = true;
      if (page === 1) grid.replaceChildren();
      const { length } = grid.children;
      grid.append(...found.results.map((picture) => tile(picture, finish)));
      status.textContent = grid.children.length ? "" : "No picture fits that.";
      more.hidden = !found.more;
      if (page > 1) grid.children[length]?.firstChild.focus();
    };
    search.addEventListener("input", () => load(1));
    narrow.addEventListener("change", () => load(1));
    search.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") {
        event.preventDefault();
        grid.querySelector("button")?.focus();
      }
      if (event.key !== "Enter") return;
      event.preventDefault();
      grid.querySelector("button")?.click();
    });
    grid.addEventListener("keydown", (event) => moved(grid, event, search));
    more.addEventListener("click", () => load(page + 1));
    dialog.querySelector("[data-close]").addEventListener("click", () => finish(null));
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      finish(null);
    });
    if (chooseFile) {
      const button = dialog.querySelector("[data-file]");
      button.hidden = false;
      button.addEventListener("click", () => {
        finish(null);
        chooseFile();
      });
    }
    dialog.showModal();
    (chooseFile ? dialog.querySelector("[data-file]") : search).focus();
    search.hidden = narrow.hidden = !url;
    load(1);
  });
}

function offer(narrow, choices) {
  for (const [name, values] of Object.entries(choices)) {
    for (const [value, label] of values) {
      narrow.append(new Option(name === "collection" ? `Collection: ${label}` : label, `${name}=${value}`));
    }
  }
}

// The arrow keys go through the grid as it is laid out; up from its first row is the search.
function moved(grid, event, search) {
  const buttons = [...grid.querySelectorAll("button")];
  const at = buttons.indexOf(document.activeElement);
  if (at < 0) return;
  const columns = Math.max(1, buttons.findIndex((button) => button.offsetTop > buttons[0].offsetTop));
  const forward = getComputedStyle(grid).direction === "rtl" ? -1 : 1;
  const step = { ArrowRight: forward, ArrowLeft: -forward, ArrowDown: columns, ArrowUp: -columns }[event.key];
  const ends = { Home: 0, End: buttons.length - 1 };
  if (step === undefined && !(event.key in ends)) return;
  event.preventDefault();
  const next = event.key in ends ? ends[event.key] : at + step;
  if (next < 0 && event.key === "ArrowUp") search.focus();
  else buttons[Math.min(buttons.length - 1, Math.max(0, next))].focus();
}

function tile(picture, finish) {
  const item = document.createElement("li");
  const button = document.createElement("button");
  button.type = "button";
  const image = document.createElement("img");
  image.src = picture.thumb;
  image.alt = "";
  image.loading = "lazy";
  const words = document.createElement("span");
  words.textContent = picture.alt || picture.caption || (picture.decorative ? "Only decoration" : "Without alt text");
  button.append(image, words);
  if (picture.ended) {
    const ended = document.createElement("strong");
    ended.textContent = "Licence has ended";
    button.append(ended);
  }
  button.addEventListener("click", () => finish(picture));
  item.append(button);
  return item;
}
