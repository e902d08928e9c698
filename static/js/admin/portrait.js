// A picture of the library in a form: shown, chosen in the library's dialog, taken away.
import { openPicker } from "./desk/fields/picker.js";

function pictureField(box) {
  const input = box.querySelector("input");
  const image = box.querySelector("img");
  const remove = box.querySelector("[data-remove]");
  const show = (picture) => {
    input.value = picture?.id ?? "";
    image.hidden = remove.hidden = !picture;
    if (picture) image.src = picture.thumb;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  };
  input.type = "hidden";
  box.querySelector("[data-choose]").hidden = false;
  box.querySelector("[data-choose]").addEventListener("click", async () => {
    const picture = await openPicker(box.dataset.picker);
    if (picture) show(picture);
  });
  remove.hidden = !input.value;
  remove.addEventListener("click", () => show(null));
}

document.querySelectorAll("[data-picture-field]").forEach(pictureField);
