"""What the person who imports decides about texts, and the words that a converted text says itself."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Words:
    """In English; a paper in another language passes its own."""

    listen: str = "Listen: {}"
    watch: str = "Watch: {}"
    download: str = "Download"
    picture: str = "Picture: {}"
    frame: str = "See {}"


@dataclass(frozen=True, slots=True)
class Options:
    # Of a text in several languages (qTranslate, WPML) this one is taken; empty for the first.
    language: str = ""
    # Names of shortcodes besides those that are known.
    shortcodes: frozenset[str] = frozenset()
    # Whether ((…)) is a footnote.
    has_footnote_marks: bool = False
    # Whether the end of a caption that says who made the picture is its credit.
    credit_from_caption: bool = False
    words: Words = field(default_factory=Words)
