"""Why a file is not read at all. Nothing of the run has been written when one of these is raised."""

import enum


class Reason(enum.StrEnum):
    """A word for the report; the sentence is in FileRefused.detail."""

    ILL_FORMED = "ill_formed_xml"
    DOCTYPE = "doctype"
    NOT_RSS = "not_rss"
    NO_VERSION = "no_wxr_version"
    TOO_LARGE = "too_large"
    ARCHIVE = "bad_archive"
    UNREADABLE = "unreadable"


class FileRefused(Exception):
    """`context` has up to 80 characters around the place; `items_before` counts the whole items before it."""

    def __init__(
        self,
        reason: Reason,
        detail: str,
        *,
        file: str = "",
        line: int = 0,
        column: int = 0,
        context: str = "",
        items_before: int = 0,
    ):
        super().__init__(detail)
        self.reason, self.detail, self.file = reason, detail, file
        self.line, self.column, self.context = line, column, context
        self.items_before = items_before

    def __str__(self) -> str:
        """The sentence for the operator: what is wrong, where, and how much was readable before it."""
        text = f"{self.file}: {self.detail}" if self.file else self.detail
        if self.line:
            text += f" (line {self.line}, column {self.column}, after {self.items_before} whole items)"
        if self.context:
            text += f": …{self.context}…"
        return text
