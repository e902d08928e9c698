// The reader's choice of layout, applied before the first paint and changed in place. In the head of every
// page, after the viewport tag. articles/site_version.py does the same where there is no script.
(() => {
  const root = document.documentElement;
  const viewport = document.querySelector("meta[name=viewport]");
  const apply = (version) => {
    if (version) root.dataset.siteVersion = version;
    else delete root.dataset.siteVersion;
    viewport.content = version === "desktop" ? "width=1180" : "width=device-width,initial-scale=1";
  };
  const chosen = () => {
    try {
      return (document.cookie.match(/(?:^|; )site_version=(mobile|desktop)(?:;|$)/) || [])[1] || "";
    } catch {
      // Where cookies are forbidden even to ask throws: what the server sent stays.
      return root.dataset.siteVersion || "";
    }
  };
  const choose = (version) => {
    document.cookie =
      "site_version=" + (version === "automatic" ? ";max-age=0" : version + ";max-age=31536000") +
      ";path=/;samesite=lax" + (location.protocol === "https:" ? ";secure" : "");
    const stored = version === "automatic" ? "" : version;
    return chosen() === stored;
  };
  apply(chosen());
  // Back may bring a page as it was before the choice.
  addEventListener("pageshow", () => apply(chosen()));
  addEventListener("submit", (event) => {
    const form = event.target;
    const pressed = event.submitter;
    if (!form.closest(".site-version") || !pressed) return;
    try {
      if (!choose(pressed.value)) return;
    } catch {
      return;
    }
    event.preventDefault();
    apply(chosen());
    // The pressed button may be gone now: the focus goes on to the first that stands in its place.
    if (!pressed.offsetWidth) [...form.elements].find((button) => button.offsetWidth)?.focus();
    form.scrollIntoView({ block: "nearest" });
  });
})();
