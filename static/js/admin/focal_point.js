// The picture in the library's form: a click, or the arrow keys on the mark, say what must stay in view.
export const STEPS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// `changed` is told the focal point, in per cent, now and whenever it moves.
export function focalPoint(figure, changed) {
  const image = figure.querySelector("img");
  const mark = figure.querySelector("button");
  const fields = [document.getElementById("id_focus_x"), document.getElementById("id_focus_y")];
  if (fields.includes(null)) return;

  const whole = (value) => Math.min(100, Math.max(0, Math.round(Number(value) || 0)));
  const place = () => {
    mark.hidden = false;
    mark.style.left = `${whole(fields[0].value)}%`;
    mark.style.top = `${(whole(fields[1].value) / 100) * image.clientHeight}px`;
  };
  const show = () => {
    place();
    changed(...fields.map((field) => whole(field.value)));
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
    const step = STEPS[event.key];
    if (!step) return;
    event.preventDefault();
    set(Number(fields[0].value) + step[0], Number(fields[1].value) + step[1]);
  });
  fields.forEach((field) => field.addEventListener("input", show));
  new ResizeObserver(place).observe(image);
  show();
}
