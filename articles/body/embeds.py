"""Addresses of posts, videos and maps that a page can show in place: recognised by their text
alone, nothing is fetched.

A page shows a facade with a link; the foreign frame comes only after a tap. FRAME_HOSTS is every host
such a frame can come from, for the page's Content-Security-Policy; what lives elsewhere stays a card
with a link.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import SplitResult, parse_qs, quote, unquote_plus, urlencode, urlsplit

MAX_LENGTH = 2000
# Mastodon runs on any host; a policy that travels with every page can only name a few.
MASTODON_HOSTS = (
    "mastodon.social",
    "mastodon.online",
    "mastodon.world",
    "mas.to",
    "mstdn.social",
    "social.bund.de",
)
FRAME_HOSTS = (
    "www.youtube-nocookie.com",
    "player.vimeo.com",
    "platform.twitter.com",
    "www.instagram.com",
    "www.tiktok.com",
    "open.spotify.com",
    "w.soundcloud.com",
    "embed.bsky.app",
    "datawrapper.dwcdn.net",
    "www.google.com",
    *MASTODON_HOSTS,
)

WIDE, TALL, POST, SOUND = "16:9", "9:16", "4:5", "5:2"
WATCH_ON_YOUTUBE = "Watch on YouTube"
SUSPECT = re.compile(r"[^!#-;=?-\[\]_a-z~]", re.ASCII)
DURATION = re.compile(r"(?:(\d{1,2})h)?(?:(\d{1,4})m)?(?:(\d{1,6})s?)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Embed:
    provider: str
    label: str
    # The page a reader gets without JavaScript, or instead of tapping.
    url: str
    # Empty where no frame may be shown: a card with a link.
    frame_url: str
    # Width to height, "16:9".
    ratio: str


Finder = Callable[[SplitResult], Embed | None]


def find_embed(url: str) -> Embed | None:
    parts = _split(url)
    if parts is None:
        return None
    finder = FINDERS.get(parts.hostname or "", _mastodon)
    return finder(parts)


def _split(url: str) -> SplitResult | None:
    """The address in parts; None for any but a plain web address without user, port or odd characters."""
    url = url.strip()
    if len(url) > MAX_LENGTH or not url.lower().startswith(("https://", "http://")) or SUSPECT.search(url):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    # The host as written, so that neither user@host, host:port nor a trailing dot passes for the host.
    return parts if parts.netloc.lower() == parts.hostname and not parts.netloc.endswith(".") else None


def _match(pattern: str, parts: SplitResult) -> re.Match[str] | None:
    return re.fullmatch(pattern, parts.path, re.ASCII)


def _query(parts: SplitResult, name: str) -> str:
    return parse_qs(parts.query).get(name, [""])[0] if parts.query.count("&") < 50 else ""


def _https(parts: SplitResult) -> str:
    return parts._replace(scheme="https").geturl()


def _framed(base: str, **query: str) -> str:
    kept = {name: value for name, value in query.items() if value}
    return f"{base}?{urlencode(kept)}" if kept else base


def _youtube(parts: SplitResult) -> Embed | None:
    path = _match(r"/(?P<kind>shorts|live|embed|v)/(?P<id>[\w-]{11})/?", parts)
    video = path["id"] if path else _query(parts, "v") if parts.path in ("/watch", "/watch/") else ""
    if parts.hostname == "youtu.be":
        short = _match(r"/([\w-]{11})/?", parts)
        video = short[1] if short else ""
    if not re.fullmatch(r"[\w-]{11}", video, re.ASCII):
        return _youtube_list(parts)
    start = _seconds(_query(parts, "t") or _query(parts, "start") or parts.fragment.removeprefix("t="))
    frame = _framed(f"https://www.youtube-nocookie.com/embed/{video}", start=start, autoplay="1")
    if path and path["kind"] == "shorts":
        return Embed("YouTube", WATCH_ON_YOUTUBE, f"https://www.youtube.com/shorts/{video}", frame, TALL)
    url = _framed("https://www.youtube.com/watch", v=video, t=f"{start}s" if start else "")
    return Embed("YouTube", WATCH_ON_YOUTUBE, url, frame, WIDE)


def _youtube_list(parts: SplitResult) -> Embed | None:
    name = _query(parts, "list")
    if parts.path not in ("/playlist", "/embed/videoseries") or not re.fullmatch(
        r"[\w-]{10,60}", name, re.ASCII
    ):
        return None
    frame = _framed("https://www.youtube-nocookie.com/embed/videoseries", list=name)
    return Embed("YouTube", WATCH_ON_YOUTUBE, f"https://www.youtube.com/playlist?list={name}", frame, WIDE)


def _seconds(value: str) -> str:
    match = DURATION.fullmatch(value) if value else None
    if match is None:
        return ""
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return str(hours * 3600 + minutes * 60 + seconds or "")


def _vimeo(parts: SplitResult) -> Embed | None:
    match = _match(
        r"/(?:video/|channels/[\w-]+/|showcase/\d+/video/)?(\d{5,12})(?:/([0-9a-f]{6,20}))?/?", parts
    )
    if match is None:
        return None
    secret = match[2] or _query(parts, "h")
    secret = secret if re.fullmatch(r"[0-9a-f]{6,20}", secret) else ""
    url = f"https://vimeo.com/{match[1]}" + (f"/{secret}" if secret else "")
    frame = _framed(f"https://player.vimeo.com/video/{match[1]}", h=secret, dnt="1", autoplay="1")
    return Embed("Vimeo", "Watch on Vimeo", url, frame, WIDE)


def _x(parts: SplitResult) -> Embed | None:
    match = _match(r"/(?:i/web|\w{1,20})/status(?:es)?/(\d{1,20})(?:/.*)?", parts)
    if match is None:
        return None
    frame = _framed("https://platform.twitter.com/embed/Tweet.html", id=match[1], dnt="true")
    return Embed("X", "Read on X", _https(parts), frame, POST)


def _instagram(parts: SplitResult) -> Embed | None:
    match = _match(r"/(?:[\w.]{1,30}/)?(p|reel|reels|tv)/([\w-]{5,40})(?:/.*)?", parts)
    if match is None:
        return None
    kind = "reel" if match[1] == "reels" else match[1]
    url = f"https://www.instagram.com/{kind}/{match[2]}/"
    return Embed("Instagram", "See on Instagram", url, f"{url}embed/captioned/", POST)


def _tiktok(parts: SplitResult) -> Embed | None:
    match = _match(
        r"/(?:@[\w.-]{1,40}/(?:video|photo)|embed/v2|embed|player/v1|v)/(\d{10,25})(?:\.html)?/?", parts
    )
    if match is None:
        # A short link says nothing about the video, and nothing is fetched to find out.
        short = _match(r"/t/\w+/?", parts) or (
            parts.hostname != "www.tiktok.com" and _match(r"/\w{5,20}/?", parts)
        )
        return Embed("TikTok", "Watch on TikTok", _https(parts), "", TALL) if short else None
    url = _https(parts) if "/@" in parts.path else f"https://www.tiktok.com/@/video/{match[1]}"
    return Embed("TikTok", "Watch on TikTok", url, f"https://www.tiktok.com/player/v1/{match[1]}", TALL)


def _spotify(parts: SplitResult) -> Embed | None:
    kinds = "track|album|playlist|episode|show|artist"
    match = _match(
        rf"/(?:intl-[a-z-]{{2,7}}/)?(?:embed/|embed-podcast/)?({kinds})/([0-9A-Za-z]{{10,40}})/?", parts
    )
    if match is None:
        return None
    frame = f"https://open.spotify.com/embed/{match[1]}/{match[2]}"
    ratio = SOUND if match[1] in ("track", "episode") else WIDE
    return Embed(
        "Spotify", "Listen on Spotify", f"https://open.spotify.com/{match[1]}/{match[2]}", frame, ratio
    )


def _soundcloud(parts: SplitResult) -> Embed | None:
    if parts.hostname == "w.soundcloud.com":
        inner = _split(_query(parts, "url"))
        known = inner is not None and inner.hostname in ("soundcloud.com", "www.soundcloud.com")
        return _soundcloud(inner) if known and inner else None
    match = _match(r"/[\w-]{1,60}/(?:sets/)?[\w-]{1,200}(?:/s-\w{5,20})?/?", parts)
    if match is None or parts.path.startswith(("/you/", "/search/", "/pages/", "/discover/")):
        return None
    url = f"https://soundcloud.com{parts.path}"
    frame = f"https://w.soundcloud.com/player/?url={quote(url, safe='')}&auto_play=true"
    return Embed("SoundCloud", "Listen on SoundCloud", url, frame, WIDE if "/sets/" in parts.path else SOUND)


def _mastodon(parts: SplitResult) -> Embed | None:
    match = _match(
        r"/(?:@[\w.-]{1,60}(?:@[\w.-]{3,100})?|users/[\w.-]{1,60}/statuses)/(\d{15,20})(?:/embed)?/?", parts
    )
    if match is None or "." not in (parts.hostname or ""):
        return None
    path = parts.path.rstrip("/").removesuffix("/embed")
    url = f"https://{parts.hostname}{path}"
    frame = f"{url}/embed" if parts.hostname in MASTODON_HOSTS else ""
    return Embed("Mastodon", "Read on Mastodon", url, frame, POST)


def _bluesky(parts: SplitResult) -> Embed | None:
    match = _match(r"/profile/([\w.:-]{3,260})/post/([0-9a-z]{5,20})/?", parts)
    if match is None:
        return None
    frame = f"https://embed.bsky.app/embed/{match[1]}/app.bsky.feed.post/{match[2]}"
    return Embed(
        "Bluesky", "Read on Bluesky", f"https://bsky.app/profile/{match[1]}/post/{match[2]}", frame, POST
    )


def _datawrapper(parts: SplitResult) -> Embed | None:
    match = _match(r"/(?:_/)?([0-9A-Za-z]{5})(?:/\d{1,5})?/?", parts)
    if match is None or (parts.hostname != "datawrapper.dwcdn.net" and not parts.path.startswith("/_/")):
        return None
    url = f"https://datawrapper.dwcdn.net/{match[1]}/"
    return Embed("Datawrapper", "See the chart on Datawrapper", url, url, WIDE)


def _google_maps(parts: SplitResult) -> Embed | None:
    if parts.hostname in ("maps.app.goo.gl", "goo.gl"):
        short = _match(r"/(?:maps/)?\w{5,30}", parts) and (
            parts.hostname != "goo.gl" or parts.path.startswith("/maps/")
        )
        return _map(_https(parts), "") if short else None
    if parts.hostname != "maps.google.com" and not _match(r"/maps(?:/.*)?", parts):
        return None
    if _match(r"/maps/embed", parts) and _query(parts, "pb"):
        frame = _framed("https://www.google.com/maps/embed", pb=_query(parts, "pb"))
        return _map(frame, frame)
    own_map = _match(r"/maps/d/(?:u/\d/)?(?:viewer|embed|edit|view)", parts)
    if own_map:
        name = _query(parts, "mid")
        return _map(_https(parts), _framed("https://www.google.com/maps/d/embed", mid=name)) if name else None
    return _google_place(parts)


def _google_place(parts: SplitResult) -> Embed | None:
    place = _match(r"/maps/(?:place|search)/([^/@]+)(?:/.*)?", parts)
    point = re.search(
        r"/@(-?\d{1,3}(?:\.\d+)?,-?\d{1,3}(?:\.\d+)?)(?:,(\d{1,2})(?:\.\d+)?z)?", parts.path, re.ASCII
    )
    wanted = unquote_plus(place[1]) if place else _query(parts, "q")
    wanted = wanted or (point[1] if point else "") or _query(parts, "query")
    if not wanted:
        return None
    zoom = (point[2] or "") if point else ""
    near = point[1] if point and place else ""
    frame = _framed("https://www.google.com/maps", q=wanted, ll=near, z=zoom, output="embed")
    return _map(_https(parts), frame)


def _map(url: str, frame_url: str) -> Embed:
    return Embed("Google Maps", "Open the map on Google Maps", url, frame_url, "4:3")


_HOSTS: tuple[tuple[Finder, str], ...] = (
    (
        _youtube,
        "youtube.com www.youtube.com m.youtube.com music.youtube.com youtu.be www.youtube-nocookie.com",
    ),
    (_vimeo, "vimeo.com www.vimeo.com player.vimeo.com"),
    (_x, "x.com www.x.com mobile.x.com twitter.com www.twitter.com mobile.twitter.com"),
    (_instagram, "instagram.com www.instagram.com"),
    (_tiktok, "tiktok.com www.tiktok.com m.tiktok.com vm.tiktok.com vt.tiktok.com"),
    (_spotify, "open.spotify.com"),
    (_soundcloud, "soundcloud.com www.soundcloud.com m.soundcloud.com w.soundcloud.com"),
    (_bluesky, "bsky.app"),
    (_datawrapper, "datawrapper.dwcdn.net www.datawrapper.de"),
    (_google_maps, "www.google.com google.com maps.google.com maps.app.goo.gl goo.gl"),
)
FINDERS: dict[str, Finder] = {host: finder for finder, hosts in _HOSTS for host in hosts.split()}
