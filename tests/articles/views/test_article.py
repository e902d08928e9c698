import dataclasses
import datetime
import gzip
import json

import time_machine
from django.test import TestCase
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.models import Article, Correction, Tag
from articles.publishing.tags import save_tag
from tests import factories

NOON = datetime.datetime(2026, 6, 30, 12, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


class ArticlePageTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.mara = factories.author("Mara Ellis", biography="Writes on coasts.", portrait=factories.image())
        cls.jonas = factories.author("Jonas Okafor")
        cls.older = factories.published_articles(
            6, newest=NOON - datetime.timedelta(days=1), section=cls.world, authors=[cls.mara, cls.jonas]
        )
        cls.article = factories.published_article(
            at=NOON,
            section=cls.world,
            authors=[cls.mara, cls.jonas],
            tags=("coast", "money"),
            kicker="Coast",
            headline="Harbour towns weigh the price",
            lead_image=factories.image(caption="The wall", credit="Photograph: Ana Lind"),
            body="".join(f"<h2>Part {n}</h2><p>Words of it.</p>" for n in range(1, 5)),
        )
        publishing.correct(cls.article, by=None, text="The wall is four metres high, not forty.")
        cls.article.refresh_from_db()
        cls.address = cls.article.get_absolute_url()

    def page(self):
        return LexborHTMLParser(self.client.get(self.address).text)

    def test_takes_five_queries(self):
        with self.assertNumQueries(5):
            self.client.get(self.address)

    def test_shows_what_the_editor_wrote(self):
        text = self.page().css_first("main").text()
        for words in (
            "Coast",
            "Harbour towns weigh the price",
            "Engineers say the line",
            "Mara Ellis",
            "Jonas Okafor",
            "The wall",
            "Photograph: Ana Lind",
            "Words of it.",
            "four metres high, not forty",
            "money",
            "Writes on coasts.",
        ):
            with self.subTest(words):
                self.assertIn(words, text)

    def test_shows_its_tags_in_the_order_the_editor_gave_them(self):
        content = publishing.Content.of(self.article)
        for tags in (("money", "coast"), ("coast", "money")):
            with self.subTest(tags):
                publishing.publish(self.article, dataclasses.replace(content, tags=tags), by=None)
                shown = [link.text() for link in self.page().css("main .tags a")]
                self.assertEqual(tuple(shown), tags)

    def test_contents_lead_to_the_parts(self):
        page = self.page()
        links = [node.attributes["href"] for node in page.css(".contents a")]
        self.assertEqual(len(links), 4)
        for link in links:
            self.assertIsNotNone(page.css_first(f'h2[id="{link[1:]}"]'))

    def test_shows_the_times_that_machines_read(self):
        page = self.page()
        times = {node.attributes["datetime"]: node.text() for node in page.css("main .bylines time")}
        self.assertIn("2026-06-30T13:00:00+01:00", times)
        self.assertIn("30 June 2026, 13:00", times["2026-06-30T13:00:00+01:00"])
        said = json.loads(page.css_first('script[type="application/ld+json"]').text())
        self.assertEqual(said["datePublished"], "2026-06-30T13:00:00+01:00")
        self.assertIn(said["dateModified"], times)

    def test_more_are_those_before_it_in_its_section(self):
        more = [card.pk for card in self.client.get(self.address).context["more"]]
        self.assertEqual(more, [each.pk for each in self.older[:4]])

    def test_more_is_filled_up_with_those_after_it(self):
        second_oldest = self.older[-2]
        more = self.client.get(second_oldest.get_absolute_url()).context["more"]
        expected = [self.older[-1], self.older[-3], self.older[-4], self.older[-5]]
        self.assertEqual([card.pk for card in more], [each.pk for each in expected])
        self.assertEqual(more[0].author_names, "Mara Ellis and Jonas Okafor")

    def test_a_new_story_does_not_change_the_page_of_one_with_enough_before_it(self):
        before = self.client.get(self.address).content
        factories.published_article(section=self.world)
        self.assertEqual(self.client.get(self.address).content, before)

    def test_says_who_it_is_to_the_edit_link(self):
        self.assertEqual(
            self.page().css_first("article[data-article]").attributes["data-article"], str(self.article.pk)
        )

    def test_is_small_on_the_wire(self):
        response = self.client.get(self.address, headers={"accept-encoding": "gzip"})
        headers = sum(len(name) + len(value) + 4 for name, value in response.headers.items())
        self.assertEqual(response["Content-Encoding"], "gzip")
        self.assertLessEqual(len(response.content) + headers, 14_600)
        self.assertIn("Harbour towns", gzip.decompress(response.content).decode())

    def test_is_found_without_its_last_slash(self):
        response = self.client.get(self.address.rstrip("/"))
        self.assertRedirects(response, self.address, status_code=301)


class WhenItIsPublicTests(TestCase):
    """The truth table of what readers see, each at its second."""

    @classmethod
    def setUpTestData(cls):
        with time_machine.travel(NOON - datetime.timedelta(days=1), tick=False):
            cls.scheduled = factories.published_article(at=NOON)
            cls.expiring = factories.published_article(at=NOON - 60 * SECOND, until=NOON)
            cls.draft = factories.article()
            cls.withdrawn = factories.published_article()
            publishing.withdraw(cls.withdrawn, by=None)

    def status(self, article, moment):
        with time_machine.travel(moment, tick=False):
            return self.client.get(article.get_absolute_url()).status_code

    def test_a_scheduled_article_becomes_public_at_its_second(self):
        self.assertEqual(self.status(self.scheduled, NOON - SECOND), 404)
        self.assertEqual(self.status(self.scheduled, NOON), 200)

    def test_an_expired_article_is_gone_at_its_second(self):
        self.assertEqual(self.status(self.expiring, NOON - SECOND), 200)
        self.assertEqual(self.status(self.expiring, NOON), 410)

    def test_a_withdrawn_article_is_gone(self):
        self.withdrawn.refresh_from_db()
        self.assertEqual(self.status(self.withdrawn, NOON), 410)

    def test_the_queryset_and_the_row_say_the_same(self):
        everything = list(Article.objects.all())
        for moment in (NOON - 61 * SECOND, NOON - 60 * SECOND, NOON - SECOND, NOON, NOON + SECOND):
            with self.subTest(moment):
                public = set(Article.objects.published(moment))
                self.assertEqual(public, {each for each in everything if each.is_public(moment)})

    def test_lists_follow_at_the_same_second(self):
        for moment, expected in ((NOON - SECOND, {self.expiring.pk}), (NOON, {self.scheduled.pk})):
            with time_machine.travel(moment, tick=False):
                context = self.client.get("/world/").context
            above = [card for row in context["top"] for card in row.cards]
            self.assertEqual({card.pk for card in [*above, *context["cards"]]}, expected)


class MovedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.article = factories.published_article(headline="A story")
        cls.old = cls.article.get_absolute_url()
        content = publishing.Content.of(cls.article)
        cls.article = publishing.publish(
            cls.article, publishing.Content(**{**vars(content), "slug": "another-word"}), by=None
        )

    def test_an_old_address_leads_to_the_new_one(self):
        self.assertNotEqual(self.article.get_absolute_url(), self.old)
        self.assertRedirects(self.client.get(self.old), self.article.get_absolute_url(), status_code=301)

    def test_an_old_address_of_what_was_withdrawn_is_gone(self):
        publishing.withdraw(self.article, by=None)
        self.assertEqual(self.client.get(self.old).status_code, 410)

    def test_an_old_address_does_not_tell_a_new_one_before_its_time(self):
        self.article.publish_at = self.article.first_published_at = timezone.now() + datetime.timedelta(
            days=1
        )
        self.article.save()
        self.assertEqual(self.client.get(self.old).status_code, 404)


class OtherDirectionTests(TestCase):
    def test_an_arabic_article_runs_from_right_to_left(self):
        article = factories.published_article(headline="الموانئ تزن الثمن", language="ar")
        page = LexborHTMLParser(self.client.get(article.get_absolute_url()).text)
        shown = page.css_first("article[data-article]").attributes
        self.assertEqual((shown["lang"], shown["dir"]), ("ar", "rtl"))

    def test_what_stands_beside_it_is_in_the_papers_language(self):
        one, other = (factories.published_article(language=language) for language in ("ar", "en-gb"))
        beside = {
            article: LexborHTMLParser(self.client.get(article.get_absolute_url()).text).css_first(
                "aside.more"
            )
            for article in (one, other)
        }
        self.assertEqual((beside[one].attributes["lang"], beside[one].attributes["dir"]), ("en-gb", "ltr"))
        self.assertNotIn("dir", beside[other].attributes)


class CorrectionsTests(TestCase):
    def test_are_shown_newest_first_with_their_kind(self):
        article = factories.published_article()
        publishing.correct(article, by=None, text="First.")
        publishing.correct(article, by=None, text="Second.", kind=Correction.Kind.CLARIFICATION)
        notes = self.client.get(article.get_absolute_url()).context["corrections"]
        self.assertEqual([note.text for note in notes], ["Second.", "First."])
        self.assertEqual(notes[0].get_kind_display(), "Clarification")


class SeriesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        for name in ("coast", "fog"):
            save_tag(Tag(name=name, is_series=True))
        newest = timezone.now()
        cls.articles = factories.published_articles(3, newest=newest, tags=("coast", "fog", "law"))
        cls.german = factories.published_article(
            at=newest - datetime.timedelta(days=1), language="de", tags=("coast",)
        )

    def series(self, article):
        found = self.client.get(article.get_absolute_url()).context["series"]
        return [
            (str(each.tag), each.before and each.before.pk, each.after and each.after.pk) for each in found
        ]

    def test_lead_to_the_article_before_and_the_one_after(self):
        newest, middle, oldest = (each.pk for each in self.articles)
        self.assertEqual(self.series(self.articles[0]), [("coast", middle, None), ("fog", middle, None)])
        self.assertEqual(self.series(self.articles[1]), [("coast", oldest, newest), ("fog", oldest, newest)])
        self.assertEqual(
            self.series(self.articles[2]), [("coast", self.german.pk, middle), ("fog", None, middle)]
        )

    def test_say_the_language_of_what_they_lead_to(self):
        page = self.client.get(self.articles[2].get_absolute_url())
        self.assertContains(
            page, f'<a rel="prev" href="{self.german.get_absolute_url()}" lang="de" dir="ltr">'
        )

    def test_ask_no_more_than_without_them(self):
        with self.assertNumQueries(5):
            self.client.get(self.articles[1].get_absolute_url())
        Tag.objects.update(is_series=False)
        with self.assertNumQueries(5):
            response = self.client.get(self.articles[1].get_absolute_url())
        self.assertNotContains(response, "series")
