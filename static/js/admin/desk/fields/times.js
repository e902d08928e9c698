// Presets fill in the publish time. Buttons such as "Withdraw…" open the question that belongs to them.
export function times(form) {
  const height = () => form.style.setProperty("--state-height", `${form.querySelector(".desk-state").offsetHeight}px`);
  const observer = new ResizeObserver(height);
  const watch = () => observer.observe(form.querySelector(".desk-state"));
  form.addEventListener("desk:swapped", watch);
  watch();
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
