"""Each picture of the old site → the one of ours that it has become, or the reason why there is none."""

import base64
import binascii
from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Protocol

from articles.images import ImageRefused
from articles.images.decode_limits import MAX_BYTES
from articles.importers.wordpress.deciding.wording import plain
from articles.importers.wordpress.records import Attachment
from articles.importers.wordpress.text import Picture, file_key
from articles.importers.wordpress.text.addresses import file_name

from .source import MediaSource, NotToBeHad, Wanted
from .taken import Memory, Taken
from .wanted import wanted_at, wanted_of

DATA = "data:"
MOST_IN_TEXT = 5_000_000
IN_TEXT = "picture in the text itself"
NOT_WRITTEN_OUT = f"it is not written in base64, or larger than {MOST_IN_TEXT // 10**6} MB"


class Keep(Protocol):
    """Takes bytes into the library, and answers the number of the picture and whether it is new there. The
    same bytes are one picture. Raises ImageRefused."""

    def __call__(self, data: bytes, *, name: str, words: Mapping[str, str]) -> tuple[int, bool]: ...


class Pictures(Memory):
    def __init__(self, source: MediaSource, keep: Keep):
        super().__init__()
        self.source, self.keep = source, keep

    def of_attachment(self, attachment: Attachment) -> Picture | None:
        """With the words of the media library. Its title is the name of the file as a rule, and not used."""
        taken = self.taken(attachment)
        words = words_of(attachment)
        return Picture(taken.number, **words) if taken.number is not None else None

    def taken(self, attachment: Attachment) -> Taken:
        key = f"{attachment.post_id} {file_key(attachment.url)}"
        blank = Taken(attachment.url, attachment.post_id)
        return self.remembered(key) or self.remember(
            key, self.take(wanted_of(attachment), blank, words_of(attachment))
        )

    def at(self, address: str) -> Picture | None:
        """A picture that is in no media library, or in the text itself."""
        is_data = address.startswith(DATA)
        key = sha256(address.encode("utf-8", "replace")).hexdigest() if is_data else file_key(address)
        taken = self.remembered(key)
        if taken is None:
            taken = in_text(address, self.keep) if is_data else self.take(wanted_at(address), Taken(address))
            self.remember(key, taken)
        return Picture(taken.number) if taken.number is not None else None

    def take(self, wanted: Wanted, blank: Taken, words: Mapping[str, str] | None = None) -> Taken:
        try:
            with self.source.open(wanted, most=MAX_BYTES) as found:
                blank = replace(blank, file=found.name, note=found.note)
                data = found.file.read(MAX_BYTES)
        except NotToBeHad as error:
            return replace(blank, reason=str(error))
        except OSError as error:
            return replace(blank, reason=f"it cannot be read: {error.strerror}")
        return kept(blank, data, words or {}, self.keep)


def words_of(attachment: Attachment) -> dict[str, str]:
    """As plain text. What is empty stays so: no alt text is invented."""
    caption = attachment.caption if attachment.is_own else plain(attachment.caption)
    return {"alt": attachment.alt, "caption": caption, "credit": attachment.credit}


def kept(blank: Taken, data: bytes, words: Mapping[str, str], keep: Keep) -> Taken:
    try:
        number, is_new = keep(data, name=file_name(blank.address) or blank.file, words=words)
    except ImageRefused as error:
        return replace(blank, reason=error.message)
    return replace(blank, number=number, is_new=is_new)


def in_text(address: str, keep: Keep) -> Taken:
    """A picture that is written out in the address. It may be a character or a megabyte."""
    head, _, written = address.partition(",")
    blank = Taken(f"{head[:60]},…")
    if not head.endswith(";base64") or len(written) > MOST_IN_TEXT * 4 // 3:
        return replace(blank, reason=NOT_WRITTEN_OUT)
    try:
        data = base64.b64decode("".join(written.split()), validate=True)
    except (ValueError, binascii.Error):
        return replace(blank, reason="it is not whole")
    return kept(replace(blank, file=IN_TEXT), data, {}, keep)
