// Offers a picture that the library had before in place of one that was just uploaded and looks like it. Nothing waits
// for the answer: the new one is in its place already, and stays unless an editor takes the other.
export function offerAlike({ url, alike }, take) {
  document.querySelector(".desk-alike")?.remove();
  if (!alike?.length) return;
  const box = document.createElement("section");
  box.className = "desk-alike";
  box.setAttribute("role", "status");
  box.setAttribute("aria-label", "A picture that looks like it");
  const question = document.createElement("p");
  question.textContent = "The library has a picture that looks like this one. Is it the same?";
  const tiles = document.createElement("div");
  tiles.className = "desk-alike__tiles";
  const close = () => box.remove();
  tiles.append(picture(url, "Keep the new one", close));
  for (const other of alike) {
    tiles.append(picture(other.url, `Use “${other.name}”`, () => {
      close();
      take(other);
    }));
  }
  box.append(question, tiles);
  document.body.append(box);
}

function picture(url, words, act) {
  const button = document.createElement("button");
  button.type = "button";
  button.append(Object.assign(document.createElement("img"), { src: url, alt: "" }), words);
  button.addEventListener("click", act);
  return button;
}
