"""Addresses in a body: which may stay, and what they were before a mail program or a search engine
wrapped them, or added what tells where a reader came from.
"""

import re
from collections.abc import Collection
from functools import lru_cache
from html import escape
from urllib.parse import parse_qs, unquote_plus, urlsplit

import nh3

SCHEMES = frozenset({"http", "https", "mailto", "tel"})
MAX_LENGTH = 4000

# Host → (path, the parameter that holds the real address). A host without path answers on any.
REDIRECTORS: dict[str, tuple[str, tuple[str, ...]]] = {
    "www.google.com": ("/url", ("q", "url")),
    "google.com": ("/url", ("q", "url")),
    "l.facebook.com": ("/l.php", ("u",)),
    "lm.facebook.com": ("/l.php", ("u",)),
    "www.facebook.com": ("/l.php", ("u",)),
    "l.instagram.com": ("/", ("u",)),
    "www.youtube.com": ("/redirect", ("q",)),
    "www.linkedin.com": ("/redir/redirect", ("url",)),
    "slack-redir.net": ("/link", ("url",)),
    "vk.com": ("/away.php", ("to",)),
    "duckduckgo.com": ("/l/", ("uddg",)),
    "t.umblr.com": ("/redirect", ("z",)),
}
SAFELINKS = ".safelinks.protection.outlook.com"
MAX_REDIRECTS = 5

# Parameters that tell a site by which letter, post or advertisement somebody came, and nothing else.
TRACKING = re.compile(
    r"""(utm|mtm|matomo|piwik|pk|hsa|oly|vero|at_custom|wt\.mc|__hs)_.+|at_(medium|campaign\w*|link\w*|format|ptr\w*|bbc\w*)|_hs(enc|mi)|__hs\w+
    |fbclid|fb_(action|source|ref|comment)\w*|action_(object|type|ref)_map|[gdtymw]clid|gclsrc|gad_(source|campaignid)|[gw]braid|msclkid|ysclid
    |twclid|ttclid|rdt_cid|li_fat_id|sc_?cid|scid|igshid?|igsh|epik|irclickid|rb_clickid|s_kwcid|ef_id|dicbo
    |mc_[ce]id|mkt_tok|_openstat|__twitter_impression|ref_(src|url)|srsltid|_g[al]|_branch_(match_id|referrer)|mibextid
    |guccounter|guce_referrer(_sig)?|wickedid|wt\.mc_id|xtor|cmpid|smid|smtyp|ns_(campaign|mchannel|source|linkname|fee)
    |trk(campaign|info)?|trackingid|sfnsn|__tn__|__cft__(\[\d*\])?|ved|ei_tracking|_bta_(tid|c)|nr_email_referer|soc_(src|trk)""",
    re.IGNORECASE | re.VERBOSE,
)
# The same on certain hosts, where the names are too short to mean this anywhere else.
TRACKING_OF_HOST = {
    "youtube.com": re.compile("si|feature|pp|ab_channel"),
    "youtu.be": re.compile("si|feature|pp"),
    "spotify.com": re.compile("si|nd|dlsi"),
    "twitter.com": re.compile("s|t"),
    "x.com": re.compile("s|t"),
    "tiktok.com": re.compile("_r|_t|is_from_webapp|sender_device"),
}

EDGES = "".join(map(chr, range(33))) + "\x7f\xa0\ufeff"
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]")
SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
WWW = re.compile(r"www\.[\w-]+\.\S+", re.IGNORECASE)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")

# Most addresses are like this. No parser refuses one whose host has letters, digits and single hyphens only.
PLAIN = re.compile(
    r"https?://(?:[a-z0-9](?:-?[a-z0-9]){0,61}\.)+[a-z]{2,24}(?:/[\w.~!$'()*+,;=:@%/?#&-]*)?",
    re.IGNORECASE | re.ASCII,
)
# nh3 reads addresses the way browsers do; asking it beforehand keeps this module and the allowlist of one
# mind.
_ADDRESSES = nh3.Cleaner(tags={"a"}, attributes={"a": {"href"}}, url_schemes=set(SCHEMES), link_rel=None)


def safe_href(value: str) -> str | None:
    """The address as it may be stored, unwrapped, or None where no link may be made of it."""
    href = CONTROLS.sub("", value.strip(EDGES))
    return _clean(href) if 0 < len(href) <= MAX_LENGTH else None


# Each address is looked at when it is read and when it is stored, and again when its page is prepared.
@lru_cache(maxsize=1024)
def _clean(href: str) -> str | None:
    if EMAIL.fullmatch(href):
        href = f"mailto:{href}"
    elif WWW.fullmatch(href):
        href = f"https://{href}"
    href = _unwrapped(href)
    return href if _allowed(href) else None


def _unwrapped(href: str) -> str:
    # Whatever is wrapped or tracked has a query.
    return without_tracking(unwrap_redirect(href)) if "=" in href else href


def _allowed(href: str) -> bool:
    if href.startswith(("#", "?")):
        return len(href) > 1 and not re.search(r"\s", href)
    if href.startswith("/"):
        # Browsers read /\host and //host as the address of another site.
        return not href.startswith(("//", "/\\"))
    scheme = SCHEME.match(href)
    if scheme is None or scheme[1].lower() not in SCHEMES:
        return False
    if scheme[1].lower() in ("http", "https") and not host_of(href):
        return False
    return bool(PLAIN.fullmatch(href)) or "href=" in _ADDRESSES.clean(f'<a href="{escape(href)}">')


def without_tracking(href: str) -> str:
    """The address without the parameters that only tell where a reader came from. The rest stays letter for
    letter."""
    if "=" not in href or not href.lower().startswith(("http://", "https://", "/", "?")):
        return href
    address, fragment = _split(href, "#")
    path, query = _split(address, "?")
    host = host_of(href)
    return path + _untracked(query, host) + _untracked(fragment, host)


def _split(text: str, sign: str) -> tuple[str, str]:
    at = text.find(sign)
    return (text, "") if at < 0 else (text[:at], text[at:])


def _untracked(query: str, host: str) -> str:
    """A query or fragment with its sign; empty if nothing is left."""
    if "=" not in query:
        return query
    pairs = query[1:].split("&")
    kept = [pair for pair in pairs if not _is_tracking(pair, host)]
    return query if kept == pairs else query[0] + "&".join(kept) if kept else ""


def _is_tracking(pair: str, host: str) -> bool:
    name = unquote_plus(pair.partition("=")[0]).removeprefix("amp;")
    of_host = TRACKING_OF_HOST.get(".".join(host.split(".")[-2:]))
    return bool(TRACKING.fullmatch(name) or (of_host and of_host.fullmatch(name)))


def is_wrapped(value: str) -> bool:
    """Whether an address comes with tracking that `safe_href` takes away."""
    href = CONTROLS.sub("", value.strip(EDGES))
    return len(href) <= MAX_LENGTH and _unwrapped(href) != href


def unwrap_redirect(href: str) -> str:
    for _ in range(MAX_REDIRECTS):
        target = _target(href)
        if target is None:
            return href
        href = target
    return href


def _target(href: str) -> str | None:
    host = host_of(href)
    if host.endswith(SAFELINKS):
        path, names = "", ("url",)
    elif host in REDIRECTORS:
        path, names = REDIRECTORS[host]
    else:
        return None
    parts = urlsplit(href)
    if path and parts.path != path:
        return None
    query = parse_qs(parts.query, max_num_fields=100) if parts.query.count("&") < 100 else {}
    values = (query[name][0].strip() for name in names if name in query)
    return next(
        (CONTROLS.sub("", value) for value in values if value.startswith(("http://", "https://"))), None
    )


def host_of(href: str) -> str:
    """The host in lower case; empty where there is none, or where browsers and urlsplit may differ."""
    return _host_of_short(href) if len(href) <= MAX_LENGTH else _host_of(href)


# That of each link is asked for some seven times until it is stored and prepared.
@lru_cache(maxsize=1024)
def _host_of_short(href: str) -> str:
    return _host_of(href)


def _host_of(href: str) -> str:
    if "\\" in href:
        return ""
    try:
        parts = urlsplit(href)
        return (parts.hostname or "") if parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""


def is_external(href: str, site_hosts: Collection[str]) -> bool:
    host = host_of(href)
    return bool(host) and host not in site_hosts
