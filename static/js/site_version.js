// The reader's choice of layout, applied before the first paint and changed in place. In the head of every
// page, after the viewport tag. articles/site_version.py does the same where there is no script.
(() => {
  const root = document.documentElement;
  const viewport = document.querySelector("meta[name=viewport]");
  const apply = () => {
    try {
      const [, version] = document.cookie.match(/(?:^|; )site_version=(mobile|desktop)(?:;|$)/) || [];
      if (version) root.dataset.siteVersion = version;
      else delete root.dataset.siteVersion;
      viewport.content = version === "desktop" ? "width=1180" : "width=device-width,initial-scale=1";
      return version || "automatic";
    } catch {
      // Where cookies are forbidden, even to ask throws: what the server sent stays.
    }
  };
  apply();
  // Back may bring a page as it was before the choice.
  addEventListener("pageshow", apply);
  addEventListener("submit", (event) => {
    const button = event.submitter;
    if (button?.name !== "version") return;
    try {
      const { value } = button;
      const life = value === "automatic" ? 0 : 31536000;
      const secure = location.protocol === "https:" ? ";secure" : "";
      document.cookie = `site_version=${value};max-age=${life};path=/;samesite=lax${secure}`;
      // Not kept: then the form goes to the server, which may fare better.
      if (apply() !== value) return;
    } catch {
      return;
    }
    event.preventDefault();
    // The pressed button may be gone now; the focus goes on to the first that stands in its place.
    if (!button.offsetWidth) [...button.form.elements].find((other) => other.offsetWidth)?.focus();
    button.form.scrollIntoView({ block: "nearest" });
  });
})();
