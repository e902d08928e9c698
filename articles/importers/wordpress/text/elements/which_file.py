"""Which attachment of the old site an address in a text means.

Sizes are looked up first and told by their names only then: of the files whose names end in such as -300x200,
half are originals.
"""

from typing import Protocol, TypeVar

from articles.importers.wordpress.text.addresses import file_key, file_name
from articles.upload_names import possible_originals

Found = TypeVar("Found", covariant=True)


class Files(Protocol[Found]):
    """The attachments of an export."""

    def with_key(self, key: str) -> Found | None:
        """The attachment whose own file has that key (see file_key)."""

    def with_size(self, key: str) -> Found | None:
        """The attachment whose metadata name a file with that key as one of its sizes."""

    def with_number(self, number: str) -> tuple[Found, str] | None:
        """The attachment with that id, and the address of its file."""


def attachment_at(address: str, number: str, files: Files[Found]) -> Found | None:
    """`number` is the id that the text gives with the address, or empty."""
    key = file_key(address)
    found = files.with_key(key) or files.with_size(key)
    for original in possible_originals(key) if found is None else ():
        found = found or files.with_key(original)
    return found if found is not None else _by_number(address, number, files)


def _by_number(address: str, number: str, files: Files[Found]) -> Found | None:
    """The id counts if the file's name begins as that of the attachment: ids are copied along with pictures
    to other sites, where they are those of other pictures. Without an address, it is all there is."""
    found = files.with_number(number) if number else None
    if found is None:
        return None
    attachment, own = found
    stem = file_name(own).rpartition(".")[0].removesuffix("-scaled")
    return attachment if not address or (stem and file_name(address).startswith(stem)) else None
