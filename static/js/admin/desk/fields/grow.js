// A textarea as high as its text; one that holds a single line takes no line ends.
export function grow(area) {
  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight}px`;
  };
  if ("singleLine" in area.dataset) {
    area.addEventListener("input", () => {
      if (!/[\r\n]/.test(area.value)) return;
      const caret = area.selectionStart;
      area.value = area.value.replace(/[\r\n]+/g, " ");
      area.setSelectionRange(caret, caret);
    });
  }
  area.addEventListener("input", fit);
  area.addEventListener("desk:set", fit);
  document.fonts?.ready.then(fit);
  // The first time at once, and again whenever the width changes, which need not be the window's doing.
  new ResizeObserver(fit).observe(area);
}
