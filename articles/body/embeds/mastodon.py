"""Posts on Mastodon, which runs on any host."""

from urllib.parse import SplitResult

from .embed import POST, Embed, match_path

# Mastodon runs on any host; a policy that travels with every page can only name a few.
FRAME_HOSTS = (
    "mastodon.social",
    "mastodon.online",
    "mastodon.world",
    "mas.to",
    "mstdn.social",
    "social.bund.de",
)


def find(parts: SplitResult) -> Embed | None:
    match = match_path(
        r"/(?:@[\w.-]{1,60}(?:@[\w.-]{3,100})?|users/[\w.-]{1,60}/statuses)/(\d{15,20})(?:/embed)?/?", parts
    )
    if match is None or "." not in (parts.hostname or ""):
        return None
    path = parts.path.rstrip("/").removesuffix("/embed")
    url = f"https://{parts.hostname}{path}"
    frame = f"{url}/embed" if parts.hostname in FRAME_HOSTS else ""
    return Embed("Mastodon", "Read on Mastodon", url, frame, POST)
