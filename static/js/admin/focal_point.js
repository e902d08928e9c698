// The picture in the library's form: a click, or the arrow keys on the mark, say what must stay in view.
const figure = document.querySelector("[data-focal-point]");

function focalPoint(figure) {
  const image = figure.querySelector("img");
  const mark = figure.querySelector("button");
  const fields = [document.getElementById("id_focus_x"), document.getElementById("id_focus_y")];
  if (fields.includes(null)) return;

  const whole = (value) => Math.min(100, Math.max(0, Math.round(Number(value) || 0)));
  const show = () => {
    mark.hidden = false;
    mark.style.left = `${whole(fields[0].value)}%`;
    mark.style.top = `${(whole(fields[1].value) / 100) * image.clientHeight}px`;
  };
  const set = (x, y) => {
    [x, y].forEach((value, each) => (fields[each].value = whole(value)));
    show();
  };
  image.addEventListener("click", (event) => {
    const frame = image.getBoundingClientRect();
    set(((event.clientX - frame.left) / frame.width) * 100, ((event.clientY - frame.top) / frame.height) * 100);
  });
  mark.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    set(Number(fields[0].value) + step[0], Number(fields[1].value) + step[1]);
  });
  fields.forEach((field) => field.addEventListener("input", show));
  new ResizeObserver(show).observe(image);
  show();
}

if (figure) focalPoint(figure);
