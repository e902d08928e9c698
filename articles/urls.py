"""Addresses. How they look is settled in models/addresses/paths.py; a test resolves what that builds here."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from articles.site_version import set_site_version

from .feeds import markdown
from .feeds import views as feeds
from .models.addresses.paths import BREAKING, BREAKING_SCRIPT, FEEDS, ICON_SIZES, MOST_WORDS
from .sitemaps import views as sitemaps
from .views import article, draft_link, front, health, listings, most_read, preview
from .views.archive import months, years
from .views.embedding import card, oembed
from .views.files import breaking, link_picture, renditions, robots_txt, site_files
from .views.search import page as search_page
from .views.search import suggestions
from .words.slugs import WORD


class Digits:
    def to_python(self, value):
        return int(value)

    def to_url(self, value):
        return f"{value:0{self.width}d}"


class Year(Digits):
    # Not every four digits: computing with the year 1 or 9999 in another zone leaves the calendar.
    regex, width = "[12][0-9]{3}", 4


class TwoDigits(Digits):
    regex, width = "[0-9]{2}", 2


class Part(Digits):
    regex, width = "[1-9][0-9]{0,4}", 1


class Word(StringConverter):
    """A slug in any script."""

    regex = f"[{WORD}-]{{1,130}}"


class Secret(StringConverter):
    """Of a link for people without an account."""

    regex = "[0-9a-f]{48}"


class OldFormat(StringConverter):
    """The names that WordPress has beside for its RSS."""

    regex = "rss2?|rdf"


class Words(StringConverter):
    """Three slugs or more, with slashes between them."""

    regex = rf"{Word.regex}(?:/{Word.regex}){{2,{MOST_WORDS - 1}}}"


register_converter(OldFormat, "old_format")
register_converter(Secret, "secret")
register_converter(Year, "year")
register_converter(TwoDigits, "two")
register_converter(Part, "part")
register_converter(Word, "word")
register_converter(Words, "words")


ARTICLE = "<year:year>/<two:month>/<two:day>/<word:slug>/"


def by_date(prefix, view, name):
    """The months of a collection, their days, and the parts in which an overfull day goes on."""
    day = f"{prefix}<year:year>/<two:month>/<two:day>/"
    yield path(f"{prefix}<year:year>/<two:month>/", view, name=f"{name}_month")
    yield path(day, view, name=f"{name}_day")
    yield path(f"{day}older/<part:part>/", view, name=f"{name}_day_older")


def by_format(prefix, view, name):
    """The feeds of a collection. middleware/old_forms.py has the other names that WordPress has for them."""
    for form, words in FEEDS.items():
        yield path(f"{prefix}{words}", view, {"form": form}, name=f"{name}_{form}")


def of_machines():
    """Files that machines ask every site for."""
    yield path("favicon.ico", site_files.favicon, name="favicon")
    yield path("apple-touch-icon.png", site_files.apple_touch_icon, name="apple_touch_icon")
    yield path("icon-maskable.png", site_files.maskable_icon, name="icon_maskable")
    for size in ICON_SIZES:
        yield path(f"icon-{size}.png", site_files.icon, {"size": size}, name=f"icon_{size}")
    yield path("site.webmanifest", site_files.manifest, name="manifest")
    yield path("ads.txt", site_files.ads, name="ads")
    yield path("indexnow.txt", site_files.indexnow_key, name="indexnow_key")
    yield path("llms.txt", site_files.llms, name="llms")
    yield path("humans.txt", site_files.humans, name="humans")
    yield path(BREAKING.removeprefix("/"), breaking.breaking, name="breaking")
    yield path(BREAKING_SCRIPT.removeprefix("/"), breaking.script, name="breaking_script")
    yield path(".well-known/security.txt", site_files.security, name="security")


urlpatterns = [
    path("", front.front, name="front"),
    path("site-version/", set_site_version, name="site_version"),
    path("search/", search_page.search, name="search"),
    path("search/suggestions/", suggestions.suggestions, name="suggestions"),
    path("oembed", oembed.oembed, name="oembed"),
    path("embed/<uuid:uid>/", card.embed, name="embed"),
    path("preview/<uuid:uid>/", preview.preview, name="preview"),
    path("preview/<secret:secret>/", draft_link.draft_link, name="draft_link"),
    path(
        "media/renditions/<int:shard>/h<int:number>-<slug:version>/1200x630.jpg",
        link_picture.card,
        name="card",
    ),
    path("media/renditions/<path:path>", renditions.rendition, name="rendition"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("robots.txt", robots_txt.robots, name="robots"),
    *of_machines(),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-pages.xml", sitemaps.lists, name="sitemap_lists"),
    path("sitemap-pages-<part:part>.xml", sitemaps.lists, name="sitemap_lists_part"),
    path("sitemap-news.xml", sitemaps.news, name="sitemap_news"),
    path("sitemap-<year:year>-<two:month>.xml", sitemaps.month, name="sitemap_month"),
    path("sitemap-<year:year>-<two:month>-<part:part>.xml", sitemaps.month, name="sitemap_month_part"),
    *by_format("", feeds.of_paper, "paper"),
    path("feed/<old_format:old>/", feeds.of_paper_under_another_name, name="feed_old"),
    path("rss/", feeds.of_paper_under_another_name, name="rss"),
    path("comments/feed/", feeds.of_paper_under_another_name, name="comments_feed"),
    path("comments/feed/<word:form>/", feeds.of_paper_under_another_name, name="comments_feed"),
    *by_format("tag/<word:slug>/", feeds.of_tag, "tag"),
    *by_format("author/<word:slug>/", feeds.of_author, "author"),
    path("tag/<word:slug>/", listings.tag, name="tag"),
    *by_date("tag/<word:slug>/", months.of_tag, "tag"),
    path("author/<word:slug>/", listings.author, name="author"),
    *by_date("author/<word:slug>/", months.of_author, "author"),
    path("most-read/", most_read.most_read, name="most_read"),
    path("archive/", years.archive, name="archive"),
    path("<year:year>/", years.year, name="year"),
    *by_date("", months.of_paper, "paper"),
    path(ARTICLE, article.article, name="article"),
    path(f"{ARTICLE}index.md", markdown.of_article, name="twin"),
    *by_format("<word:section>/", feeds.of_section, "section"),
    *by_format("<word:section>/<word:sub>/", feeds.of_section, "subsection"),
    *by_date("<word:section>/", months.of_section, "section"),
    *by_date("<word:section>/<word:sub>/", months.of_section, "subsection"),
    path("<word:slug>/", listings.section_or_page, name="section"),
    path("<word:section>/<word:slug>/", listings.subsection, name="subsection"),
    path("<words:path>/", listings.page_below, name="page_below"),
]
