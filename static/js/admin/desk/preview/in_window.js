// The preview shows the saved text. So unsaved text is saved before it opens.
export function previewInWindow(form, saver) {
  form.addEventListener("click", async (event) => {
    const link = event.target.closest("[data-preview]");
    if (!link || !saver.dirty || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    // The window is opened at once, because browsers block a window that opens later without a click.
    const tab = window.open("", link.target);
    const saved = await saver.save(form.elements._save_draft);
    if (saved) tab.location = link.href;
    else tab.close();
  });
}
