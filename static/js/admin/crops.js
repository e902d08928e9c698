// The crops of a picture, live beside it. Each follows the focal point until it is set by hand: then it is
// dragged, moved with the arrow keys and made larger or smaller. The field holds those set by hand, as
// articles/images/crops.py writes them: ratio, left, top and width, in thousandths.
import { focalPoint, STEPS } from "./focal_point.js";

const WHOLE = 1000;
const NARROWEST = 50;
const STEP = 5;
const between = (least, value, most) => Math.min(Math.max(value, least), Math.max(least, most));

function crops(box) {
  const field = document.getElementById("id_crops");
  const list = box.querySelector("[data-crops]");
  const picture = box.querySelector("picture");
  const proportion = Number(box.dataset.width) / Number(box.dataset.height);
  let focus = [50, 50];
  const tiles = [...list.querySelectorAll("[data-crop]")].map(tile);
  focalPoint(box.querySelector("[data-focal-point]"), (...point) => {
    focus = point;
    tiles.forEach((each) => each.draw());
  });
  if (!field) return;
  list.hidden = false;
  field.closest(".form-row").hidden = !field.closest(".form-row").querySelector(".errorlist");
  field.addEventListener("input", read);
  read();

  function read() {
    const stored = new Map(field.value.split(";").map((text) => text.trim().split(/\s+/)).map(([name, ...numbers]) => [name, numbers.map(Number)]));
    for (const each of tiles) {
      const [left, top, width] = stored.get(each.name) || [];
      each.crop = width ? { left, top, width } : null;
      each.draw();
    }
  }

  function write() {
    field.value = tiles.filter(({ crop }) => crop).map(({ name, crop }) => [name, crop.left, crop.top, crop.width].join(" ")).join(";");
  }

  function tile(section) {
    const [across, down] = section.dataset.shape.split("/").map(Number);
    const frame = section.querySelector("[data-frame]");
    const byHand = section.querySelector("[data-by-hand]");
    const size = section.querySelector("[data-size]");
    const shown = picture.cloneNode(true);
    const image = shown.querySelector("img");
    image.alt = "";
    image.draggable = false;
    frame.append(shown);
    frame.style.aspectRatio = section.dataset.shape;
    // How high a crop is, in thousandths of the picture's height, for each thousandth of its width.
    const slope = (proportion * down) / across;
    const widest = Math.floor(Math.min(WHOLE, WHOLE / slope));
    Object.assign(size, { min: Math.min(NARROWEST, widest), max: widest });
    const self = { name: section.dataset.crop, crop: null, draw };

    const within = ({ left, top, width }) => {
      const fitting = between(NARROWEST, Math.round(width), widest);
      return {
        width: fitting,
        left: between(0, Math.round(left), WHOLE - fitting),
        top: between(0, Math.round(top), Math.floor(WHOLE - fitting * slope)),
      };
    };
    const around = ([x, y], width) => within({ width, left: x * 10 - width / 2, top: y * 10 - (width * slope) / 2 });
    const set = (crop) => {
      self.crop = crop && within(crop);
      write();
      draw();
    };

    function draw() {
      const { left, top, width } = self.crop || around(focus, widest);
      // In shares of the frame, so that it is right at any size.
      image.style.width = `${(WHOLE / width) * 100}%`;
      image.style.left = `${(-left / width) * 100}%`;
      image.style.top = `${(-top / (width * slope)) * 100}%`;
      frame.disabled = !self.crop;
      byHand.setAttribute("aria-pressed", String(Boolean(self.crop)));
      byHand.textContent = self.crop ? "Follow the focal point" : "Set by hand";
      size.closest("label").hidden = !self.crop;
      size.value = width;
    }

    byHand.addEventListener("click", () => {
      set(self.crop ? null : around(focus, widest));
      if (self.crop) frame.focus();
    });
    size.addEventListener("input", () => {
      const { left, top, width } = self.crop;
      const middle = [(left + width / 2) / 10, (top + (width * slope) / 2) / 10];
      set(around(middle, Number(size.value)));
    });
    frame.addEventListener("keydown", (event) => {
      const step = STEPS[event.key];
      if (!step || !self.crop) return;
      event.preventDefault();
      set({ ...self.crop, left: self.crop.left + step[0] * STEP, top: self.crop.top + step[1] * STEP });
    });
    frame.addEventListener("pointerdown", (start) => {
      if (!self.crop) return;
      start.preventDefault();
      frame.focus();
      frame.setPointerCapture(start.pointerId);
      const from = self.crop;
      const { width, height } = frame.getBoundingClientRect();
      const move = (event) => set({
        ...from,
        left: from.left - ((event.clientX - start.clientX) / width) * from.width,
        top: from.top - ((event.clientY - start.clientY) / height) * from.width * slope,
      });
      frame.addEventListener("pointermove", move);
      frame.addEventListener("lostpointercapture", () => frame.removeEventListener("pointermove", move), { once: true });
    });
    return self;
  }
}

const box = document.querySelector("[data-cutting]");
if (box) crops(box);
