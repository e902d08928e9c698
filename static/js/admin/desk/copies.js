// A copy of what is typed, kept in this browser until the server has it: for crashes, lost connections and
// tabs that were closed.
const PREFIX = "newsroom-desk";
const KEPT = 12;
const DAYS = 14;
const NOT_KEPT = new Set(["csrfmiddlewaretoken", "uid", "version", "lead_file"]);

export function copies(form, body, saver) {
  const mine = `${PREFIX}:${form.dataset.user}:`;
  const key = mine + form.dataset.uid;
  const version = () => form.elements.version.value || "0";
  let timer = 0;

  const keep = () => {
    clearTimeout(timer);
    if (!saver.dirty) return drop(key);
    const fields = {};
    for (const element of form.elements) {
      if (element.name && !element.name.startsWith("_") && !NOT_KEPT.has(element.name) && element.type !== "submit") fields[element.name] = element.value;
    }
    fields.body = body.html();
    write(key, { at: Date.now(), version: version(), isNew: form.hasAttribute("data-new"), fields });
  };
  saver.listeners.push(() => {
    clearTimeout(timer);
    timer = setTimeout(keep, saver.dirty ? 400 : 0);
  });
  window.addEventListener("pagehide", () => saver.dirty && keep());
  document.addEventListener("visibilitychange", () => document.hidden && saver.dirty && keep());
  form.addEventListener("click", (event) => event.target.closest("[data-drop-mine]") && forget());

  const forget = () => {
    saver.dirty = false;
    drop(key);
  };
  const restore = (copy) => {
    for (const [name, value] of Object.entries(copy.fields)) {
      const element = form.elements[name];
      if (name === "body" || !element || element.value === value) continue;
      element.value = value;
      element.dispatchEvent(new Event("desk:set"));
    }
    body.set(copy.fields.body);
    saver.edited();
  };
  const look = () => {
    prune(mine);
    if (saver.dirty) return;
    const copy = read(key);
    if (copy && differs(copy, form, body)) {
      if (copy.version === version()) {
        restore(copy);
        note(form, `What you had typed by ${clock(copy.at)} is back. It is not saved yet.`, [["Take the saved text instead", () => {
          forget();
          location.reload();
        }]]);
      } else offer(copy, key, "It is older than what was saved since.");
    } else if (copy) drop(key);
    if (form.hasAttribute("data-new")) {
      const [other] = all(mine).filter(({ copy: left }) => left.isNew);
      if (other && other.key !== key) offer(other.copy, other.key, "");
    }
  };
  const offer = (copy, from, more) => {
    const title = copy.fields.headline || "an article without a headline";
    const closing = note(form, `There is unsaved text of yours from ${clock(copy.at)}: “${title}”. ${more}`, [
      ["Bring it back", () => {
        restore(copy);
        if (from !== key) drop(from);
        closing();
      }],
      ["Throw it away", () => {
        drop(from);
        closing();
      }],
    ]);
  };
  if (body.area && window.CKEDITOR && !body.editor) form.addEventListener("desk:ready", look, { once: true });
  else look();
}

function differs(copy, form, body) {
  return Object.entries(copy.fields).some(([name, value]) => {
    if (name === "body") return plain(value) !== plain(body.html());
    return form.elements[name] && form.elements[name].value !== value;
  });
}

const plain = (html) => html.replace(/\s+/g, " ").replace(/> </g, "><").trim();

function note(form, text, buttons) {
  const box = document.createElement("div");
  box.className = "desk-note";
  box.setAttribute("role", "status");
  const sentence = document.createElement("p");
  sentence.textContent = text;
  box.append(sentence);
  for (const [label, act] of buttons) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "desk-link";
    button.textContent = label;
    button.addEventListener("click", act);
    box.append(button);
  }
  form.querySelector(".desk-writing").prepend(box);
  return () => box.remove();
}

function clock(at) {
  return new Date(at).toLocaleString([], { weekday: "short", hour: "2-digit", minute: "2-digit" });
}

function all(start) {
  return Object.keys(localStorage).filter((name) => name.startsWith(start))
    .map((name) => ({ key: name, copy: read(name) }))
    .filter(({ copy }) => copy)
    .sort((one, other) => other.copy.at - one.copy.at);
}

function prune(start) {
  const oldest = Date.now() - DAYS * 86400000;
  all(start).forEach(({ key, copy }, index) => {
    if (index >= KEPT || copy.at < oldest) drop(key);
  });
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return null;
  }
}

function write(key, copy) {
  try {
    localStorage.setItem(key, JSON.stringify(copy));
  } catch (error) {
    // Full or forbidden: the text is still in the form.
    if (!(error instanceof DOMException)) throw error;
  }
}

function drop(key) {
  localStorage.removeItem(key);
}
