"""Elements of which nothing inside is read but addresses: films, sounds, old players, forms. What is in one
of these is shown to nobody, or stands for what can't be shown."""

import re
from dataclasses import dataclass, field

from articles.importers.wordpress.text.markup import attributes, opening_of, tag
from articles.importers.wordpress.text.result import Findings, Kind

from .media import Media
from .pictures import Pictures

SKIPPED = frozenset({"audio", "video", "object", "form"})
WITH_ADDRESS = frozenset({"source", "embed", "param", "iframe"})
# The names of parameters that hold one.
ADDRESSES = frozenset({"movie", "src", "url"})


@dataclass(slots=True)
class Skipped:
    name: str
    attrs: dict[str, str]
    depth: int = 1
    sources: list[str] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return not self.depth

    def see(self, token: re.Match[str]) -> None:
        name = (token["raw"] or token["name"] or "").lower()
        if name == self.name:
            self.depth += -1 if token["end"] else 1
        elif name in WITH_ADDRESS:
            attrs = attributes(opening_of(token[0]))
            if name != "param" or attrs.get("name", "").lower() in ADDRESSES:
                self.sources += filter(None, [attrs.get("src") or attrs.get("value", "")])

    @property
    def attachment(self) -> str:
        number = self.attrs.get("data-id", "")
        return number if number.isdecimal() else ""

    @property
    def address(self) -> str:
        given = self.attrs.get("data" if self.name == "object" else "src", "")
        return given or next(iter(self.sources), "")


def in_place_of(skipped: Skipped, media: Media, pictures: Pictures, findings: Findings) -> str:
    match skipped.name:
        case "form":
            findings.leave_out(Kind.ELEMENT, "form", tag("form", skipped.attrs))
            return ""
        case "object" | "blockquote":
            return media.frame(skipped.address, skipped.attrs.get("title", ""))
        case "audio":
            return media.sound(skipped.address, skipped.attachment)
    poster = skipped.attrs.get("poster", "")
    picture = pictures.shown({"src": poster}, in_link=False) if poster else None
    return (picture.html if picture and picture.is_picture else "") + media.film(
        skipped.address, skipped.attachment
    )
