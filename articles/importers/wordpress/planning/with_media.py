"""What texts ask about an export whose pictures are taken over."""

import datetime
from collections.abc import Sequence

from articles.importers.wordpress.media import DATA, Pictures
from articles.importers.wordpress.records import Attachment
from articles.importers.wordpress.surveying import Scratch
from articles.importers.wordpress.text import GalleryRequest, OldSite, Picture, attachment_at, file_key
from articles.importers.wordpress.text.addresses import is_picture_file

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
        pictures: Pictures,
    ):
        super().__init__(scratch, site, zone, decided)
        self.post_id, self.old_site, self.pictures = post_id, old_site, pictures

    def picture(self, address: str, attachment: str) -> Picture | None:
        """A picture of the media library, or a file of the old site that is not in it. Of other sites nothing
        is taken: who has made those pictures is not known."""
        if address.startswith(DATA):
            return self.pictures.at(address)
        found = attachment_at(address, attachment, Library(self.scratch, self.site))
        if found is not None:
            return self.pictures.of_attachment(found)
        host = file_key(address).partition("/")[0]
        is_own = host in self.old_site.hosts | self.old_site.media_hosts
        return self.pictures.at(address) if is_own and is_picture_file(address) else None

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
