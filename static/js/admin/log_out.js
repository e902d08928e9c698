// Logging out while this browser has text that was never saved. What has been saved leaves no copy here.
//
// An editor on deadline must not lose a text because the shift at a shared computer ends, and must not leave one
// there for the next person without knowing. Neither can be guessed, so it is asked; staying is the first answer,
// and each text is a link to the place where it can be saved. A session that ends by itself asks nobody and keeps.
import { clock, copiesOf, drop, titleOf } from "./desk/saving/kept.js";

const form = document.getElementById("logout-form");
const dialog = document.getElementById("log-out");

if (form && dialog) form.addEventListener("submit", ask);

function ask(event) {
  document.dispatchEvent(new Event("desk:keep"));
  const copies = copiesOf(dialog.dataset.user);
  if (!copies.length) return;
  event.preventDefault();
  dialog.querySelector("ul").replaceChildren(...copies.map(({ copy }) => line(copy)));
  dialog.showModal();
  dialog.querySelector("[data-answer=stay]").focus();
}

dialog?.addEventListener("click", (event) => {
  const answer = event.target.closest("[data-answer]")?.dataset.answer;
  if (!answer) return;
  dialog.close();
  if (answer === "stay") return;
  if (answer === "forget") {
    document.dispatchEvent(new Event("desk:forget"));
    copiesOf(dialog.dataset.user).forEach(({ key }) => drop(key));
  }
  document.dispatchEvent(new Event("desk:leave"));
  form.submit();
});

function line(copy) {
  const item = document.createElement("li");
  const link = document.createElement("a");
  link.href = copy.address;
  link.textContent = titleOf(copy);
  item.append(link, `, ${clock(copy.at)}`);
  return item;
}
