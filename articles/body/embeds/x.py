"""Posts on X, which was Twitter."""

from urllib.parse import SplitResult

from .embed import POST, Embed, frame_address, match_path, with_https

HOSTS = "x.com www.x.com mobile.x.com twitter.com www.twitter.com mobile.twitter.com".split()
FRAME_HOSTS = ("platform.twitter.com",)


def find(parts: SplitResult) -> Embed | None:
    match = match_path(r"/(?:i/web|\w{1,20})/status(?:es)?/(\d{1,20})(?:/.*)?", parts)
    if match is None:
        return None
    frame = frame_address("https://platform.twitter.com/embed/Tweet.html", id=match[1], dnt="true")
    return Embed("X", "Read on X", with_https(parts), frame, POST)
