"""A small newsroom, all of it printed: what each verb has reprinted is compared with what the views say."""

import datetime
import os
import re
import shutil
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest import mock
from urllib.parse import unquote

import time_machine
from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection
from django.test import TestCase, override_settings

from articles import publishing
from articles.models import Article, Author, OutboxEntry, Page, Section
from articles.models.addresses.paths import FEEDS, SITE_FILES, feed_address
from articles.press.everything import addresses
from articles.press.everything.addresses import every_address
from articles.press.everything.compare import differences
from articles.press.plan import printing_order, spacing
from articles.press.plan.affected import affected
from articles.press.press import Press
from articles.press.render.printable import printable
from articles.press.shelf.addresses import has_place
from articles.press.shelf.files import FolderShelf
from articles.publishing.shared.records import where_it_stands
from tests import corpora, factories

from .rendered import Rendered, with_questions

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
DAY = datetime.timedelta(days=1)
LINKS = re.compile(rb'<(?:a|link)\b[^>]*?href="(/[^"#?]*)')
FEED = re.compile(r"/feed/(?:\w+/)?$")


# How old each of the stories is: they are of three months, between which there are two without any.
AGES = [DAY * days for days in (9, 18, 27, *range(36, 44), 108)]
# Whoever prints a feed prints it in each of these formats, one like the other. A sample has one of them, because feeds take
# more time than any other page.
FORMATS = list(FEEDS)[: None if corpora.is_full else 1]
LEFT_OUT = tuple(f"/{words}" for form, words in FEEDS.items() if form not in FORMATS)

# Lists of addresses, which may come out as they were.
ASIDE = re.compile(r"/sitemap|/archive/\Z|/[0-9]{4}/\Z")


def feed_addresses(start):
    """Those that are printed here."""
    return [feed_address(start, form) for form in FORMATS]


def without_feeds(paths):
    """Without what is printed beside the pages: feeds, sitemaps, and the archive's lists of months and days."""
    return {path for path in paths if not FEED.search(path) and not ASIDE.match(path)}


@lru_cache(maxsize=1000)
def links_in(body):
    return [link.decode() for link in LINKS.findall(body)]


def every_page(printer):
    """Every page that is to be on the shelf, as the views say it now: path → PrintedPage. Files for machines, such as
    the icons, are printed when somebody asks for them."""
    found, todo = {}, [*every_address()]
    while todo:
        path = unquote(todo.pop())
        if path in found or path in SITE_FILES or path.endswith(LEFT_OUT) or not has_place(path):
            continue
        page = found[path] = printable(printer.render(path))
        # The days that a year lists are printed when somebody asks for them.
        if page is not None and not ASIDE.match(path):
            todo += links_in(page.body)
    return {path: page for path, page in found.items() if page is not None}


class Kept:
    """The printed newsroom, made by the first class of a process that needs it: its rows, its shelf, and what its views
    answer."""

    def __init__(self):
        self.folder = TemporaryDirectory(prefix="shelf-")
        self.shelf = Path(self.folder.name) / "shelf"
        make_stories()
        self.known, shelf = {}, FolderShelf(self.shelf)
        printed = print_everything(shelf)
        assert len(printed) > 60
        self.pages = {path: shelf.read(path) for path in shelf.walk()}
        printer = Press(shelf).printing.printer
        with with_questions(self.known):
            assert every_page(printer) == printed
            # What is printed only when somebody asks for it.
            for path in self.pages.keys() - printed.keys():
                printer.render(path)
        models = apps.get_app_config("articles").get_models(include_auto_created=True)
        self.models = [each for each in models if not each._meta.proxy and each is not OutboxEntry]
        self.rows = [(each, list(each._base_manager.all())) for each in self.models]

    def put_back(self):
        """In any order, because references are checked when a transaction ends."""
        for model, rows in self.rows:
            model._base_manager.bulk_create(rows)
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), self.models):
                cursor.execute(statement)


# No attribute of a class of tests, of which Django copies all that is in it for each test.
kept = None


def make_printed_newsroom():
    global kept
    if kept is None:
        kept = Kept()
    else:
        kept.put_back()


def make_stories():
    world, culture = factories.section("World"), factories.section("Culture")
    harbours = factories.section("Harbours", parent=world)
    courts = factories.section("Courts", parent=world)
    mara, jonas = factories.author("Mara Ellis"), factories.author("Jonas Okafor")
    factories.page("About")
    factories.page("The team", path="about/team")
    for number in range(12):
        factories.published_article(
            at=NOON - AGES[number],
            headline=f"Story {number}",
            section=[harbours, culture, courts][number % 3],
            authors=[[mara], [jonas], [mara, jonas]][number % 3],
            tags=[("coast",), ("money",), ("coast", "law")][number % 3],
        )


def print_everything(shelf):
    press = Press(shelf)
    press.turn()
    pages = every_page(press.printing.printer)
    press.printing.print_all(pages)
    # Days are printed when somebody asks for them, as for those of the newest; then they are kept true.
    newest = Article.objects.filter(headline__in=[f"Story {number}" for number in range(4)])
    days = [affected({"kind": "article", **where_it_stands(each)}).days for each in newest]
    press.printing.print_all(day for each in days for day in each)
    # So are feeds of tags and authors.
    press.printing.print_all([feed_address("/tag/coast/"), feed_address("/author/mara-ellis/", FORMATS[-1])])
    return pages


class PrintedNewsroom(TestCase):
    @classmethod
    def setUpClass(cls):
        cls.enterClassContext(time_machine.travel(NOON, tick=False))
        for module in (printing_order, addresses):
            cls.enterClassContext(mock.patch.object(module, "feed_addresses", feed_addresses))
        # No time passes here between two changes.
        cls.enterClassContext(mock.patch.object(spacing, "EVERY", 0.0))
        # As Django's own test client does: the test's transaction has to outlive each request.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
            cls.addClassCleanup(signal.connect, close_old_connections)
        super().setUpClass()

    @classmethod
    def setUpTestData(cls):
        make_printed_newsroom()
        sections = {section.slug: section for section in Section.objects.all()}
        cls.world, cls.culture = sections["world"], sections["culture"]
        cls.harbours, cls.courts = sections["harbours"], sections["courts"]
        cls.mara, cls.jonas = (Author.objects.get(slug=slug) for slug in ("mara-ellis", "jonas-okafor"))
        cls.about = Page.objects.get(path="about")
        cls.stories = {article.headline: article for article in Article.objects.all()}

    def setUp(self):
        OutboxEntry.objects.all().delete()
        folder = Path(self.enterContext(TemporaryDirectory(prefix="shelf-")))
        # Links, because the press writes no file a second time: it puts a new one in its place.
        without_locks = shutil.ignore_patterns("locks", "*.lock")
        shutil.copytree(kept.shelf, folder / "shelf", copy_function=os.link, ignore=without_locks)
        self.enterContext(override_settings(PRESS={**settings.PRESS, "SHELF": folder / "shelf"}))
        self.rendered_now = Rendered(kept.known)
        self.enterContext(self.rendered_now.noted())
        self.shelf = FolderShelf(folder / "shelf")
        self.shelf.note("position.json").delete()
        self.press = Press(self.shelf)
        self.press.turn()
        # A shelf without a position is printed anew; here every page of it is known to be right.
        self.press.walk.end()
        self.before = kept.pages

    def story(self, number):
        return Article.objects.get(pk=self.stories[f"Story {number}"].pk)

    def files(self):
        return {path: self.shelf.read(path) for path in self.shelf.walk()}

    def printed(self):
        """Let the press print until it has nothing to do; answers what is another page now, or gone."""
        while self.press.turn():
            pass
        after = self.files()
        everywhere = {*self.before, *after}
        return {path for path in everywhere if self.before.get(path) != after.get(path)}

    def assert_true_to_the_site(self):
        """Every page there is stands on the shelf as it is now, and no other is wrong."""
        with self.rendered_now.believed():
            there = every_page(self.press.printing.printer)
            wrong = [path for path, page in there.items() if self.shelf.read(path) != page]
            left_over = [path for path in self.shelf.walk() if path not in there]
            self.assertEqual([*wrong, *differences(left_over)], [])

    def publish(self, **changes):
        values = {"headline": "New", "section": self.harbours, "authors": [self.mara], "tags": ("coast",)}
        return factories.published_article(**(values | changes))

    def republish(self, article, **changes):
        newest = publishing.Content.newest(article)
        content = publishing.Content(**{**vars(newest), **changes})
        return publishing.publish(article, content, by=None)
