// The library, over the form: search, choose one. Resolves to the picture, or to null.
export function openPicker(url, { chooseFile } = {}) {
  const dialog = document.createElement("dialog");
  dialog.className = "desk-picker";
  dialog.setAttribute("aria-label", "Pictures of the library");
  dialog.innerHTML = `
    <div class="desk-picker__top">
      <button type="button" class="desk-button" data-file hidden>Choose a file</button>
      <input type="search" placeholder="Search the library" aria-label="Search the library">
      <button type="button" class="desk-link" data-close>Close</button>
    </div>
    <ul class="desk-picker__grid"></ul>
    <p class="desk-message" role="status"></p>
    <button type="button" class="desk-button" data-more hidden>Show more</button>`;
  document.body.append(dialog);
  const search = dialog.querySelector("input");
  const grid = dialog.querySelector("ul");
  const status = dialog.querySelector("[role=status]");
  const more = dialog.querySelector("[data-more]");
  let page = 1;
  let turn = 0;

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
      const answer = await fetch(`${url}?q=${encodeURIComponent(search.value)}&page=${page}`).catch(() => null);
      if (mine !== turn) return;
      if (!answer?.ok) {
        status.textContent = "The library does not answer. Try again in a moment.";
        return;
      }
      const found = await answer.json();
      if (mine !== turn) return;
      if (page === 1) grid.replaceChildren();
      grid.append(...found.results.map((picture) => tile(picture, finish)));
      status.textContent = grid.children.length ? "" : "No picture is called that.";
      more.hidden = !found.more;
    };
    search.addEventListener("input", () => load(1));
    search.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      grid.querySelector("button")?.click();
    });
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
    search.hidden = !url;
    load(1);
  });
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
  words.textContent = picture.alt || picture.caption || "Without alt text";
  button.append(image, words);
  button.addEventListener("click", () => finish(picture));
  item.append(button);
  return item;
}
