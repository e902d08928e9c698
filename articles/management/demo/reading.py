"""The demo's files as records. An article is HTML under a front matter in TOML between two lines of +++."""

import datetime
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent
UNITS = {
    "minute": datetime.timedelta(minutes=1),
    "hour": datetime.timedelta(hours=1),
    "day": datetime.timedelta(days=1),
    "month": datetime.timedelta(days=30.4),
}
AGE = re.compile(r"(\d+) (minute|hour|day|month)s?")
FIGURE = re.compile(r'<figure( class="[a-z]+")? data-drawing="([a-z0-9-]+)"></figure>')
STATES = ("published", "scheduled", "in review", "draft", "withdrawn")


class Unreadable(ValueError):
    """A file of the demo says something that its reader does not know."""


@dataclass(frozen=True)
class Note:
    kind: str
    text: str
    age: datetime.timedelta


@dataclass(frozen=True)
class Text:
    name: str
    headline: str
    standfirst: str
    section: str
    authors: tuple[tuple[str, str], ...]
    tags: tuple[str, ...]
    body: str
    kicker: str = ""
    kind: str = "news"
    reviewed: str = ""
    rating: int | None = None
    lead: str = ""
    language: str = ""
    direction: str = "auto"
    state: str = "published"
    age: datetime.timedelta = datetime.timedelta()
    updated: datetime.timedelta | None = None
    notes: tuple[Note, ...] = ()
    search_title: str = ""
    search_description: str = ""

    def __post_init__(self) -> None:
        if self.state not in STATES:
            raise Unreadable(f"{self.name}: state is “{self.state}”; write one of {', '.join(STATES)}.")


def duration(age: str) -> datetime.timedelta:
    """ "3 days 5 hours" and the like."""
    if not AGE.search(age) or AGE.sub("", age).strip():
        raise Unreadable(f"“{age}” is no age; write “40 minutes”, “3 days 5 hours” or “2 months”.")
    return sum((int(number) * UNITS[unit] for number, unit in AGE.findall(age)), datetime.timedelta())


def split(path: Path) -> tuple[dict, str]:
    parts = path.read_text(encoding="utf-8").split("+++\n", 2)
    if len(parts) != 3 or parts[0].strip():
        raise Unreadable(f"{path.name}: begin with +++, the front matter, +++, then the text.")
    return tomllib.loads(parts[1]), parts[2].strip()


def read_text(path: Path) -> Text:
    values, body = split(path)
    authors = [(slug, "") for slug in values.pop("authors")]
    authors += values.pop("bylines", {}).items()
    notes = [Note(note["kind"], note["text"], duration(note["age"])) for note in values.pop("notes", ())]
    for name in ("age", "updated"):
        if name in values:
            values[name] = duration(values[name])
    return Text(
        name=path.stem,
        body=body,
        authors=tuple(authors),
        tags=tuple(values.pop("tags")),
        notes=tuple(notes),
        **values,
    )


def read_texts() -> list[Text]:
    """Oldest first, so that a later article has a higher number."""
    return sorted(map(read_text, sorted((FOLDER / "texts").glob("*.html"))), key=lambda text: -text.age)


def read_pages() -> list[tuple[str, dict, str]]:
    """(path, front matter, body) of each of the paper's own pages."""
    return [(path.stem, *split(path)) for path in sorted((FOLDER / "pages").glob("*.html"))]


def read_newsroom() -> dict:
    return tomllib.loads((FOLDER / "newsroom.toml").read_text(encoding="utf-8"))


def read_picture_files() -> dict[str, bytes]:
    """Every drawing and portrait as AVIF, under its name."""
    return {path.stem: path.read_bytes() for path in sorted((FOLDER / "pictures").glob("*.avif"))}


def read_picture_words() -> dict[str, dict[str, str]]:
    """Alt text, caption and credit of every drawing, under its name."""
    return tomllib.loads((FOLDER / "pictures.toml").read_text(encoding="utf-8"))


def with_figures(body: str, figure: Callable[[str, str], str]) -> str:
    """The body with each `<figure data-drawing="name"></figure>` as `figure(name, class)` writes it."""
    return FIGURE.sub(lambda found: figure(found[2], found[1] or ""), body)
