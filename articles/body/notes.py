"""What sanitising left out, told to the editor in plain words, each with what to do about it; and, in one
line, what it cleaned that nobody will miss."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

MAX_NAMES = 3
MAX_NAME_LENGTH = 60


@dataclass(slots=True)
class Losses:
    """What could not be kept and an editor would want to know of."""

    pictures: list[str] = field(default_factory=list)
    frames: Counter[str] = field(default_factory=Counter)
    media: int = 0
    links: int = 0
    # Words that were deleted in the program they come from, which keeps them to be looked at.
    deleted: list[str] = field(default_factory=list)
    # The words in drawings that were left out.
    drawings: list[str] = field(default_factory=list)
    # Something to say about it → how often; see CLEANED.
    cleaned: Counter[str] = field(default_factory=Counter)


# What nobody will miss, in the order in which it is said: one of it, several.
CLEANED = {
    "comments": ("1 comment", "{} comments"),
    "edits": ("1 “edit” link", "{} “edit” links"),
    "notes": ("1 mark of a note that is not there", "{} marks of notes that are not there"),
    "invisible": ("1 piece of text with invisible characters", "{} pieces of text with invisible characters"),
    "tracked": ("tracking in 1 link", "tracking in {} links"),
    "pixels": ("1 tracking pixel", "{} tracking pixels"),
}


def cleaned_line(losses: Losses) -> str:
    """One sentence; empty if nothing was cleaned."""
    told = [
        one if losses.cleaned[kind] == 1 else many.format(losses.cleaned[kind])
        for kind, (one, many) in CLEANED.items()
        if losses.cleaned[kind]
    ]
    return f"Cleaned: {', '.join(told)}." if told else ""


def notes(losses: Losses) -> Iterator[str]:
    if losses.deleted:
        what, _ = _left_out(len(losses.deleted), "deleted passage", "deleted passages")
        yield f"{what}{_names(losses.deleted)}; accept or reject changes before you copy if this is wrong."
    if losses.drawings:
        what, them = _left_out(len(losses.drawings), "drawing with words", "drawings with words")
        yield f"{what}{_names(losses.drawings)}; add {them} as a picture, and write in the text what matters."
    if losses.pictures:
        what, them = _left_out(
            len(losses.pictures), "picture from another site", "pictures from another site"
        )
        yield f"{what}{_names(losses.pictures)}; add {them} with Insert picture."
    for host, count in losses.frames.items():
        what, them = _left_out(count, f"embedded frame from {host}", f"embedded frames from {host}")
        yield f"{what}; paste the address of what it shows on a line of its own instead."
    if losses.media:
        what, them = _left_out(losses.media, "video, sound or file", "videos, sounds or files")
        yield f"{what}; link to where {them} can be found instead."
    if losses.links:
        what, _ = _left_out(losses.links, "link with an unusable address", "links with unusable addresses")
        yield f"{what}, but not the text; use an address that begins with https:// or /."


def _left_out(count: int, one: str, many: str) -> tuple[str, str]:
    return (f"1 {one} was left out", "it") if count == 1 else (f"{count} {many} were left out", "them")


def _names(names: list[str]) -> str:
    """The first few by their descriptions, so that an editor knows which ones."""
    known = [f"“{name[:MAX_NAME_LENGTH]}”" for name in names if name][:MAX_NAMES]
    return f" ({', '.join(known)})" if known else ""
