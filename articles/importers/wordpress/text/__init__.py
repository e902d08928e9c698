"""Texts of WordPress → bodies of ours, without database and network.

    converted = convert(item.body, resolver, site=OldSite.of(base_blog_url, link), address=item.link)

The caller's resolver says where links lead now and which pictures and files there are; `Converted` says what
was asked, and what was left out.
"""

from .addresses import OldSite, file_key
from .converting import convert
from .elements.which_file import Files, attachment_at
from .languages import one_language
from .options import Options, Words
from .resolver import Document, GalleryRequest, Picture, Resolver
from .result import Converted, Kind, LeftOut, PictureNamed
from .shortcodes import in_blocks, proven

__all__ = [
    "Converted",
    "Document",
    "Files",
    "GalleryRequest",
    "Kind",
    "LeftOut",
    "OldSite",
    "Options",
    "Picture",
    "PictureNamed",
    "Resolver",
    "Words",
    "attachment_at",
    "convert",
    "file_key",
    "in_blocks",
    "one_language",
    "proven",
]
