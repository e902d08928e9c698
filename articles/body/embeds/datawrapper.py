"""Datawrapper's charts, maps and tables."""

from urllib.parse import SplitResult

from .embed import WIDE, Embed, match_path

HOSTS = "datawrapper.dwcdn.net www.datawrapper.de".split()
FRAME_HOSTS = ("datawrapper.dwcdn.net",)


def find(parts: SplitResult) -> Embed | None:
    match = match_path(r"/(?:_/)?([0-9A-Za-z]{5})(?:/\d{1,5})?/?", parts)
    if match is None or (parts.hostname != "datawrapper.dwcdn.net" and not parts.path.startswith("/_/")):
        return None
    url = f"https://datawrapper.dwcdn.net/{match[1]}/"
    return Embed("Datawrapper", "See the chart on Datawrapper", url, url, WIDE)
