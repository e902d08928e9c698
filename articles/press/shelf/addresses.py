"""Which addresses may ever be printed, and in which order they are walked.

Only addresses of a plain shape have a place on the shelf, so that no request can name a file outside it.
"""

import re

from articles.models.addresses.paths import ASKED_AFRESH
from articles.words.slugs import WORD

# What the name of a file at the top may end with. No other file is ever printed.
ENDINGS = ("txt", "xml", "json", "ico", "png", "webmanifest", "js", "md")
# The shapes that have a place. WORD stands for a word of letters and their marks, digits, - and _, which
# can't be the name of a file because it has no dot. nginx is given the same shapes with its own WORD
# (management/nginx), because it sees bytes where Python sees letters.
SHAPES = (
    "/(?:WORD/){0,7}",
    rf"/[A-Za-z0-9_-]{{1,60}}\.(?:{'|'.join(ENDINGS)})",
    r"/\.well-known/[A-Za-z0-9_-]{1,60}\.(?:txt|json)",
    r"/(?:WORD/){1,7}index\.md",
)
ADDRESS = re.compile("|".join(SHAPES).replace("WORD", f"[{WORD}-]{{1,120}}"))
LONGEST_WORD = 240  # bytes; file systems take 255


def has_place(path: str) -> bool:
    """Whether the address (decoded, as in PATH_INFO) may ever be printed."""
    if not ADDRESS.fullmatch(path):
        return False
    words = path.split("/")
    return words[1] not in ASKED_AFRESH and all(len(word.encode()) <= LONGEST_WORD for word in words)


def words_of(path: str) -> list[str]:
    return path.strip("/").split("/") if path.strip("/") else []


def path_of(words: list[str]) -> str:
    """The address of these words: a folder, or a file such as /robots.txt."""
    path = "/".join(words)
    return f"/{path}/" if path and "." not in words[-1] else f"/{path}"


def is_past(path: str, other: str) -> bool:
    """Whether a walk over the shelf comes to `path` later than to `other`. An address comes before those
    below it, and of two words the last in the alphabet comes first."""
    own, others = words_of(path), words_of(other)
    for mine, theirs in zip(own, others, strict=False):
        if mine != theirs:
            return mine < theirs
    return len(own) > len(others)
