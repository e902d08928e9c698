"""What plugins for search engines keep in meta values → search title, description, canonical address …"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from articles.importers.wordpress.reading.php import Unreadable, is_serialised, unserialised
from articles.importers.wordpress.records import Item

from .wording import plain

TITLE = (
    "_yoast_wpseo_title rank_math_title _aioseo_title _aioseop_title _seopress_titles_title _genesis_title"
).split()
DESCRIPTION = (
    "_yoast_wpseo_metadesc rank_math_description _aioseo_description _aioseop_description"
    " _seopress_titles_desc _genesis_description standard_seo_post_meta_description"
).split()
CANONICAL = (
    "_yoast_wpseo_canonical rank_math_canonical_url _aioseop_custom_link _seopress_robots_canonical"
    " _genesis_canonical_uri"
).split()
PRIMARY = "_yoast_wpseo_primary_category rank_math_primary_category _seopress_robots_primary_cat".split()
SOCIAL_TITLE = (
    "_yoast_wpseo_opengraph-title rank_math_facebook_title _aioseo_og_title _seopress_social_fb_title"
    " _open_graph_title"
).split()
SOCIAL_DESCRIPTION = (
    "_yoast_wpseo_opengraph-description rank_math_facebook_description _aioseo_og_description"
    " _seopress_social_fb_desc _open_graph_description"
).split()
# The values with which each of them keeps an article from search engines.
NOINDEX = {
    "_yoast_wpseo_meta-robots-noindex": ("1",),
    "_aioseop_noindex": ("on", "1"),
    "_seopress_robots_index": ("yes",),
    "_genesis_noindex": ("1",),
}
ROBOTS = "rank_math_robots"
KEYS = frozenset(
    [*TITLE, *DESCRIPTION, *CANONICAL, *PRIMARY, *SOCIAL_TITLE, *SOCIAL_DESCRIPTION, *NOINDEX, ROBOTS]
)

# %%title%% of Yoast and SEOPress, %title% of Rank Math and old AIOSEO, #post_title of AIOSEO.
# A word after # is taken for one only if AIOSEO has it, because of hashtags.
VARIABLE = re.compile(
    r"%%([a-z_]+)%%|%([a-z_]+(?:\([^()%]*\))?)%"
    r"|#((?:post|author|current|attachment)_[a-z_]+|(?:site|category|taxonomy|parent|archive)_title|separator_sa"
    r"|tagline|permalink|categories|alt_tag|(?:custom_field|tax_name)-[\w-]+)\b"
)
TITLE_NAMES = frozenset(["title", "post_title", "seo_title"])
SITE_NAMES = frozenset(["sitename", "site_title", "blog_title", "sitetitle"])
SEPARATOR_NAMES = frozenset(["sep", "separator_sa", "separator"])
SEPARATOR = "–"


@dataclass(frozen=True, slots=True)
class Seo:
    """`primary` is the term id of the main category. `social…` are what other sites show of a link."""

    title: str = ""
    description: str = ""
    canonical: str = ""
    primary: str = ""
    social_title: str = ""
    social_description: str = ""
    is_hidden: bool = False


def seo_of(item: Item, *, headline: str, site: str) -> Seo:
    meta = dict(item.meta)
    if KEYS.isdisjoint(meta):
        return Seo()

    def text(keys: Iterable[str]) -> str:
        texts = (filled(meta[key], headline=headline, site=site) for key in keys if key in meta)
        return next((each for each in texts if each), "")

    return Seo(
        title=text(TITLE),
        description=text(DESCRIPTION),
        canonical=next((meta[key].strip() for key in CANONICAL if meta.get(key)), ""),
        primary=primary_of(meta),
        social_title=text(SOCIAL_TITLE),
        social_description=text(SOCIAL_DESCRIPTION),
        is_hidden=is_hidden(meta),
    )


def primary_of(meta: Mapping[str, str]) -> str:
    """The term id of the main category."""
    return next((meta[key].strip() for key in PRIMARY if meta.get(key)), "")


def filled(template: str, *, headline: str, site: str) -> str:
    """The text with its variables. One of variables alone says nothing of its own, so it is empty."""
    if not re.search(r"\w", VARIABLE.sub("", template)):
        return ""

    def value(match: re.Match[str]) -> str:
        name = (match[1] or match[2] or match[3]).partition("(")[0]
        if name in TITLE_NAMES:
            return headline
        if name in SITE_NAMES:
            return site
        return SEPARATOR if name in SEPARATOR_NAMES else ""

    return plain(VARIABLE.sub(value, template)).strip(f"{SEPARATOR} ")


def is_hidden(meta: dict[str, str]) -> bool:
    if any(meta.get(key, "") in values for key, values in NOINDEX.items()):
        return True
    robots = meta.get(ROBOTS, "")
    if not is_serialised(robots):
        return "noindex" in robots.split(",")
    try:
        value = unserialised(robots)
    except Unreadable:
        return False
    return isinstance(value, dict) and "noindex" in value.values()
