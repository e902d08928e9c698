"""Renders a page and makes the response: values that every page needs, ETag, lifetime, policy."""

from dataclasses import dataclass, replace

from django.http import HttpResponse
from django.template.loader import get_template
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.translation import get_language, get_language_bidi

from articles.conf import paper, press_settings
from articles.http.caching import validated
from articles.http.content_policy import HEADER, OF_PAGES, page_policy
from articles.models.addresses.paths import FEED_TYPES, feed_address
from articles.page_assets import page_assets
from articles.page_facts import PageFacts
from articles.site_version import LONGEST_NEXT, SiteVersion
from articles.words.dates import keeping

from .navigation import Navigation

# No max-age for browsers. With one, a reader without JavaScript who changes the site version would go on
# seeing the old one, and a withdrawn article would still be read. Pages of status 200 have the lifetime of
# printed pages instead.
FOR_ALL = "public, max-age=0, must-revalidate"
FOR_ONE = "private, max-age=0, must-revalidate"
NO_FACTS = PageFacts()


@dataclass(frozen=True)
class FeedLink:
    """A feed for the head of a page."""

    type: str
    title: str
    address: str


@dataclass(frozen=True)
class SharedPicture:
    """The picture beside links to a page."""

    address: str
    width: int
    height: int
    alt: str


@dataclass(frozen=True)
class Meta:
    """The metadata of a page for search engines and for sites that link to it. Addresses are absolute.

    title: with the paper's name. shared_title: without it, for links on other sites that name the paper
    beside. facts: more of what such sites show, as (property, content). feeds: what feed_links() makes.
    oembed: where other sites find how to embed the page."""

    title: str
    shared_title: str = ""
    description: str = ""
    canonical: str = ""
    image: SharedPicture | None = None
    kind: str = "website"
    locale: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    robots: str = ""
    json_ld: tuple[str, ...] = ()
    feeds: tuple[FeedLink, ...] = ()
    oembed: str = ""


@dataclass(frozen=True)
class PageVersion:
    """The site version for templates: its value, the viewport, and the address to which the form returns."""

    value: str
    viewport: str
    next: str


def render_page(
    request,
    template,
    kind,
    context,
    *,
    navigation=None,
    status=200,
    unused=(),
    facts=NO_FACTS,
    address="",
    line=None,
):
    """Render the template. `kind` chooses style sheets and scripts (page_assets.KINDS); `unused` names those
    that this page does not need. `address`: of a page that depends on its query, with that. `line`: of
    breaking news, if the page is printed with it.

    `facts` are what the view knows about the page (`PageFacts`); the pictures that templates draw are added.
    """
    if hasattr(request, "is_for_where"):
        return without_page(status, facts)
    named = [*facts.pictures]
    version, assets = SiteVersion.of(request), page_assets(kind)
    unused = [*unused, "ask_breaking" if line else "breaking"]
    style, script = assets.style(unused), assets.script(unused)
    values = {
        "paper": paper(),
        "navigation": navigation or Navigation(),
        "today": timezone.localdate(),
        "assets": assets,
        "style": style,
        "script": script,
        "policy": page_policy(assets, style, script),
        "bidi": get_language_bidi(),
        "pictures_named": named,
        "line": line,
        "version": PageVersion(version.value, version.viewport, own_address(address or request.path)),
        **context,
    }
    with keeping(get_language()):
        html = get_template(template, using="readers").template.render(values)
    response = page_response(request, html, status, version)
    response.facts = replace(facts, pictures=tuple(dict.fromkeys(named)))
    return response


def page_response(request, html, status, version):
    response = HttpResponse(html, status=status)
    response["Cache-Control"] = FOR_ONE if version.is_chosen else lifetime(status)
    response = validated(request, response)
    # Set for a 304 too, because its headers replace those that the browser has stored.
    response[HEADER] = OF_PAGES
    return response


def without_page(status, facts=NO_FACTS):
    """For the middleware that looks an old address up, which asks only whether there is a page, and where."""
    response = HttpResponse(status=status)
    response.facts = facts
    return response


def lifetime(status):
    return press_settings().cache_control if status == 200 else FOR_ALL


def own_address(path):
    """To which a form returns."""
    path = iri_to_uri(path)
    return path if len(path) <= LONGEST_NEXT and not path.startswith("//") else "/"


def absolute(path):
    return paper().url + path


def feed_links(start="/", title=""):
    """The feeds of the collection at that address, for the head of its pages. Other pages lead to those of
    the paper."""
    title = f"{title} – {paper().name}" if title else paper().name
    return tuple(
        FeedLink(content_type, title, absolute(feed_address(start, form)))
        for form, content_type in FEED_TYPES.items()
    )
