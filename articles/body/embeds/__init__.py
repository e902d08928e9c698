"""Addresses of posts, videos and maps that a page can show in place, a module for each provider.

An address is recognised by its text alone; nothing is fetched. A page shows a facade with a link, and the
foreign frame comes only after a tap. FRAME_HOSTS is every host such a frame can come from, for the page's
Content-Security-Policy; what lives elsewhere stays a card with a link.
"""

from . import (
    bluesky,
    datawrapper,
    google_maps,
    instagram,
    mastodon,
    soundcloud,
    spotify,
    tiktok,
    vimeo,
    x,
    youtube,
)
from .embed import Embed, split_address

PROVIDERS = (youtube, vimeo, x, instagram, tiktok, spotify, soundcloud, bluesky, datawrapper, google_maps)
FRAME_HOSTS = tuple(host for provider in (*PROVIDERS, mastodon) for host in provider.FRAME_HOSTS)
FINDERS = {host: provider.find for provider in PROVIDERS for host in provider.HOSTS}

# By these an address is known at once; Mastodon's other hosts are known by the shape of their addresses.
KNOWN_HOSTS = (*FINDERS, *mastodon.FRAME_HOSTS)

__all__ = ["FRAME_HOSTS", "KNOWN_HOSTS", "Embed", "find_embed"]


def find_embed(url: str) -> Embed | None:
    """What the page can show of the address; None for one of no provider."""
    parts = split_address(url)
    if parts is None:
        return None
    # Mastodon has no host of its own.
    find = FINDERS.get(parts.hostname or "", mastodon.find)
    return find(parts)
