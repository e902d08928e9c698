// While one writes, the text has the language that is set in the form, which browsers need for spelling and those who
// listen for the right voice, and the direction of that language or the one that is set.
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

export function direction(form) {
  const { language, direction: chosen } = form.elements;
  const holder = form.querySelector("[data-body-editor]");
  if (!language || !chosen || !holder) return;
  const set = () => {
    const runs = chosen.value === "auto" ? (RIGHT_TO_LEFT.test(language.value) ? "rtl" : "ltr") : chosen.value;
    const text = holder.querySelector(".cke_editable");
    if (text) Object.assign(text, { dir: runs, lang: language.value });
    form.elements.body.lang = language.value;
    for (const name of ["kicker", "headline", "standfirst"]) {
      Object.assign(form.elements[name], { dir: form.elements[name].value ? "auto" : runs, lang: language.value });
    }
  };
  for (const name of ["input", "change", "desk:ready"]) form.addEventListener(name, set);
  set();
}
