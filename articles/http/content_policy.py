"""What a browser may load and run (Content-Security-Policy), for everything that readers get.

A page says it in itself, with the hashes of the style and the scripts that stand in that page. So a page that
an older release printed keeps its style and scripts for as long as it stands on the shelf, and no server in
front has to know any hash. Browsers take some directives from a header only: pages are sent with `OF_PAGES`.
Everything else that readers get (pictures, text, JSON, empty answers, files) has nothing to load or run: it
is sent with `OF_FILES`.
"""

from django.utils.safestring import SafeString, mark_safe

from articles.body import FRAME_HOSTS
from articles.conf import paper, pictures_host
from articles.models.addresses.paths import BREAKING_SCRIPT
from articles.page_assets import PageAssets, sha256_source

EMBEDS = "/embed/"
HEADER = "Content-Security-Policy"
OF_PAGES = "frame-ancestors 'none'"
# Previews, which the desk shows beside the text.
OF_PREVIEWS = "frame-ancestors 'self'"
# The cards that other sites may frame.
OF_EMBEDS = "frame-ancestors *"
OF_FILES = "default-src 'none'; frame-ancestors 'none'"
# Browsers show a sound or a film in a page of their own, which loads the file once more and has a style.
OF_DOCUMENTS = "default-src 'none'; media-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def policy_of(path: str, content_type: str) -> str:
    """The header of the printed page at that address. nginx has the same rules."""
    if content_type != "text/html":
        return OF_FILES
    return OF_EMBEDS if path.startswith(EMBEDS) else OF_PAGES


def page_policy(assets: PageAssets, style: SafeString, script: SafeString) -> SafeString:
    """For the <meta> of a page that holds this style, the head's script of `assets`, and this script at its
    end, if it is not empty."""
    sources = [*map(sha256_source, filter(None, (assets.head_script, script)))]
    # By its address, because 'self' would let in every script of the site. Where the site is reached by
    # another name than that of SITE_URL, the line of breaking news stays away.
    if (ask := assets.enhancements.get("ask_breaking")) and ask in script:
        sources.append(paper().url + BREAKING_SCRIPT)
    directives = [
        "default-src 'none'",
        f"script-src {' '.join(sources)}",
        f"style-src {sha256_source(style)}",
        " ".join(filter(None, ["img-src 'self'", pictures_host(), "data:"])),
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "manifest-src 'self'",
    ]
    if (embeds := assets.enhancements.get("embeds")) and embeds in script:
        # Without a scheme, a host means the scheme of the page or a safer one.
        directives.append(f"frame-src {' '.join(FRAME_HOSTS)}")
    return mark_safe("; ".join(directives))  # noqa: S308 - our own words and hashes, none of them a quotation mark
