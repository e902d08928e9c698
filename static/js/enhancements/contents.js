// The contents list beside the text: marks the part that is being read.

export function markPart(list) {
  const links = new Map();
  for (const link of list.querySelectorAll("a")) {
    const part = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (part) links.set(part, link);
  }
  const parts = [...links.keys()];
  // A part begins to be read when its heading passes the upper third of the window. What lies above counts as
  // seen, so that a jump over several parts is noticed too.
  const mark = () => {
    const line = innerHeight / 3;
    const read = parts.findLast((part) => part.getBoundingClientRect().top <= line);
    for (const [part, link] of links) {
      if (part === read) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  };
  const watch = new IntersectionObserver(mark, { rootMargin: "999999px 0px -66%" });
  parts.forEach((part) => watch.observe(part));
}

document.querySelectorAll(".contents").forEach(markPart);
