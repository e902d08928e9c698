"""Drives the desk as a person does, and counts what that person does.

An act is a click, a key that is no letter of the text, or the choice of a file. Letters and figures that
stand in the story, spaces and line ends included, are content; so are names and passwords that are typed. A window is
what comes over the page or beside it: a dialog for a file, another tab.
The signs of a heading ("## ") are counted, once a heading.
"""

from dataclasses import dataclass, field


@dataclass
class Desk:
    page: object
    url: str
    acts: list = field(default_factory=list)
    loads: int = 0
    windows: int = 0

    def __post_init__(self):
        self.page.on("load", self.loaded)
        self.page.on("popup", self.another_window)

    def loaded(self, page):
        self.loads += 1

    def another_window(self, _page):
        self.windows += 1

    def start_counting(self):
        self.acts.clear()
        self.loads = self.windows = 0

    def took_at_most(self, *, acts, loads, windows):
        """Since counting started."""
        assert len(self.acts) <= acts, self.acts
        assert self.loads <= loads
        assert self.windows <= windows

    def act(self, what):
        self.acts.append(what)

    def types(self, text):
        self.page.keyboard.type(text)

    def presses(self, key):
        self.act(key)
        self.page.keyboard.press(key)

    def clicks(self, selector, **how):
        self.act(f"click {selector}")
        self.page.click(selector, **how)

    def begins_part(self, heading, text):
        """Enter is a line end of the story; the signs are not."""
        self.page.keyboard.press("Enter")
        self.act("## ")
        self.types(f"## {heading}")
        self.page.keyboard.press("Enter")
        self.types(text)

    def chooses_file(self, selector, path):
        self.act(f"click {selector}")
        with self.page.expect_file_chooser() as chooser:
            self.page.click(selector)
        self.windows += 1
        self.act("choose the file")
        chooser.value.set_files(path)

    def drops_file(self, selector, name, data):
        """Drag from the file manager and let go: one act."""
        self.act(f"drop on {selector}")
        self.page.evaluate(DROP, [selector, name, list(data)])

    def opens(self, path):
        """By typing an address; not counted."""
        self.page.goto(self.url + path)
        self.is_ready()

    def is_ready(self):
        self.page.wait_for_selector(".desk-body--ready")
        self.page.wait_for_load_state()

    def waits_for_state(self, word):
        self.page.wait_for_selector(f".desk-state__word:text-is('{word}')")

    def body(self):
        return self.page.evaluate("CKEDITOR.instances.id_body.getData()")

    def focus(self):
        return self.page.evaluate("document.activeElement.name || document.activeElement.id")


DROP = """([selector, name, bytes]) => {
  const target = document.querySelector(selector);
  const data = new DataTransfer();
  data.items.add(new File([new Uint8Array(bytes)], name, {type: "image/jpeg"}));
  const frame = target.getBoundingClientRect();
  const where = {bubbles: true, cancelable: true, dataTransfer: data, clientX: frame.left + 20, clientY: frame.top + 20};
  target.dispatchEvent(new DragEvent("dragover", where));
  target.dispatchEvent(new DragEvent("drop", where));
}"""
