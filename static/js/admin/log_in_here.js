// Sends a form that has files only while somebody is logged in, and only once. If the session has ended, the log-in
// form is shown over the page, and after it the form is sent: once a page is left, a browser gives chosen files back to
// no form.
import { token } from "./desk/saving/autosave.js";
import "./passkey.js";

const NO_CONNECTION = "No connection. Nothing is lost: try again in a moment.";

for (const form of document.querySelectorAll("form[data-log-in]")) {
  let isBusy = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy) return;
    isBusy = true;
    isBusy = await send(form);
  });
}

// Resolves to whether somebody is logged in, who may have done so just now; if not, the form says why.
export async function isLoggedIn(form) {
  const why = await missing(form);
  if (why) tell(form, why);
  return why === "";
}

// Resolves to whether the form is on its way.
async function send(form) {
  if (!(await isLoggedIn(form))) return false;
  form.elements.csrfmiddlewaretoken.value = token(form);
  form.submit();
  return true;
}

// Why the form can't be sent now; empty if it can, and null if its sender has thought better of it.
async function missing(form) {
  const asked = await fetch(form.action, { method: "HEAD", redirect: "manual" }).catch(() => null);
  if (!asked) return NO_CONNECTION;
  if (asked.type !== "opaqueredirect") return "";
  const page = await opened(form.dataset.logIn);
  if (!page) return NO_CONNECTION;
  return (await logIn(page)) ? "" : null;
}

function tell(form, why) {
  form.querySelector("[data-not-sent]")?.remove();
  form.insertAdjacentHTML("afterbegin", '<p class="errornote" role="alert" data-not-sent></p>');
  form.querySelector("[data-not-sent]").textContent = why;
}

// Shows the log-in form of the page, and of each page that answers it. Resolves to whether somebody is logged in.
function logIn(page) {
  const dialog = document.createElement("dialog");
  dialog.className = "log-in";
  dialog.setAttribute("aria-labelledby", "log-in-title");
  dialog.innerHTML = `<h2 id="log-in-title">Your session has ended</h2>
    <p>Nothing is lost: log in, and what you have chosen is sent.</p><div data-asked></div>`;
  document.body.append(dialog);
  dialog.showModal();
  show(dialog, page);
  return new Promise((resolve) => {
    let isIn = false;
    dialog.addEventListener("submit", async (event) => {
      event.preventDefault();
      const answer = await opened(event.target.action, { method: "POST", body: new FormData(event.target) });
      isIn = Boolean(answer) && !formOf(answer);
      if (isIn) dialog.close();
      else if (answer) show(dialog, answer);
      else tell(event.target, NO_CONNECTION);
    });
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(isIn);
    });
  });
}

function show(dialog, page) {
  const errors = [...page.querySelectorAll(".errornote")];
  for (const error of errors) error.setAttribute("role", "alert");
  dialog.querySelector("[data-asked]").replaceChildren(...errors, ...[formOf(page)].filter(Boolean));
  beside(dialog);
  dialog.querySelector("input:not([type=hidden])")?.focus();
}

// With a provider one logs in in another tab, so that this page keeps what was chosen.
function beside(dialog) {
  const link = dialog.querySelector("[data-provider]");
  if (!link) return;
  link.target = "_blank";
  link.search = "?beside";
  dialog.querySelector("[data-provider-done]").hidden = false;
}

function formOf(page) {
  return page.querySelector("#login-form");
}

async function opened(address, options) {
  const answer = await fetch(address, options).catch(() => null);
  return answer && new DOMParser().parseFromString(await answer.text(), "text/html");
}
