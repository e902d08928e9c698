"""What texts ask about an export of which no file is taken over: reusable blocks, and pages of pictures."""

from collections.abc import Sequence

from articles.importers.wordpress.deciding.permalinks import path_of
from articles.importers.wordpress.surveying import Scratch
from articles.importers.wordpress.text import Document, GalleryRequest, Picture


class WithoutMedia:
    """Pictures stay out, and their figures become links. Links of the old site stay as they were, and the
    redirects of this one answer them."""

    def __init__(self, scratch: Scratch, site: int):
        self.scratch, self.site = scratch, site

    def link(self, address: str) -> str | None:
        return None

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
