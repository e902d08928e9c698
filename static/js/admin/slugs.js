// Django's own script leaves vowel signs and other marks out of a slug. The server makes the same in articles/words/slugs.py.
window.URLify = (name, length) => {
  const kept = name.normalize("NFKC").toLowerCase().replaceAll("i\u0307", "i")
    .replace(/[^-_\p{L}\p{N}\p{Mn}\p{Mc}\s]|\p{Variation_Selector}/gu, "")
    .replace(/[-\s]+/g, "-");
  return [...kept].slice(0, length).join("").replace(/^[-_]+|[-_]+$/g, "");
};
