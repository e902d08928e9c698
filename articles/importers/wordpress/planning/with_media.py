"""What texts ask about an export whose files are taken over."""

import datetime
from collections.abc import Sequence

from articles.importers.wordpress.deciding.own import Own
from articles.importers.wordpress.media import DATA, Uploads
from articles.importers.wordpress.records import Attachment
from articles.importers.wordpress.surveying import Scratch
from articles.importers.wordpress.text import (
    Document,
    GalleryRequest,
    OldSite,
    Picture,
    attachment_at,
    file_key,
)
from articles.importers.wordpress.text.addresses import is_file, is_picture_file

from .resolver import Decided, WithoutMedia


class WithMedia(WithoutMedia):
    """For the text of one item of a site."""

    def __init__(
        self,
        scratch: Scratch,
        site: int,
        zone: datetime.tzinfo,
        decided: Decided,
        *,
        post_id: str,
        old_site: OldSite,
        uploads: Uploads,
        own: Own | None = None,
    ):
        super().__init__(scratch, site, zone, decided)
        self.post_id, self.old_site, self.uploads, self.own = post_id, old_site, uploads, own
        self.pictures = uploads.pictures

    def picture(self, address: str, attachment: str) -> Picture | None:
        found = self.found(address, attachment)
        if found is None or self.own is None:
            return found
        # A text of ours has all the words that are to stand under its pictures.
        return Picture(found.image, is_decorative=attachment in self.own.decorative)

    def found(self, address: str, attachment: str) -> Picture | None:
        """A picture of the media library, or a file of the old site that is not in it. Of other sites nothing
        is taken: who has made those pictures is not known."""
        if address.startswith(DATA):
            return self.pictures.at(address)
        found = attachment_at(address, attachment, Library(self.scratch, self.site))
        if found is not None:
            return self.pictures.of_attachment(found)
        return self.pictures.at(address) if self.is_own(address) and is_picture_file(address) else None

    def is_own(self, address: str) -> bool:
        host = file_key(address).partition("/")[0]
        return host in self.old_site.hosts | self.old_site.media_hosts | self.uploads.hosts

    def document(self, address: str, attachment: str) -> Document | None:
        """A file of the media library, or one of the old site that is not in it."""
        found = attachment_at(address, attachment, Library(self.scratch, self.site))
        if found is not None and not is_picture_file(found.url):
            taken = self.uploads.documents.of_attachment(found)
        elif found is None and self.is_own(address) and is_file(address) and not is_picture_file(address):
            taken = self.uploads.documents.at(address)
        else:
            return None
        return Document(taken.here, taken.type, taken.size) if taken.number is not None else None

    def link(self, address: str) -> str | None:
        """A link to a file leads to the document. One to a picture stays, and its redirect answers it."""
        there = super().link(address)
        if there is None and is_file(address) and (document := self.document(address, "")):
            return document.address
        return there

    def lead(self, number: str) -> Picture | None:
        """The picture that stands above the text; `number` is that of its attachment, or empty."""
        found = self.scratch.attachment(self.site, number) if number else None
        return self.pictures.of_attachment(found) if found else None

    def gallery(self, request: GalleryRequest) -> Sequence[Picture]:
        if request.ids:
            numbered = (self.scratch.attachment(self.site, number) for number in request.ids)
            found = [attachment for attachment in numbered if attachment]
        else:
            found = self.scratch.attachments_below(self.site, request.parent or self.post_id)
            found = [each for each in found if each.post_id not in request.exclude]
            found = found[::-1] if request.order.upper().endswith(" DESC") else found
        pictures = [self.pictures.of_attachment(each) for each in found if is_picture_file(each.url)]
        return [picture for picture in pictures if picture]


class Library:
    """The attachments of the export, as which_file asks for them."""

    def __init__(self, scratch: Scratch, site: int):
        self.scratch, self.site = scratch, site

    def with_key(self, key: str) -> Attachment | None:
        return self.scratch.attachment_with(key)

    def with_size(self, key: str) -> Attachment | None:
        return self.scratch.attachment_with(key, is_size=True)

    def with_number(self, number: str) -> tuple[Attachment, str] | None:
        found = self.scratch.attachment(self.site, number)
        return (found, found.url) if found else None
