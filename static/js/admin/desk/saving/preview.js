// Preview shows what is saved: what is not is saved first.
export function preview(form, saver) {
  form.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-preview]");
    if (!link || !saver.dirty || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    // Opened at once: a window that opens later, by itself, is blocked.
    const tab = window.open("", link.target);
    const saved = await saver.save(form.elements._save_draft);
    if (saved) tab.location = link.href;
    else tab.close();
  });
}
