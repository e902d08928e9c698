"""SoundCloud's sounds and sets."""

from urllib.parse import SplitResult, quote

from .embed import SOUND, WIDE, Embed, match_path, query_value, split_address

HOSTS = "soundcloud.com www.soundcloud.com m.soundcloud.com w.soundcloud.com".split()
FRAME_HOSTS = ("w.soundcloud.com",)


def find(parts: SplitResult) -> Embed | None:
    if parts.hostname == "w.soundcloud.com":
        inner = split_address(query_value(parts, "url"))
        known = inner is not None and inner.hostname in ("soundcloud.com", "www.soundcloud.com")
        return find(inner) if known and inner else None
    match = match_path(r"/[\w-]{1,60}/(?:sets/)?[\w-]{1,200}(?:/s-\w{5,20})?/?", parts)
    if match is None or parts.path.startswith(("/you/", "/search/", "/pages/", "/discover/")):
        return None
    url = f"https://soundcloud.com{parts.path}"
    frame = f"https://w.soundcloud.com/player/?url={quote(url, safe='')}&auto_play=true"
    return Embed("SoundCloud", "Listen on SoundCloud", url, frame, WIDE if "/sets/" in parts.path else SOUND)
