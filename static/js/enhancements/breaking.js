// The line of breaking news ends at its second. A page that is not printed with it asks for it once nothing else is
// left to do, and lays it over the window's foot, behind the page's own foot, so that nothing moves.
const endAt = (line, ends) => setTimeout(() => line.remove(), ends * 1000 - Date.now());
const make = (name, more) => Object.assign(document.createElement(name), more);
// A browser that blocks site data throws here. Its reader gets the line again on the next page.
const kept = () => {
  try {
    return sessionStorage;
  } catch {
    return {};
  }
};
const ask = async () => {
  try {
    // Without cookies it is the printed file for everybody.
    const answer = await fetch("/breaking.txt", { credentials: "omit" });
    const [ends, href, label, close, text] = (await answer.text()).split("\n");
    if (!answer.ok || !text || kept().breaking === text) return;
    const line = make("aside", { className: "breaking", role: "status" });
    endAt(line, ends);
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
  } catch {
    // Nothing to be had, nothing to say.
  }
};
const printed = document.querySelector(".breaking");
if (printed) endAt(printed, printed.dataset.ends);
else addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(ask));
