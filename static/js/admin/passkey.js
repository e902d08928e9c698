// Buttons that make a passkey or use one: the browser is asked what the button says, its answer goes into the form's
// hidden field, and the form is sent. Forms may come later (log_in_here.js shows log-in pages in a dialog), so clicks are
// heard at the document. Without this script, or in a browser that has no passkeys, a code can be typed.

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-passkey]");
  if (!button) return;
  event.preventDefault();
  const form = button.form;
  if (button.dataset.passkey === "make" && !form.reportValidity()) return;
  tell(form, "");
  try {
    form.elements[button.dataset.field].value = JSON.stringify(await answer(button));
    if (button.dataset.passkey === "show") return shown(form);
    form.requestSubmit(button.dataset.passkey === "make" ? button : undefined);
  } catch (error) {
    tell(form, error.name === "InvalidStateError" ? "This device has a passkey here already." : "No passkey was given. Try again, or use a code.");
  }
});

// The form has several buttons, so none is pressed.
function shown(form) {
  form.querySelector("[data-passkey-shown]").textContent = "Taken. Now press what you want.";
}

async function answer(button) {
  const asked = JSON.parse(button.dataset.asked);
  const publicKey = { ...asked, challenge: bytes(asked.challenge) };
  if (button.dataset.passkey === "make") {
    publicKey.user = { ...asked.user, id: bytes(asked.user.id) };
    publicKey.excludeCredentials = asked.excludeCredentials.map(named);
    return said(await navigator.credentials.create({ publicKey }));
  }
  publicKey.allowCredentials = asked.allowCredentials.map(named);
  return said(await navigator.credentials.get({ publicKey }));
}

// The answer as JSON, which older browsers don't make by themselves.
function said(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"])
    if (credential.response[name]) response[name] = text(credential.response[name]);
  const { id, type } = credential;
  return { id, rawId: text(credential.rawId), type, response, clientExtensionResults: {} };
}

function named(key) {
  return { ...key, id: bytes(key.id) };
}

function bytes(written) {
  return Uint8Array.from(atob(written.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
}

function text(buffer) {
  const letters = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(letters).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

function tell(form, why) {
  form.querySelector("[data-passkey-told]").textContent = why;
}
