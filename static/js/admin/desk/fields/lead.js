// The lead picture. It is uploaded as soon as it is dropped or chosen; its words can be typed during the
// upload.
import { offerAlike } from "./alike.js";
import { openPicker } from "./picker.js";
import { isPicture, upload } from "./upload.js";

const WORDS = ["alt", "caption", "credit"];

export function leadPicture(box) {
  const form = box.closest("form");
  const field = (name) => form.elements[name];
  const part = (name) => box.querySelector(`[data-${name}]`);
  const file = field("lead_file");
  const image = part("lead-img");
  const message = part("lead-message");
  let turn = 0;

  const set = (name, value) => {
    field(name).value = value ?? "";
    field(name).dispatchEvent(new Event("desk:set"));
  };
  const changed = () => field("lead_image").dispatchEvent(new Event("change", { bubbles: true }));
  const dot = () => {
    part("focus-dot").style.left = `${field("lead_focus_x").value || 50}%`;
    part("focus-dot").style.top = `${field("lead_focus_y").value || 50}%`;
  };
  const show = (there) => {
    part("lead-picture").hidden = !there;
    part("lead-remove").hidden = !there;
    part("drop-hint").hidden = there;
    part("lead-words").toggleAttribute("data-none", !there);
    const label = part("file-label");
    if (label) label.textContent = there ? "Choose another" : "Choose a picture";
    dot();
  };
  const focusPoint = (x, y) => {
    set("lead_focus_x", x);
    set("lead_focus_y", y);
    dot();
    changed();
  };
  // What the form has shown of the picture, so that the server knows which words were typed.
  const remember = (picture) => {
    const { id, alt, caption, credit, focus_x: x, focus_y: y } = picture;
    field("lead_shown").value = picture.id ? JSON.stringify({ id, alt, caption, credit, focus: [x, y], own: {} }) : "";
    if (field("lead_in_library")) field("lead_in_library").checked = false;
  };
  // The alt texts that the picture has elsewhere, to be taken with one click. They are asked for once a picture.
  let offered = "";
  const offerAlts = async () => {
    const { value: id } = field("lead_image");
    if (!id || id === offered) return;
    offered = id;
    part("lead-alts").hidden = true;
    const answer = await fetch(box.dataset.alts.replace("/0/", `/${id}/`)).catch(() => null);
    const { alts } = answer?.ok ? await answer.json() : { alts: [] };
    if (field("lead_image").value === id) showAlts(alts);
  };
  const showAlts = (alts) => {
    const chips = alts.map((alt) => {
      const chip = document.createElement("button");
      chip.type = "button";
      chip.className = "desk-chip";
      chip.dir = "auto";
      chip.textContent = alt;
      chip.addEventListener("click", () => {
        set("lead_alt", alt);
        changed();
        hideTaken();
      });
      return chip;
    });
    part("lead-alts").replaceChildren(...chips);
    hideTaken();
  };
  const hideTaken = () => {
    const chips = [...part("lead-alts").children];
    for (const chip of chips) chip.hidden = chip.textContent === field("lead_alt").value;
    part("lead-alts").hidden = chips.every((chip) => chip.hidden);
  };
  field("lead_alt").addEventListener("focus", offerAlts);
  field("lead_alt").addEventListener("input", hideTaken);
  // Words that were typed during the upload stay. Empty fields get the words that the library has already.
  const arrived = (picture, typed) => {
    set("lead_image", picture.id);
    remember(picture);
    for (const word of WORDS) {
      const input = field(`lead_${word}`);
      if (typed && input.value) continue;
      set(`lead_${word}`, picture[word]);
      // The library's words are selected, so that typing replaces them instead of adding to them.
      if (document.activeElement === input) input.select();
    }
    image.src = picture.url || picture.thumb;
    focusPoint(picture.focus_x ?? 50, picture.focus_y ?? 50);
    show(true);
    offerAlts();
  };
  const empty = () => {
    set("lead_image", "");
    WORDS.forEach((word) => set(`lead_${word}`, ""));
    image.removeAttribute("src");
    showAlts([]);
    offered = "";
    show(false);
    changed();
  };

  const send = async (chosen) => {
    if (!isPicture(chosen)) {
      message.textContent = `${chosen.name} is not a picture. Choose a JPEG, PNG, WebP, AVIF, GIF or HEIC file.`;
      return;
    }
    const mine = (turn += 1);
    const before = { id: field("lead_image").value, src: image.getAttribute("src") || "", words: WORDS.map((word) => field(`lead_${word}`).value) };
    const progress = part("progress");
    empty();
    message.textContent = "Uploading…";
    image.src = URL.createObjectURL(chosen);
    show(true);
    progress.hidden = false;
    progress.removeAttribute("value");
    field("lead_alt").focus();
    try {
      const picture = await upload(chosen, { url: box.dataset.upload, onProgress: (part) => (progress.value = part) });
      if (mine !== turn) return;
      arrived(picture, true);
      message.textContent = picture.note || "";
      offerAlike(picture, (other) => {
        if (field("lead_image").value !== String(picture.id)) return;
        turn += 1;
        arrived(other, false);
      });
    } catch (error) {
      if (mine !== turn) return;
      message.textContent = error.message;
      set("lead_image", before.id);
      image.src = before.src;
      WORDS.forEach((word, index) => field(`lead_${word}`).value || set(`lead_${word}`, before.words[index]));
      show(Boolean(before.id));
    } finally {
      if (mine === turn) progress.hidden = true;
    }
  };

  file?.addEventListener("change", () => {
    const [chosen] = file.files;
    file.value = "";
    if (chosen) send(chosen);
  });
  part("lead-remove").addEventListener("click", () => {
    turn += 1;
    empty();
  });
  part("open-picker")?.addEventListener("click", async () => {
    const picture = await openPicker(box.dataset.picker);
    if (!picture) return;
    turn += 1;
    arrived(picture, false);
    message.textContent = "";
    field("lead_alt").focus();
  });
  part("focus").addEventListener("click", (event) => {
    if (!event.detail) return;
    const frame = image.getBoundingClientRect();
    const percent = (at, start, size) => Math.min(100, Math.max(0, Math.round(((at - start) / size) * 100)));
    focusPoint(percent(event.clientX, frame.left, frame.width), percent(event.clientY, frame.top, frame.height));
  });
  for (const name of ["lead_focus_x", "lead_focus_y"]) field(name).addEventListener("input", dot);
  field("lead_image").addEventListener("desk:set", () => show(Boolean(field("lead_image").value)));
  dropZone(form, send);
  dot();
}

// A picture can be dropped anywhere outside the text. One that is dropped on the text goes into the text.
function dropZone(form, send) {
  const files = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  const outside = (event) => files(event) && !event.target.closest?.("[data-body-editor]");
  document.addEventListener("dragover", (event) => {
    if (!outside(event)) return form.classList.remove("desk--dropping");
    event.preventDefault();
    form.classList.add("desk--dropping");
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) form.classList.remove("desk--dropping");
  });
  document.addEventListener("drop", (event) => {
    form.classList.remove("desk--dropping");
    if (!outside(event)) return;
    event.preventDefault();
    const [dropped] = event.dataTransfer.files;
    if (dropped) send(dropped);
  });
}
