// While one writes, the text has the direction of its language, or the direction that is set in the form.
const RIGHT_TO_LEFT = /^(ar|ckb|dv|fa|he|ps|sd|ug|ur|yi)\b/;

export function direction(form) {
  const { language, direction: chosen } = form.elements;
  const holder = form.querySelector("[data-body-editor]");
  if (!language || !chosen || !holder) return;
  const set = () => {
    const runs = chosen.value === "auto" ? (RIGHT_TO_LEFT.test(language.value) ? "rtl" : "ltr") : chosen.value;
    const text = holder.querySelector(".cke_editable");
    if (text) text.dir = runs;
    for (const name of ["kicker", "headline", "standfirst"]) form.elements[name].dir = form.elements[name].value ? "auto" : runs;
  };
  for (const name of ["input", "change", "desk:ready"]) form.addEventListener(name, set);
  set();
}
