// The line of breaking news ends at its second. A page that is not printed with it asks for it once nothing else is
// left to do, and lays it over the window's foot, behind the page's own foot, so that nothing moves.
const endAt = (line, ends) => {
  const left = ends * 1000 - Date.now();
  if (left > 0) setTimeout(() => line.remove(), left);
  else line.remove();
  return left > 0;
};
const make = (name, more, ...inside) => {
  const made = Object.assign(document.createElement(name), more);
  made.append(...inside);
  return made;
};
const ask = async () => {
  try {
    // Without cookies it is the printed file for everybody.
    const answer = await fetch("/breaking.txt", { credentials: "omit" });
    const [ends, href, label, close, text] = (await answer.text()).split("\n");
    if (!answer.ok || !text || sessionStorage.breaking === text) return;
    const line = make("aside", { className: "breaking", role: "status" });
    if (!endAt(line, ends)) return;
    document.body.append(line);
    // Screen readers say what comes into a place that they know already.
    setTimeout(() => {
      const button = make("button", { ariaLabel: close }, "×");
      button.onclick = () => {
        line.remove();
        sessionStorage.breaking = text;
      };
      const news = make(href ? "a" : "span", href ? { href } : {}, text);
      news.dir = "auto";
      line.append(make("b", {}, label), news, button);
    }, 99);
  } catch {
    // Nothing to be had, nothing to say.
  }
};
const printed = document.querySelector(".breaking");
if (printed) endAt(printed, printed.dataset.ends);
else addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(ask));
