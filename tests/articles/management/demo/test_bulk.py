import datetime
import random

from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.management.demo.bulk import add_articles
from articles.management.demo.bulk.stories import times
from articles.management.demo.bulk.tables import as_copied
from articles.management.demo.bulk.writing import Addresses
from articles.models import Article, Byline, OldAddress, OutboxEntry
from articles.publishing import Content
from tests import corpora
from tests.factories import author, content, image, section, tag

COUNT = 120
# What tells two equal articles apart: their numbers, and the version that says whether a revision is kept.
OWN = {"id", "uid", "version", "created_at", "modified_at"}
COMPARED = [field.attname for field in Article._meta.concrete_fields if field.attname not in OWN]


def values(article):
    return {name: getattr(article, name) for name in COMPARED} | {
        "bylines": [
            (each.author_id, each.order, each.role, each.published_at) for each in article.bylines.all()
        ],
        "tags": sorted((each.tag_id, each.published_at) for each in article.tag_links.all()),
        "pictures": sorted(each.image_id for each in article.picture_links.all()),
    }


class TestGeneratedArticles(TestCase):
    @classmethod
    def setUpTestData(cls):
        world = section("World")
        section("Letters", parent=world)
        for name in ("Mara Ellis", "Jonas Okafor"):
            author(name)
        for name in ("coast", "trains", "bread", "courts", "birds"):
            tag(name)
        image("A harbour at dusk", caption="The mole & the light", credit="Illustration: Wren")
        image("A train by night")
        add_articles(COUNT, say=lambda _: None, seed=7)

    def test_are_what_the_verb_would_have_stored(self):
        generated = list(Article.objects.order_by("pk"))
        assert any(article.pictures.exists() for article in generated)
        assert any(len(article.contents) > 2 for article in generated)
        for article in corpora.sample(generated, every=6):
            written, was, at = Content.of(article), values(article), article.publish_at
            article.delete()
            again = publishing.publish(publishing.begin(written, by=None), by=None, at=at)
            assert values(Article.objects.get(pk=again.pk)) == was

    def test_are_as_long_as_articles_are(self):
        lengths = sorted(Article.objects.values_list("word_count", flat=True))
        assert 450 < lengths[COUNT // 2] < 800
        assert lengths[-1] > 1.8 * lengths[COUNT // 2]

    def test_have_the_pictures_bylines_and_tags_of_a_paper(self):
        assert 0.55 < Article.objects.exclude(lead_image=None).count() / COUNT < 0.85
        for article in Article.objects.all():
            assert 1 <= article.bylines.count() <= 2
            assert 1 <= article.tag_links.count() <= 4

    def test_leave_the_next_numbers_free(self):
        made = publishing.begin(content(authors=[author()]), by=None)
        assert made.pk > COUNT
        assert Byline.objects.filter(article=made).exists()

    def test_can_be_added_a_second_time(self):
        add_articles(30, say=lambda _: None, seed=7)
        assert Article.objects.count() == COUNT + 30

    def test_tell_the_press_once(self):
        entries = [entry.change["kind"] for entry in OutboxEntry.objects.all()]
        assert entries.count("paper") == 1

    def test_can_be_read_and_edited(self):
        article = Article.objects.published().newest_first().first()
        assert self.client.get(article.get_absolute_url()).status_code == 200
        changed = publishing.save_draft(article, content(headline="Changed", authors=[author()]), by=None)
        assert changed.working_copy.number == 1


def seeded(name):
    return random.Random(name)  # noqa: S311 - the same times in every run, not a secret


class TestTimes:
    NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)

    def test_spread_few_articles_over_two_years(self):
        found = list(times(1000, self.NOW, seeded("few")))
        assert found == sorted(found)
        assert found[-1] <= self.NOW
        assert self.NOW - found[0] > datetime.timedelta(days=728)

    def test_put_about_140_on_a_day_where_there_are_many(self):
        found = times(1_000_000, self.NOW, seeded("many"))
        first = next(found)
        assert 19 < (self.NOW - first).days / 365 < 20


class TestAddresses(TestCase):
    def test_are_numbered_when_they_are_taken(self):
        article = publishing.publish(
            publishing.begin(content(headline="The wall", authors=[author()]), by=None), by=None
        )
        day = article.address_date
        addresses = Addresses(day, day)
        assert [addresses.free(day, "the-wall") for _ in range(2)] == ["the-wall-2", "the-wall-3"]
        assert addresses.free(day + datetime.timedelta(days=1), "the-wall") == "the-wall"

    def test_leave_alone_what_once_was_anothers(self):
        article = publishing.begin(content(authors=[author()]), by=None)
        day = timezone.localdate()
        OldAddress.objects.create(path=f"/{day:%Y/%m/%d}/the-wall/", article=article)
        assert Addresses(day, day).free(day, "the-wall") == "the-wall-2"


class TestCopiedText:
    def test_escapes_what_divides_rows_and_columns(self):
        assert as_copied("a\tb\nc\\d") == rb"a\tb\nc\\d"

    def test_writes_nothing_as_null(self):
        assert as_copied(None) == rb"\N"

    def test_writes_lists_as_json_in_one_line(self):
        assert as_copied([["id", "Line\nbreak"]]) == rb'[["id", "Line\\nbreak"]]'
