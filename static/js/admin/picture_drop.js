// The library's page: files that are chosen, dropped anywhere on it or pasted are sent at once, each with its own
// progress. What the library says to one of them stands beside it, and holds up no other.
import { isLoggedIn } from "./log_in_here.js";
import { token } from "./desk/saving/autosave.js";
import { upload } from "./desk/fields/upload.js";

const AT_ONCE = 2;
const form = document.querySelector("form.drop");

function pictureDrop(form) {
  const input = form.querySelector("input[type=file]");
  const list = form.querySelector(".arriving");
  const hasFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  const waiting = [];
  const arrived = [];
  let running = 0;
  let refused = 0;
  let isPasted = false;

  const take = async (files) => {
    const rows = [...files].map((file) => row(list, file));
    if (!rows.length || !(await isLoggedIn(form))) return rows.forEach(({ item }) => item.remove());
    form.elements.csrfmiddlewaretoken.value = token(form);
    waiting.push(...rows);
    while (running < AT_ONCE && waiting.length) work();
  };
  const work = async () => {
    running += 1;
    while (waiting.length) await send(waiting.shift());
    running -= 1;
    if (!running) finished();
  };
  const send = async (row) => {
    try {
      const picture = await upload(row.file, { url: form.dataset.upload, onProgress: row.progress });
      arrived.push(picture);
      row.done(picture, (id) => form.dataset.picture.replace("/0/", `/${id}/`));
    } catch (error) {
      refused += 1;
      row.refused(error.message);
    }
  };
  const finished = () => {
    const [only] = arrived;
    // Whoever pastes one may paste the next.
    if (arrived.length === 1 && !isPasted && !refused && !only.note && !only.alike.length) {
      location.assign(form.dataset.picture.replace("/0/", `/${only.id}/`));
    } else if (arrived.length > 1) {
      list.querySelector("[data-all]")?.remove();
      const all = document.createElement("li");
      all.dataset.all = "";
      const link = Object.assign(document.createElement("a"), { href: "?by=me&missing=alt", textContent: "Each needs an alt text." });
      all.append(`${arrived.length} pictures are in the library. `, link);
      list.append(all);
    }
  };

  form.querySelector("button").hidden = true;
  input.addEventListener("change", () => {
    take(input.files);
    input.value = "";
  });
  document.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  document.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
  document.addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    isPasted = true;
    take(event.clipboardData.files);
  });
}

// The line of one file: its name, its progress, and what became of it.
function row(list, file) {
  const item = document.createElement("li");
  const name = Object.assign(document.createElement("span"), { textContent: file.name || "pasted picture" });
  const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
  bar.setAttribute("aria-label", `Uploading ${name.textContent}`);
  const told = document.createElement("span");
  item.append(name, bar, told);
  list.append(item);
  const tell = (...parts) => {
    bar.remove();
    told.replaceChildren(...parts);
  };
  return {
    file,
    item,
    // Once it is sent, the server looks at it: nobody knows for how long.
    progress: (share) => (share < 1 ? (bar.value = share) : bar.removeAttribute("value")),
    refused: (message) => {
      item.className = "arriving__refused";
      tell(message);
    },
    done: (picture, address) => {
      const link = ({ id, name, url }) => {
        const anchor = Object.assign(document.createElement("a"), { href: address(id) });
        anchor.append(Object.assign(document.createElement("img"), { src: url, alt: "" }), name);
        return anchor;
      };
      const parts = [picture.is_new ? "Say what it shows: " : "The library had it already: ", link(picture)];
      if (picture.note) parts.push(` ${picture.note}`);
      if (picture.alike.length) parts.push(" It looks like this one; if it is the same, use that: ", ...picture.alike.map(link));
      tell(...parts);
    },
  };
}

if (form) pictureDrop(form);
