"""YouTube's videos and playlists."""

import re
from urllib.parse import SplitResult

from .embed import TALL, WIDE, Embed, frame_address, match_path, query_value

HOSTS = (
    "youtube.com www.youtube.com m.youtube.com music.youtube.com youtu.be www.youtube-nocookie.com".split()
)
FRAME_HOSTS = ("www.youtube-nocookie.com",)
WATCH_ON_YOUTUBE = "Watch on YouTube"
DURATION = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)


def find(parts: SplitResult) -> Embed | None:
    path = match_path(r"/(?P<kind>shorts|live|embed|v)/(?P<id>[\w-]{11})/?", parts)
    video = path["id"] if path else query_value(parts, "v") if parts.path in ("/watch", "/watch/") else ""
    if parts.hostname == "youtu.be":
        short = match_path(r"/([\w-]{11})/?", parts)
        video = short[1] if short else ""
    if not re.fullmatch(r"[\w-]{11}", video, re.ASCII):
        return youtube_list(parts)
    start = seconds(
        query_value(parts, "t") or query_value(parts, "start") or parts.fragment.removeprefix("t=")
    )
    frame = frame_address(f"https://www.youtube-nocookie.com/embed/{video}", start=start, autoplay="1")
    if path and path["kind"] == "shorts":
        return Embed("YouTube", WATCH_ON_YOUTUBE, f"https://www.youtube.com/shorts/{video}", frame, TALL)
    url = frame_address("https://www.youtube.com/watch", v=video, t=f"{start}s" if start else "")
    return Embed("YouTube", WATCH_ON_YOUTUBE, url, frame, WIDE)


def youtube_list(parts: SplitResult) -> Embed | None:
    name = query_value(parts, "list")
    if parts.path not in ("/playlist", "/embed/videoseries") or not re.fullmatch(
        r"[\w-]{10,60}", name, re.ASCII
    ):
        return None
    frame = frame_address("https://www.youtube-nocookie.com/embed/videoseries", list=name)
    return Embed("YouTube", WATCH_ON_YOUTUBE, f"https://www.youtube.com/playlist?list={name}", frame, WIDE)


def seconds(value: str) -> str:
    match = DURATION.fullmatch(value) if value else None
    if match is None:
        return ""
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return str(hours * 3600 + minutes * 60 + seconds or "")
