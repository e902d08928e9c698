"""Vimeo's videos."""

import re
from urllib.parse import SplitResult

from .embed import WIDE, Embed, frame_address, match_path, query_value

HOSTS = "vimeo.com www.vimeo.com player.vimeo.com".split()
FRAME_HOSTS = ("player.vimeo.com",)


def find(parts: SplitResult) -> Embed | None:
    match = match_path(
        r"/(?:video/|channels/[\w-]+/|showcase/\d+/video/)?(\d{5,12})(?:/([0-9a-f]{6,20}))?/?", parts
    )
    if match is None:
        return None
    secret = match[2] or query_value(parts, "h")
    secret = secret if re.fullmatch(r"[0-9a-f]{6,20}", secret) else ""
    url = f"https://vimeo.com/{match[1]}" + (f"/{secret}" if secret else "")
    frame = frame_address(f"https://player.vimeo.com/video/{match[1]}", h=secret, dnt="1", autoplay="1")
    return Embed("Vimeo", "Watch on Vimeo", url, frame, WIDE)
