// Ctrl+S saves and Ctrl+Enter does the first act that the form offers, anywhere on the page and in the editor
// too.
export function keys(form, saver) {
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
    const key = event.key.toLowerCase();
    if (key !== "s" && key !== "enter") return;
    // There it writes the note.
    if (key === "enter" && event.target.closest("[data-notes]")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.repeat) return;
    const planned = key === "enter" && form.elements.publish_at?.value && form.elements._schedule;
    const button = planned || form.querySelector(`[data-key="${key}"]`) || form.querySelector("[data-key=s]");
    if (button) saver.save(button);
  }, true);

  form.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.defaultPrevented || event.isComposing) return;
    if (event.target.name === "headline" || event.target.name === "kicker") {
      event.preventDefault();
      form.elements[event.target.name === "kicker" ? "headline" : "standfirst"].focus();
    } else if (event.target.matches("input:not([type=file])")) {
      event.preventDefault();
    }
  });
}
