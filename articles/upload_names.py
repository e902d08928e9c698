"""Names of files in WordPress's folder of uploads: of which file another one is a copy, smaller or
turned."""

import re
from collections.abc import Iterator

SIZED = re.compile(r"-(\d{1,5})x\d{1,5}(?=\.[a-z0-9]{2,5}$)", re.IGNORECASE)
MADE = re.compile(r"-(?:scaled|rotated)(?=\.[a-z0-9]{2,5}$)", re.IGNORECASE)
ENDING = re.compile(r"(?=\.[a-z0-9]{2,5}$)", re.IGNORECASE)


def possible_originals(name: str) -> Iterator[str]:
    """The files of which the file of that name may be a copy, to be looked up in that order, and only if no
    file has the name itself: of names that end in such as -300x200, half are those of originals."""
    whole = SIZED.sub("", name)
    if whole != name:
        yield whole
    bare = MADE.sub("", whole)
    if bare != whole:
        yield bare
        return
    for made in ("-scaled", "-rotated"):
        if ENDING.search(whole):
            yield ENDING.sub(made, whole, count=1)


def width_in(name: str) -> int | None:
    """How wide a copy is, as its name says."""
    found = SIZED.search(name)
    return int(found[1]) or None if found else None
