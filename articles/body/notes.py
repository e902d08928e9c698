"""What sanitising left out, told to the editor in plain words, each with what to do about it."""

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


def notes(losses: Losses) -> Iterator[str]:
    if losses.pictures:
        what, them = _left_out(
            len(losses.pictures), "picture from another site", "pictures from another site"
        )
        yield f"{what}{_names(losses.pictures)}; add {them} with Insert picture."
    for host, count in losses.frames.items():
        what, them = _left_out(count, f"embedded frame from {host}", f"embedded frames from {host}")
        yield f"{what}; paste the address of what it shows on a line of its own instead."
    if losses.media:
        what, them = _left_out(losses.media, "video or sound", "videos or sounds")
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
