"""Instagram's posts and reels."""

from urllib.parse import SplitResult

from .embed import POST, Embed, match_path

HOSTS = "instagram.com www.instagram.com".split()
FRAME_HOSTS = ("www.instagram.com",)


def find(parts: SplitResult) -> Embed | None:
    match = match_path(r"/(?:[\w.]{1,30}/)?(p|reel|reels|tv)/([\w-]{5,40})(?:/.*)?", parts)
    if match is None:
        return None
    kind = "reel" if match[1] == "reels" else match[1]
    url = f"https://www.instagram.com/{kind}/{match[2]}/"
    return Embed("Instagram", "See on Instagram", url, f"{url}embed/captioned/", POST)
