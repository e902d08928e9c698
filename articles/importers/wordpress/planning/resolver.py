"""What texts ask about an export of which no file is taken over: links, blocks, pages of pictures."""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from articles.importers.wordpress.deciding.permalinks import number_in, path_of
from articles.importers.wordpress.deciding.states import Kind, Options, State, decide
from articles.importers.wordpress.surveying import Entry, Scratch
from articles.importers.wordpress.text import Document, GalleryRequest, Picture

# The address of an article that is published at that time and has that slug.
AddressOf = Callable[[datetime.datetime, str], str]


@dataclass(frozen=True, slots=True)
class Decided:
    """What addresses depend on, besides the export itself."""

    now: datetime.datetime
    options: Options
    address_of: AddressOf


class WithoutMedia:
    """Pictures stay out, and their figures become links to them."""

    def __init__(self, scratch: Scratch, site: int, zone: datetime.tzinfo, decided: Decided):
        self.scratch, self.site, self.zone, self.decided = scratch, site, zone, decided

    def link(self, address: str) -> str | None:
        """The address that a public article has or will have here, wherever it stands in the export. Of all
        else the old address stays, and the redirects of the paper answer it."""
        entry = self.entry(address)
        if entry is None or entry.kind != Kind.ARTICLE or not self.scratch.is_only_one(self.site, entry.slug):
            return None
        given = self.decided
        decision = decide(entry.as_item(), now=given.now, zone=self.zone, options=given.options)
        if decision.state is not State.PUBLISHED or decision.instant is None:
            return None
        return given.address_of(decision.instant.at, entry.slug)

    def entry(self, address: str) -> Entry | None:
        if number := number_in(address):
            return self.scratch.entry(self.site, number)
        path = path_of(address).partition("?")[0].rstrip("/")
        return self.scratch.entry_at(self.site, f"{path}/") or self.scratch.entry_at(self.site, path)

    def picture(self, address: str, attachment: str) -> Picture | None:
        return None

    def is_picture_page(self, address: str) -> bool:
        return self.scratch.attachment_at(self.site, path_of(address)) is not None

    def document(self, address: str, attachment: str) -> Document | None:
        return None

    def block(self, ref: str) -> str | None:
        return self.scratch.block(self.site, ref)

    def gallery(self, request: GalleryRequest) -> Sequence[Picture]:
        return ()
