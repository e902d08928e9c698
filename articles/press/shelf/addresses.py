"""Which addresses may ever be printed, and in which order they are walked.

Only addresses of a plain shape have a place: nothing that a request carries can name a file elsewhere.
"""

import re

# Words of letters, digits, - and _: without dots no address can be a file's name. Or one file at the top.
ADDRESS = re.compile(r"/(?:[\w-]{1,120}/){0,7}|/[\w-]{1,60}\.(?:txt|xml|json)")
# What the site answers afresh each time, or keeps for itself, whatever it answers.
NEVER_PRINTED = frozenset(["admin", "api", "health", "media", "preview", "search", "site-version", "static"])
LONGEST_WORD = 240  # bytes; file systems take 255


def has_place(path: str) -> bool:
    """Whether the address (decoded, as in PATH_INFO) may ever be printed."""
    if not ADDRESS.fullmatch(path):
        return False
    words = path.split("/")
    return words[1] not in NEVER_PRINTED and all(len(word.encode()) <= LONGEST_WORD for word in words)


def words_of(path: str) -> list[str]:
    return path.strip("/").split("/") if path.strip("/") else []


def path_of(words: list[str]) -> str:
    """The address of these words: a folder, or a file at the top such as /robots.txt."""
    path = "/".join(words)
    return f"/{path}/" if path and "." not in path else f"/{path}"


def is_past(path: str, other: str) -> bool:
    """Whether it comes later than the other when the shelf is walked: an address before those below it, the
    last in the alphabet first."""
    own, others = words_of(path), words_of(other)
    for mine, theirs in zip(own, others, strict=False):
        if mine != theirs:
            return mine < theirs
    return len(own) > len(others)
