"""The address of a rendition: its path under the media root is its path under the media URL.

    renditions/12/12345-5f0c9a1e-Zk3vQ0aXb1Lw/960x640.avif
               │  │     │        └ signature of number and version
               │  │     └ version: changes with the picture's bytes, its focal point, our way of encoding
               │  └ the picture's number
               └ thousands, so that no folder grows without bound

A file server hands out the file where it exists and passes the request on where it does not. Signatures don't
compress, so one covers all sizes of a picture: `allowed` in picture.py says which sizes those are.
"""

import base64
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from .geometry import Focus
from .widths import Format

FOLDER = "renditions"
PER_SHARD = 1000
# To be raised whenever encode.py starts to make other bytes of the same picture: caches keep them for ever.
RECIPE = 2

_SIGNATURE_BYTES = 9  # 72 bits, 12 letters
_PATH = re.compile(
    rf"{FOLDER}/(?P<shard>0|[1-9][0-9]{{0,15}})"
    r"/(?P<image_id>[1-9][0-9]{0,17})-(?P<key>[0-9a-f]{8})-(?P<signature>[0-9A-Za-z_-]{12})"
    r"/(?P<width>[1-9][0-9]{0,3})x(?P<height>[1-9][0-9]{0,3})\.(?P<format>avif|webp|jpg)"
)


@dataclass(frozen=True, slots=True)
class Rendition:
    """A picture scaled, cropped and encoded for one use."""

    image_id: int
    key: str
    width: int
    height: int
    format: Format

    @property
    def path(self) -> str:
        return f"{folder_path(self.image_id, self.key)}/{self.width}x{self.height}.{self.format}"


def version_key(fingerprint: str, focus: Focus) -> str:
    """Names one version of a picture; another picture or another focal point gets another address."""
    text = f"{RECIPE} {fingerprint} {focus.x:.4f} {focus.y:.4f}"
    return sha256(text.encode()).hexdigest()[:8]


def folder_path(image_id: int, key: str) -> str:
    """The folder of all renditions of one version of a picture."""
    return f"{FOLDER}/{image_id // PER_SHARD}/{image_id}-{key}-{sign(image_id, key, settings.SECRET_KEY)}"


@lru_cache(maxsize=8192)
def sign(image_id: int, key: str, secret: str) -> str:
    digest = salted_hmac("articles.images", f"{image_id} {key}", secret=secret, algorithm="sha256").digest()
    return base64.urlsafe_b64encode(digest[:_SIGNATURE_BYTES]).decode()


def parse_path(path: str) -> Rendition | None:
    """The rendition that a path names, if we signed it. Its size has yet to be checked against the picture.

    Each rendition has exactly one path. Addresses signed with one of SECRET_KEY_FALLBACKS stay good.
    """
    match = _PATH.fullmatch(path)
    if match is None:
        return None
    image_id, key = int(match["image_id"]), match["key"]
    if int(match["shard"]) != image_id // PER_SHARD:
        return None
    secrets = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    if not any(constant_time_compare(match["signature"], sign(image_id, key, secret)) for secret in secrets):
        return None
    return Rendition(image_id, key, int(match["width"]), int(match["height"]), Format(match["format"]))
