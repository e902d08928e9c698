// Something from another site: the foreign frame comes only when a reader taps the link that stands for it.

export function openOnTap(embed) {
  const link = embed.querySelector("a");
  link.addEventListener("click", (event) => {
    // A new tab or window was asked for: leave it to the browser.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    const { frame, ratio, title } = embed.dataset;
    const shown = document.createElement("iframe");
    shown.src = frame;
    shown.title = title;
    shown.allow = "autoplay; encrypted-media; fullscreen";
    shown.style.aspectRatio = ratio.replace(":", "/");
    // The link stays for paper.
    link.after(shown);
    shown.focus();
  });
}

document.querySelectorAll(".embed[data-frame]").forEach(openOnTap);
