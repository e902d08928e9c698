import datetime

from django.test import TestCase
from django.utils import timezone

from articles.models import Author, Section, Tag
from articles.models.addresses.paths import feed_addresses
from articles.press.everything.addresses import OWNERS, every_address, is_article
from tests import factories
from tests.asked import asked

JUNE, MARCH = (datetime.datetime(2026, month, 10, 12, 0, tzinfo=datetime.UTC) for month in (6, 3))


class EveryAddressTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        world = factories.section("World")
        coast = factories.section("Coast", parent=world)
        mara = factories.author("Mara Ellis")
        factories.published_article(at=JUNE, section=coast, authors=[mara], tags=("law",))
        factories.published_article(at=MARCH, section=world, authors=[mara], tags=("law", "sea"))
        factories.published_article(at=timezone.now() + datetime.timedelta(days=40), section=coast)

    def test_has_the_months_in_which_each_has_stories_the_newest_first(self):
        found = [address for address in every_address() if not is_article(address)]
        self.assertEqual(
            found,
            ["/", *feed_addresses("/"), "/2026/06/", "/2026/03/"]
            + ["/archive/", "/most-read/", "/2026/"]
            + ["/sitemap.xml", "/sitemap-pages.xml", "/sitemap-news.xml"]
            + ["/sitemap-2026-06.xml", "/sitemap-2026-03.xml"]
            + ["/world/", *feed_addresses("/world/"), "/world/2026/06/", "/world/2026/03/"]
            + ["/world/coast/", *feed_addresses("/world/coast/"), "/world/coast/2026/06/"]
            + ["/tag/law/", "/tag/law/2026/06/", "/tag/law/2026/03/", "/tag/sea/", "/tag/sea/2026/03/"]
            + ["/author/mara-ellis/", "/author/mara-ellis/2026/06/", "/author/mara-ellis/2026/03/"],
        )

    def test_asks_for_many_sections_tags_and_authors_at_once(self):
        with asked() as queries:
            few = list(every_address())
        Section.objects.bulk_create(
            Section(name=f"S {n}", slug=f"s-{n}", shown_without_stories=True) for n in range(OWNERS * 2)
        )
        Tag.objects.bulk_create(Tag(name=f"T {n}", slug=f"t-{n}") for n in range(OWNERS * 2))
        Author.objects.bulk_create(Author(name=f"A {n}", slug=f"a-{n}") for n in range(OWNERS * 2))
        with asked() as more:
            many = list(every_address())
        # A section and its three feeds. Tags and authors without a story have no page.
        self.assertEqual(len(many), len(few) + 4 * 2 * OWNERS)
        # Two queries for each portion, of which there are two more of three kinds.
        self.assertEqual(len(more), len(queries) + 3 * 2 * 2)
        self.assertLessEqual(max(query.terms for query in more), OWNERS + 10)
