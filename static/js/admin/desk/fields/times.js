// Presets fill in the publish time. Buttons such as "Withdraw…" open the question that belongs to them.
export function times(form) {
  // On a phone only the bar stays in view, and the state around it is no box.
  const boxes = () => [...form.querySelectorAll(".desk-state, .desk-bar")];
  const height = () => form.style.setProperty("--state-height", `${boxes().find((box) => box.offsetHeight)?.offsetHeight ?? 0}px`);
  const observer = new ResizeObserver(height);
  const watch = () => boxes().forEach((box) => observer.observe(box));
  form.addEventListener("desk:swapped", watch);
  watch();
  // A fold with one field to write in opens with the caret there.
  form.addEventListener("click", (event) => {
    const fold = event.target.closest("summary")?.closest("[data-focuses]");
    if (fold && !fold.open) setTimeout(() => form.elements[fold.dataset.focuses]?.focus());
  });
  form.addEventListener("click", (event) => {
    const preset = event.target.closest("[data-preset]");
    if (preset) {
      const input = form.elements.publish_at;
      input.value = preset.dataset.preset;
      input.dispatchEvent(new Event("change", { bubbles: true }));
      form.elements._schedule?.focus();
    }
    const opener = event.target.closest("[data-opens]");
    if (opener) {
      const question = document.getElementById(opener.dataset.opens);
      question.open = !question.open;
      if (question.open) question.querySelector("button").focus();
    }
  });
}
