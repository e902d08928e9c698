"""Each sound, film, PDF or other file of the old site → the document of ours that it has become, or the
reason why there is none."""

from dataclasses import dataclass, replace
from typing import BinaryIO, Protocol

from articles.documents import MOST_BYTES
from articles.importers.wordpress.records import Attachment
from articles.importers.wordpress.text import file_key
from articles.importers.wordpress.text.addresses import file_name

from .source import MediaSource, NotToBeHad, Wanted
from .taken import Memory, Taken
from .wanted import wanted_as_it_is, wanted_of


@dataclass(frozen=True, slots=True)
class Kept:
    number: int
    is_new: bool
    address: str
    type: str
    size: str


class KeepDocument(Protocol):
    """Takes a file in; the same bytes are one document. Raises NotToBeHad."""

    def __call__(self, file: BinaryIO, *, name: str, title: str) -> Kept: ...


class Documents(Memory):
    def __init__(self, source: MediaSource, keep: KeepDocument):
        super().__init__()
        self.source, self.keep = source, keep

    def of_attachment(self, attachment: Attachment) -> Taken:
        key = f"{attachment.post_id} {file_key(attachment.url)}"
        blank = Taken(attachment.url, attachment.post_id)
        wanted = wanted_of(attachment)
        return self.remembered(key) or self.remember(key, self.take(wanted, blank, attachment.title))

    def at(self, address: str) -> Taken:
        """A file that is in no media library."""
        key = file_key(address)
        wanted = wanted_as_it_is(address)
        return self.remembered(key) or self.remember(key, self.take(wanted, Taken(address), ""))

    def take(self, wanted: Wanted, blank: Taken, title: str) -> Taken:
        try:
            with self.source.open(wanted, most=MOST_BYTES) as found:
                blank = replace(blank, file=found.name, note=found.note)
                kept = self.keep(found.file, name=file_name(blank.address) or blank.file, title=title)
        except NotToBeHad as error:
            return replace(blank, reason=str(error))
        except OSError as error:
            return replace(blank, reason=f"it cannot be read: {error.strerror}")
        return replace(
            blank, number=kept.number, is_new=kept.is_new, here=kept.address, type=kept.type, size=kept.size
        )
