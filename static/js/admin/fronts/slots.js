// The places of the board: a story is found by its words, moved by the buttons or by dragging it onto another place,
// and taken out. What stood there before changes places with it.
import { combobox } from "../desk/fields/combobox.js";

const FIELDS = ["article", "headline", "kicker", "image", "until"];

export function slots(form, changed) {
  const all = [...form.querySelectorAll("[data-slot]")];
  const said = form.querySelector("[data-said]");
  const field = (slot, name) => form.elements[`${name}_${slot.dataset.slot}`];
  const story = (slot) => slot.querySelector("[data-story]");
  const note = (slot) => slot.querySelector("[data-note]");
  const name = (slot) => slot.querySelector("[data-place]").textContent;
  const say = (words) => (said.textContent = words);
  let dragged = null;

  all.forEach((slot) => {
    picker(slot);
    draw(slot);
    slot.querySelector("[data-handle]").addEventListener("pointerdown", () => (slot.draggable = true));
    slot.addEventListener("dragstart", (event) => {
      dragged = slot;
      event.dataTransfer.effectAllowed = "move";
      event.dataTransfer.setData("text/plain", story(slot).textContent);
    });
    slot.addEventListener("dragend", () => {
      dragged = null;
      slot.draggable = false;
      all.forEach((each) => each.removeAttribute("data-over"));
    });
    slot.addEventListener("dragover", (event) => {
      if (!dragged || dragged === slot) return;
      event.preventDefault();
      slot.setAttribute("data-over", "");
    });
    slot.addEventListener("dragleave", () => slot.removeAttribute("data-over"));
    slot.addEventListener("drop", (event) => {
      if (!dragged) return;
      event.preventDefault();
      exchange(dragged, slot);
    });
  });
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-move]");
    if (!button) return;
    event.preventDefault();
    move(button.closest("[data-slot]"), button.dataset.move);
  });

  function move(slot, act) {
    if (act === "clear") return clear(slot);
    const shown = all.filter((each) => each.offsetParent);
    const other = shown[shown.indexOf(slot) + (act === "up" ? -1 : 1)];
    if (!other) return;
    exchange(slot, other);
    const button = other.querySelector(`[data-move=${act}]`);
    button.focus();
  }

  function exchange(one, other) {
    for (const each of FIELDS) {
      const [first, second] = [field(one, each), field(other, each)];
      [first.value, second.value] = [second.value, first.value];
    }
    for (const find of [story, note]) {
      const [first, second] = [find(one), find(other)];
      [first.textContent, second.textContent] = [second.textContent, first.textContent];
    }
    exchangePictures(one.querySelector("[data-picture-field]"), other.querySelector("[data-picture-field]"));
    [one, other].forEach(draw);
    say(`“${story(other).textContent}” is in “${name(other)}” now.`);
    changed();
  }

  // Their numbers are in the fields; this is what is seen of them.
  function exchangePictures(one, other) {
    const [first, second] = [one.querySelector("img"), other.querySelector("img")];
    [first.src, second.src] = [second.src, first.src];
    for (const box of [one, other]) showPicture(box);
  }

  function showPicture(box) {
    box.querySelector("img").hidden = box.querySelector("[data-remove]").hidden = !box.querySelector("input").value;
  }

  function clear(slot) {
    say(`“${name(slot)}” has the newest story now.`);
    fill(slot, { value: "", label: "" });
    FIELDS.slice(1).forEach((each) => (field(slot, each).value = ""));
    showPicture(slot.querySelector("[data-picture-field]"));
    slot.querySelector("[data-find]").focus();
  }

  function fill(slot, option) {
    field(slot, "article").value = option.value;
    story(slot).textContent = option.label;
    note(slot).textContent = option.warning || option.note || "";
    draw(slot);
    changed();
  }

  function draw(slot) {
    const isFilled = Boolean(field(slot, "article").value && story(slot).textContent);
    slot.toggleAttribute("data-filled", isFilled);
    slot.querySelector("[data-words]").open = FIELDS.slice(1).some((each) => field(slot, each).value);
    for (const button of slot.querySelectorAll("[data-move]")) {
      button.disabled = !isFilled;
    }
  }

  function picker(slot) {
    const area = field(slot, "article");
    const input = document.createElement("input");
    Object.assign(input, { type: "text", id: `${area.id}_typed`, placeholder: "The newest; or words of a story, or its address" });
    input.setAttribute("data-find", "");
    const box = document.createElement("div");
    box.className = "desk-typing";
    const message = document.createElement("p");
    message.className = "desk-message";
    message.setAttribute("role", "status");
    area.hidden = true;
    area.after(box, message);
    box.append(input);
    const label = slot.querySelector("label");
    label.htmlFor = input.id;
    label.textContent = "Story";
    // What was typed and is no story stands in the field again.
    if (!story(slot).textContent) input.value = area.value;
    combobox(input, {
      onlyChosen: true,
      find: (text) => find(/^(https?:\/)?\/\S+$/i.test(text) ? { address: text } : { q: text }),
      choose(option) {
        message.textContent = "";
        const there = all.find((each) => field(each, "article").value === option.value);
        if (there) {
          message.textContent = `This story is in “${name(there)}” already.`;
          return;
        }
        fill(slot, option);
        say(`“${option.label}” is in “${name(slot)}” now.`);
        slot.querySelector("[data-move=up]").focus();
      },
      fallback(text) {
        input.value = text;
        message.textContent = `“${text}” is no story: choose one of those that are suggested.`;
      },
    });
  }

  async function find(asked) {
    const { stories, section } = form.dataset;
    const answer = await fetch(`${stories}?${new URLSearchParams(section ? { ...asked, section } : asked)}`).catch(() => null);
    return answer?.ok ? (await answer.json()).results : [];
  }
}
