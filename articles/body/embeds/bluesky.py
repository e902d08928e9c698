"""Posts on Bluesky."""

from urllib.parse import SplitResult

from .embed import POST, Embed, match_path

HOSTS = "bsky.app".split()
FRAME_HOSTS = ("embed.bsky.app",)


def find(parts: SplitResult) -> Embed | None:
    match = match_path(r"/profile/([\w.:-]{3,260})/post/([0-9a-z]{5,20})/?", parts)
    if match is None:
        return None
    frame = f"https://embed.bsky.app/embed/{match[1]}/app.bsky.feed.post/{match[2]}"
    return Embed(
        "Bluesky", "Read on Bluesky", f"https://bsky.app/profile/{match[1]}/post/{match[2]}", frame, POST
    )
