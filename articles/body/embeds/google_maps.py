"""Google's maps, places and routes."""

import re
from urllib.parse import SplitResult, unquote_plus

from .embed import Embed, frame_address, match_path, query_value, with_https

HOSTS = "www.google.com google.com maps.google.com maps.app.goo.gl goo.gl".split()
FRAME_HOSTS = ("www.google.com",)


def find(parts: SplitResult) -> Embed | None:
    if parts.hostname in ("maps.app.goo.gl", "goo.gl"):
        short = match_path(r"/(?:maps/)?\w{5,30}", parts) and (
            parts.hostname != "goo.gl" or parts.path.startswith("/maps/")
        )
        return map_at(with_https(parts), "") if short else None
    if parts.hostname != "maps.google.com" and not match_path(r"/maps(?:/.*)?", parts):
        return None
    if match_path(r"/maps/embed", parts) and query_value(parts, "pb"):
        frame = frame_address("https://www.google.com/maps/embed", pb=query_value(parts, "pb"))
        return map_at(frame, frame)
    own_map = match_path(r"/maps/d/(?:u/\d/)?(?:viewer|embed|edit|view)", parts)
    if own_map:
        name = query_value(parts, "mid")
        return (
            map_at(with_https(parts), frame_address("https://www.google.com/maps/d/embed", mid=name))
            if name
            else None
        )
    return google_place(parts)


def google_place(parts: SplitResult) -> Embed | None:
    place = match_path(r"/maps/(?:place|search)/([^/@]+)(?:/.*)?", parts)
    point = re.search(
        r"/@(-?\d{1,3}(?:\.\d+)?,-?\d{1,3}(?:\.\d+)?)(?:,(\d{1,2})(?:\.\d+)?z)?", parts.path, re.ASCII
    )
    wanted = unquote_plus(place[1]) if place else query_value(parts, "q")
    wanted = wanted or (point[1] if point else "") or query_value(parts, "query")
    if not wanted:
        return None
    zoom = (point[2] or "") if point else ""
    near = point[1] if point and place else ""
    frame = frame_address("https://www.google.com/maps", q=wanted, ll=near, z=zoom, output="embed")
    return map_at(with_https(parts), frame)


def map_at(url: str, frame_url: str) -> Embed:
    return Embed("Google Maps", "Open the map on Google Maps", url, frame_url, "4:3")
