"""Spotify's songs, albums and podcasts."""

from urllib.parse import SplitResult

from .embed import SOUND, WIDE, Embed, match_path

HOSTS = "open.spotify.com".split()
FRAME_HOSTS = ("open.spotify.com",)


def find(parts: SplitResult) -> Embed | None:
    kinds = "track|album|playlist|episode|show|artist"
    match = match_path(
        rf"/(?:intl-[a-z-]{{2,7}}/)?(?:embed/|embed-podcast/)?({kinds})/([0-9A-Za-z]{{10,40}})/?", parts
    )
    if match is None:
        return None
    frame = f"https://open.spotify.com/embed/{match[1]}/{match[2]}"
    ratio = SOUND if match[1] in ("track", "episode") else WIDE
    return Embed(
        "Spotify", "Listen on Spotify", f"https://open.spotify.com/{match[1]}/{match[2]}", frame, ratio
    )
