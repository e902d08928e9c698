"""What is remembered of a link and of a figure while they are open."""

from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

from articles.importers.wordpress.text.markup import element


@dataclass(slots=True)
class OpenLink:
    href: str | None
    # What follows it, such as the type and size of a file.
    after: str = ""
    is_of_picture: bool = False
    has_text: bool = False

    def end(self, words: str) -> str:
        """`words` are those of a link to a file that has none."""
        text = escape(words) if self.after and not self.has_text else ""
        return text + ("</a>" if self.href is not None else "") + self.after


@dataclass(slots=True)
class OpenFigure:
    """What it has still to say: where the link around its picture led, and whose the picture is."""

    href: str = ""
    alt: str = ""
    credit: str = ""
    # Whether that link is open in the caption.
    is_in_link: bool = False

    def caption(self) -> str:
        """The caption of a figure that had none."""
        words = ""
        if self.href:
            text = self.alt or urlsplit(self.href).hostname or self.href
            words = element("a", {"href": self.href}, escape(text))
        words = f"{words} {self.cited()}".strip()
        return element("figcaption", {}, words) if words else ""

    def cited(self) -> str:
        return element("cite", {}, escape(self.credit)) if self.credit else ""
