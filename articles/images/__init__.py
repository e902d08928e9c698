"""Pictures, bytes to bytes: verified, turned upright, stripped; cropped, scaled, encoded; named on a page.

No database and no files: those who keep pictures hand in bytes and a `PictureSource`.
"""

from .crops import (
    CARD,
    CLASSIC,
    NAMES,
    RATIOS,
    SHARING,
    SQUARE,
    WIDE,
    Crop,
    CropRefused,
    checked_crops,
    crops_of,
)
from .embedded import EmbeddedWords, embedded_words
from .encode import encode, encode_all
from .first_look import FirstLook, first_look
from .geometry import CENTRE, Box, Focus, Ratio, Size, crop_box, crop_size, fit_height, fit_within
from .likeness import ALIKE, Bands, difference, says_something
from .master import Master, fingerprint, make_master
from .picture import (
    PictureSource,
    allowed,
    fallback_rendition,
    files_named,
    find_rendition,
    picture_html,
    rendition_url,
    renditions_for,
    shared_renditions,
    social_rendition,
    whole_rendition,
)
from .rendition import Rendition, folder_path, parse_path, version_key
from .verify import ImageRefused
from .widths import PORTRAITS, ROLES, SHOWN, Format, Role, fallback_for, sizes_for

__all__ = [
    "CARD",
    "CLASSIC",
    "NAMES",
    "PORTRAITS",
    "RATIOS",
    "SHARING",
    "SQUARE",
    "WIDE",
    "Crop",
    "CropRefused",
    "FirstLook",
    "checked_crops",
    "crops_of",
    "first_look",
    "ALIKE",
    "CENTRE",
    "Bands",
    "EmbeddedWords",
    "difference",
    "embedded_words",
    "says_something",
    "ROLES",
    "SHOWN",
    "Box",
    "Focus",
    "Format",
    "ImageRefused",
    "Master",
    "PictureSource",
    "Ratio",
    "Rendition",
    "Role",
    "Size",
    "allowed",
    "crop_box",
    "crop_size",
    "encode",
    "encode_all",
    "fallback_for",
    "fallback_rendition",
    "files_named",
    "find_rendition",
    "fingerprint",
    "fit_height",
    "fit_within",
    "folder_path",
    "make_master",
    "parse_path",
    "picture_html",
    "rendition_url",
    "renditions_for",
    "shared_renditions",
    "sizes_for",
    "social_rendition",
    "version_key",
    "whole_rendition",
]
