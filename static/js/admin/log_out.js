// Asks what to do when somebody logs out while this browser has text that was never saved.
//
// On a shared computer an editor must neither lose a text nor leave it to the next person without knowing.
// Which of these matters can't be guessed, so the editor is asked. The first answer is to stay, and each text
// is a link to the page where it can be saved. If a session ends by itself, nothing is asked and the copies
// are kept.
import { dayAndTime } from "./desk/saving/clock.js";
import { copiesOf, drop, titleOf } from "./desk/saving/copies_in_browser.js";

const form = document.getElementById("logout-form");
const dialog = document.getElementById("log-out");

if (form && dialog) form.addEventListener("submit", ask);

async function ask(event) {
  event.preventDefault();
  await said("desk:keep");
  const copies = await copiesOf(dialog.dataset.user);
  if (!copies.length) return form.submit();
  dialog.querySelector("ul").replaceChildren(...copies.map(({ copy }) => line(copy)));
  dialog.showModal();
  dialog.querySelector("[data-answer=stay]").focus();
}

dialog?.addEventListener("click", async (event) => {
  const answer = event.target.closest("[data-answer]")?.dataset.answer;
  if (!answer) return;
  dialog.close();
  if (answer === "stay") return;
  if (answer === "forget") {
    await said("desk:forget");
    const copies = await copiesOf(dialog.dataset.user);
    await Promise.all(copies.map(({ key }) => drop(key)));
    // Have the server delete its copies too.
    form.insertAdjacentHTML("beforeend", '<input type="hidden" name="forget_unsaved" value="1">');
  }
  document.dispatchEvent(new Event("desk:leave"));
  form.submit();
});

// Sends the event. Each listener adds a promise if its work has to be waited for.
function said(name) {
  const waiting = [];
  document.dispatchEvent(new CustomEvent(name, { detail: waiting }));
  return Promise.allSettled(waiting);
}

function line(copy) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = copy.address;
  link.textContent = titleOf(copy);
  item.append(link, `, ${dayAndTime(copy.at)}`);
  return item;
}
