// The blocks below the top: a click on an arrow moves one, without the server.
export function blocks(form, changed) {
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-block-move]");
    if (!button) return;
    event.preventDefault();
    const block = button.closest("[data-block]");
    if (button.dataset.blockMove === "up") block.previousElementSibling?.before(block);
    else block.nextElementSibling?.after(block);
    button.focus();
    changed();
  });
}
