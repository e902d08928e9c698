"""The line of breaking news as a page has it, and as the file that pages without it ask for."""

import datetime
from dataclasses import dataclass

import brotli
from django.utils.translation import gettext as _

# Bytes of the file on its way to a reader.
LARGEST_FILE = 200
NO_LINE = "0"


@dataclass(frozen=True)
class Line:
    """ends, since: seconds since the epoch. Pages of articles of that publish time or later are printed with
    the line."""

    ends: int
    since: int
    text: str
    link: str = ""

    def is_on_page_of(self, publish_at: datetime.datetime | None) -> bool:
        return publish_at is not None and publish_at.timestamp() >= self.since


def file_of(line: Line | None) -> str:
    """A line each: its end, its link, the words beside it, and the text. The script reads them in this order
    and has no words of its own."""
    if line is None:
        return NO_LINE
    return "\n".join([str(line.ends), line.link, _("Breaking news"), _("Close"), line.text])


def letters_too_many(line: Line) -> int:
    """About how many letters of its text have to go for the file to be small enough; 0 if it is."""
    size = len(brotli.compress(file_of(line).encode()))
    # A letter of another script than Latin takes two bytes or three, of which compression leaves one.
    return max(0, size - LARGEST_FILE)
