// The names of the places, which depend on the layout. A place that the layout does not have is shown only if a story
// is in it.
export function layouts(form) {
  const names = JSON.parse(document.getElementById("board-layouts").textContent);
  const show = () => {
    const own = names[form.elements.layout.value] || [];
    form.querySelectorAll("[data-slot]").forEach((slot, place) => {
      slot.querySelector("[data-place]").textContent = own[place] || "Not in this layout";
      slot.toggleAttribute("data-off", place >= own.length);
    });
  };
  form.addEventListener("change", (event) => event.target.name === "layout" && show());
  show();
}
