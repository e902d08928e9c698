// The places in which two people have written something else. Without this script the radio buttons work by
// themselves.
export function conflict(form) {
  form.addEventListener("click", (event) => {
    const all = event.target.closest("[data-choose-all]");
    for (const radio of all ? form.querySelectorAll(`[data-choice] [value=${all.dataset.chooseAll}]`) : []) radio.checked = true;
    // A click anywhere in a reading chooses it.
    const reading = event.target.closest("[data-reading]");
    if (reading && !event.target.closest("input, label, a")) reading.querySelector("input").click();
    if (all) count();
  });
  form.addEventListener("change", (event) => event.target.closest("[data-choice]") && count());

  function count() {
    const choices = [...form.querySelectorAll("[data-choice]")];
    const open = choices.filter((choice) => !choice.querySelector(":checked"));
    form.querySelector("[data-open-places]").textContent = open.length ? `${open.length} of ${choices.length} still to choose.` : "";
  }
}
