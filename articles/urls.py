"""Addresses. How they look is settled in models/addresses.py; a test resolves what that builds here."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter

from articles.site_version import set_site_version

from .views import amp_copies, archives, article, front, health, listings, preview, renditions, robots


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

    regex = r"[-\w]{1,130}"


register_converter(Year, "year")
register_converter(TwoDigits, "two")
register_converter(Part, "part")
register_converter(Word, "word")


def by_date(prefix, view, name):
    """The months of a collection, their days, and the parts in which an overfull day goes on."""
    day = f"{prefix}<year:year>/<two:month>/<two:day>/"
    yield path(f"{prefix}<year:year>/<two:month>/", view, name=f"{name}_month")
    yield path(day, view, name=f"{name}_day")
    yield path(f"{day}older/<part:part>/", view, name=f"{name}_day_older")


urlpatterns = [
    path("", front.front, name="front"),
    path("site-version/", set_site_version, name="site_version"),
    path("preview/<uuid:uid>/", preview.preview, name="preview"),
    path("media/renditions/<path:path>", renditions.rendition, name="rendition"),
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("robots.txt", robots.robots, name="robots"),
    path("tag/<word:slug>/", listings.tag, name="tag"),
    *by_date("tag/<word:slug>/", archives.of_tag, "tag"),
    path("author/<word:slug>/", listings.author, name="author"),
    *by_date("author/<word:slug>/", archives.of_author, "author"),
    *by_date("", archives.of_paper, "paper"),
    path("<year:year>/<two:month>/<two:day>/<word:slug>/", article.article, name="article"),
    path("amp/", amp_copies.without_amp, name="front_amp"),
    path("<path:path>/amp/", amp_copies.without_amp, name="amp"),
    *by_date("<word:section>/", archives.of_section, "section"),
    *by_date("<word:section>/<word:sub>/", archives.of_section, "subsection"),
    path("<word:slug>/", listings.section_or_page, name="section"),
    path("<word:section>/<word:slug>/", listings.subsection, name="subsection"),
]
