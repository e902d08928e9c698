// The contents list beside the text: marks the part that is being read.

export function markPart(list) {
  const links = [...list.querySelectorAll("a")];
  // In the order of the list, which is made of them.
  const parts = [...document.querySelectorAll(".prose>h2[id]")];
  const mark = () => {
    const read = parts.findLastIndex((part) => part.getBoundingClientRect().top < innerHeight / 3);
    links.forEach((link, place) => {
      link.ariaCurrent = place === read ? "true" : null;
    });
  };
  // A part begins to be read when its heading passes the upper third of the window. What lies above counts as
  // seen, so that a jump over several parts is noticed too.
  const watch = new IntersectionObserver(mark, { rootMargin: "999999px 0px -66%" });
  parts.forEach((part) => watch.observe(part));
}

document.querySelectorAll(".contents").forEach(markPart);
