// Lays the line of breaking news over the window's foot, behind the page's own foot, so that nothing moves. Pages that
// are not printed with the line load this file, with its style in it, as long as there is one.
const make = (name, more) => Object.assign(document.createElement(name), more);
// A browser that blocks site data throws here. Its reader gets the line again on the next page.
const kept = () => {
  try {
    return sessionStorage;
  } catch {
    return {};
  }
};

/** @param {string} printed The file /breaking.txt. */
export const show = (printed) => {
  const [ends, href, label, close, text] = printed.split("\n");
  // An error page has no time on its first line.
  if (!(ends > 0) || !text || kept().breaking === text) return;
  const style = new CSSStyleSheet();
  style.replaceSync("STYLE");
  document.adoptedStyleSheets.push(style);
  const line = make("aside", { className: "breaking", role: "status" });
  setTimeout(() => line.remove(), ends * 1000 - Date.now());
  document.body.append(line);
  // Screen readers say what comes into a place that they know already.
  setTimeout(() => {
    const onclick = () => {
      line.remove();
      kept().breaking = text;
    };
    line.append(
      make("b", { textContent: label }),
      // Without an address it is no link.
      make("a", { textContent: text, dir: "auto", ...(href && { href }) }),
      make("button", { textContent: "×", ariaLabel: close, onclick }),
    );
  }, 99);
};
