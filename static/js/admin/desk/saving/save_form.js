// Saves without leaving the page. The form is sent as the browser would send it, and only what has changed is
// taken from the page that comes back. The caret, the scroll position and text that is typed meanwhile stay.
import { nextNumber, time } from "./clock.js";
import { isPending, settled } from "./pending_uploads.js";

const HERE = "The text is here.";
const REFUSALS = {
  413: "Not saved: this is more than can be sent at once. The text is here: take something out, such as pictures that stand in it as data, and save again.",
  503: `Not saved: the server is busy. ${HERE} Save again in a moment.`,
};

export function saving(form, body, tab) {
  const state = { dirty: form.hasAttribute("data-unsaved"), busy: false, native: false, listeners: [] };
  let isFilling = false;
  const edited = () => {
    // Values that came from the server are saved already.
    if (isFilling) return;
    state.dirty = true;
    state.touched = true;
    // Autosaving shows its own state.
    if (!("autosave" in form.querySelector("[data-save-state]").dataset)) say("Unsaved changes");
    state.listeners.forEach((listener) => listener());
  };
  form.addEventListener("input", edited);
  // Only change events of our own fields count. The browser also sends one when a field is left, and by then
  // the text may be saved already.
  form.addEventListener("change", (event) => event.isTrusted || edited());
  body.onChange(edited);
  if (state.dirty) say("Not saved yet");

  // A message above the text links to its field. If one of our own fields replaces the form's field, the
  // focus goes there.
  form.addEventListener("click", (event) => {
    const link = event.target.closest("#desk-wrong a");
    const field = link && document.getElementById(link.hash.slice(1))?.closest("[data-field], fieldset");
    if (!field) return;
    event.preventDefault();
    show(field, body);
  });

  window.addEventListener("beforeunload", (event) => {
    if (state.dirty && !state.native) event.preventDefault();
  });
  form.addEventListener("submit", (event) => {
    if (state.native) return;
    event.preventDefault();
    save(event.submitter);
  });

  async function save(button) {
    if (state.busy) return false;
    state.busy = true;
    form.classList.add("desk--saving");
    try {
      return await send(button);
    } finally {
      state.busy = false;
      form.classList.remove("desk--saving");
    }
  }

  async function send(button) {
    if (halfTyped()) return false;
    form.dispatchEvent(new Event("desk:settle"));
    if (isPending()) say("Waiting for the picture …");
    await settled();
    body.flush();
    state.touched = false;
    say("Saving …");
    // The article's form is left, so the browser sends it and shows the page that comes.
    if (button?.name === "_bin") return leave(button);
    const data = new FormData(form);
    if (!form.elements.lead_file?.files.length) data.delete("lead_file");
    data.append(button?.name || "_save_draft", button?.value || "1");
    // The server forgets with this save what was autosaved until now.
    data.append("_tab", tab);
    data.append("_number", nextNumber());
    const answer = await fetch(form.action, { method: "POST", body: data }).catch(() => null);
    if (!answer) return fail(`No connection. Nothing is lost. ${HERE} Save again in a moment.`);
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (page.querySelector("[data-desk-login]")) return leave(button);
    if (!page.getElementById("article_form")) {
      return fail(REFUSALS[answer.status] || `Not saved: the server answered ${answer.status}. ${HERE}`);
    }
    if (button?.name === "_discard" && answer.redirected) {
      state.native = true;
      location.assign(answer.url);
      return true;
    }
    return answer.redirected ? saved(answer, page, data, button) : refused(page);
  }

  // If a time is only half typed, browsers send no time at all, and a story that was to wait would be live at
  // once.
  function halfTyped() {
    const field = [...form.querySelectorAll("input[type=datetime-local]")].find((each) => each.validity.badInput);
    form.querySelectorAll("[data-half-typed]").forEach((old) => old.remove());
    if (!field) return false;
    const list = document.createElement("ul");
    list.className = "desk-errors";
    list.dataset.halfTyped = "";
    list.setAttribute("role", "alert");
    list.append(Object.assign(document.createElement("li"), { textContent: "Write the day and the time, or empty the field." }));
    const place = field.closest("[data-field]");
    place.append(list);
    say("Not saved", true);
    show(place, body);
    return true;
  }

  // If the session is gone, the browser sends the form itself, and the log-in page carries the text along.
  function leave(button) {
    state.native = true;
    for (const [name, value] of [["_tab", tab], ["_number", nextNumber()]]) {
      form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
    // Not at once: while the browser still handles the click, it would ignore this.
    setTimeout(() => form.requestSubmit(button));
    return false;
  }

  function fail(text) {
    say(text, true);
    return false;
  }

  function saved(answer, page, data, button) {
    history.replaceState(null, "", answer.url);
    form.action = answer.url;
    form.removeAttribute("data-new");
    const typed = new URL(answer.url).searchParams.get("merged");
    const note = typedNote(button);
    swap(page, "[data-swap], [data-swap-saved]");
    note?.();
    // What was typed since then lacks the colleague's words. It was made of the version that was sent, so the
    // next save is merged again.
    if (typed && state.touched) form.elements.version.value = typed;
    else if (typed) refill(page);
    const slug = page.getElementById("id_slug");
    if (form.elements.slug.value === data.get("slug")) form.elements.slug.value = slug.value;
    // This choice was for one save.
    if (form.elements.lead_in_library) form.elements.lead_in_library.checked = false;
    state.dirty = state.touched;
    document.querySelector(".messagelist")?.remove();
    tell([...page.querySelectorAll(".messagelist li")]);
    document.title = page.title;
    state.listeners.forEach((listener) => listener());
    return true;
  }

  // A note to readers that is not on the page yet stays typed: the function puts it back after a swap.
  function typedNote(button) {
    const { correction_text: text, correction_kind: kind } = form.elements;
    if (!text?.value || ["_publish", "_correct"].includes(button?.name)) return null;
    return () => {
      const fields = form.elements;
      if (!fields.correction_text) return;
      fields.correction_text.value = text.value;
      fields.correction_kind.value = kind.value;
      fields.correction_text.closest("details").open = true;
    };
  }

  // The saved text has a colleague's changes in it.
  function refill(page) {
    isFilling = true;
    for (const fresh of page.querySelectorAll("#article_form [name]")) {
      const field = form.elements[fresh.name];
      if (!field || fresh.name === "body" || fresh.type === "submit" || fresh.type === "file" || field.value === fresh.value) continue;
      fill(field, fresh.value);
      field.dispatchEvent(new Event("desk:set"));
    }
    const picture = page.querySelector("[data-lead-img]")?.getAttribute("src");
    if (picture) form.querySelector("[data-lead-img]").src = picture;
    const text = page.getElementById("id_body")?.value;
    if (text === undefined) isFilling = false;
    else body.set(text, () => (isFilling = false));
  }

  // Short messages are shown beside the buttons, so that the text does not jump. Those that need attention
  // are shown above the text.
  function tell(messages) {
    const place = form.querySelector("[data-save-state]");
    const calm = messages.filter((message) => !message.matches(".warning, .error"));
    place.replaceChildren(...calm.flatMap((message) => [...message.childNodes]), ` ${time(Date.now())}`);
    form.querySelectorAll(".desk-note").forEach((old) => old.remove());
    for (const message of messages.filter((message) => !calm.includes(message))) {
      const box = document.createElement("div");
      box.className = "desk-note";
      box.append(...message.childNodes);
      form.querySelector(".desk-writing").prepend(box);
    }
    if (state.dirty) place.append(" Unsaved changes since.");
    place.removeAttribute("data-grave");
    delete place.dataset.autosave;
    place.dataset.saved = new Date().toISOString();
  }

  function refused(page) {
    if (page.getElementById("article_form").dataset.uid !== form.dataset.uid) becomeNew(page.getElementById("article_form"));
    swap(page, "[data-swap]");
    say("Not saved", true);
    const wrong = form.querySelector("[data-errors-of]");
    const clash = form.querySelector("#desk-conflict > *");
    if (clash) clash.scrollIntoView({ block: "start" });
    else if (wrong) show(wrong.closest("[data-field], fieldset"), body);
    return false;
  }

  // The article is in the bin or deleted, and the text can be saved as a new one.
  function becomeNew(fresh) {
    const old = form.dataset.uid;
    form.action = fresh.action;
    form.elements.uid.value = form.dataset.uid = fresh.dataset.uid;
    form.setAttribute("data-new", "");
    form.dispatchEvent(new CustomEvent("desk:new", { detail: old }));
  }

  function swap(page, selector) {
    for (const old of form.querySelectorAll(selector)) {
      const fresh = page.getElementById(old.id);
      if (fresh) old.replaceWith(fresh);
    }
    for (const list of form.querySelectorAll("[data-errors-of]")) list.remove();
    for (const list of page.querySelectorAll("#article_form [data-errors-of]")) {
      form.querySelector(`[data-field="${list.dataset.errorsOf}"]`)?.append(list);
    }
    form.elements.csrfmiddlewaretoken.value = page.querySelector("#article_form [name=csrfmiddlewaretoken]").value;
    form.dispatchEvent(new Event("desk:swapped"));
    document.querySelector("[data-title]").textContent = page.querySelector("[data-title]").textContent;
  }

  function say(text, grave = false) {
    const place = form.querySelector("[data-save-state]");
    place.textContent = text;
    place.toggleAttribute("data-grave", grave);
    delete place.dataset.saved;
    delete place.dataset.autosave;
  }

  state.save = save;
  state.edited = edited;
  return state;
}

// Changes the text of a field. A caret in it stays between the letters between which it was.
function fill(field, text) {
  const { value: before, selectionEnd: caret } = field;
  field.value = text;
  if (document.activeElement !== field || typeof caret !== "number") return;
  const rest = before.length - caret;
  const isSameBefore = text.startsWith(before.slice(0, caret));
  const place = isSameBefore || !text.endsWith(before.slice(caret)) ? Math.min(caret, text.length) : text.length - rest;
  field.setSelectionRange(place, place);
}

function show(field, body) {
  for (let fold = field.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
  field.scrollIntoView({ block: "center" });
  if (field.dataset.field === "body" && body.editor) body.editor.focus();
  else field.querySelector("input:not([type=hidden]):not([hidden]), textarea:not([hidden]), select:not([hidden])")?.focus();
}
