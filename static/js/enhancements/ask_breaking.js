// Asks, once nothing else is left to do, whether there is breaking news. Nearly always there is none. If there is, the
// script that shows it comes too: see breaking_line.js.
const show = (text) => text[1] && import("/breaking.js").then((line) => line.show(text));
const ask = () =>
  // Without cookies it is the printed file for everybody.
  fetch("/breaking.txt", { credentials: "omit" })
    .then((answer) => answer.text())
    .then(show)
    // Nothing to be had, nothing to say.
    .catch(() => {});
addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(ask));
