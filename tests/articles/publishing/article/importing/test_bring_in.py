"""Articles of another site, many at once: the same rows as the verbs write, in a number of queries that does not grow."""

import datetime
import zoneinfo

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import (
    Act,
    Article,
    ArticlePicture,
    ArticleTag,
    Byline,
    DeskEntry,
    OldAddress,
    OutboxEntry,
    Revision,
    State,
    Tag,
)
from articles.publishing import Brought, BylineContent, NotReady, Refused, bring_in
from articles.publishing.shared.records import together
from articles.search.desk import DeskSearch
from tests import factories
from tests.articles.publishing.newsroom import NewsroomTestCase

DAY = datetime.timedelta(days=1)
CREATED = datetime.datetime(2019, 3, 4, 9, 30, tzinfo=datetime.UTC)
PUBLISHED = CREATED + DAY
# Of the article's own: its number, and what is drawn at random.
OWN = {"id", "uid", "article", "article_id", "content_object", "content_object_id", "prepared_with"}


def values(row):
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in OWN
    }


class BringingInTestCase(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.below = factories.section("Quays", parent=factories.section("Ports"))
        cls.first, cls.second = factories.author("Ana Ruiz"), factories.author("Bo Lind")
        cls.picture = factories.image()
        factories.tag("walls")

    def text(self, **changes):
        body = f'<p>A wall.</p><h2>Its price</h2><p>Much.</p><figure><img src="x" data-image="{self.picture.pk}"></figure>'
        lines = (BylineContent(self.second.pk), BylineContent(self.first.pk, "Photographs by"))
        given = {
            "body": body,
            "section_id": self.below.pk,
            "tags": ("Walls", "new one", "NEW ONE"),
            "bylines": lines,
        }
        return self.content(**given | {"lead_image_id": self.picture.pk} | changes)

    def brought(self, state=State.PUBLISHED, **changes):
        at = changes.pop("at", PUBLISHED if state in (State.PUBLISHED, State.WITHDRAWN) else None)
        known = {
            name: changes.pop(name) for name in ("updated", "guid", "note", "formerly") if name in changes
        }
        return Brought(content=self.text(**changes), state=state, created=CREATED, at=at, **known)

    def entries_since(self, number):
        return list(OutboxEntry.objects.filter(pk__gt=number))


class SameAsTheVerbsTest(BringingInTestCase):
    def dump(self, make):
        """Everything that an article leaves in the database, made and then taken back."""
        last = getattr(OutboxEntry.objects.last(), "pk", 0)
        with transaction.atomic():
            number = make().pk
            article = Article.objects.get(pk=number)
            found = {
                "article": values(article),
                "revisions": [values(row) for row in Revision.objects.filter(article=number)],
                "acts": sorted(
                    (row.verb, row.at, row.detail, row.version) for row in Act.objects.filter(article=number)
                ),
                "tags": [
                    (link.tag.name, link.published_at)
                    for link in ArticleTag.objects.filter(content_object=number)
                    .order_by("pk")
                    .select_related("tag")
                ],
                "lines": [values(row) for row in Byline.objects.filter(article=number)],
                "pictures": [values(row) for row in ArticlePicture.objects.filter(article=number)],
                "old": [row.path for row in OldAddress.objects.filter(article=number)],
                "outbox": self.announced(last),
            }
            transaction.set_rollback(True)
        return found

    def announced(self, last):
        """What entries of the article say together, by the time at which they are due."""
        now, due = [], []
        for entry in self.entries_since(last):
            if entry.change["kind"] == "article":
                shown = {
                    name: value
                    for name, value in entry.change.items()
                    if isinstance(value, list) and name not in ("shown_in", "uids", "related")
                }
                (due if entry.due_at > timezone.now() else now).append(shown)
        return together(*now), together(*due)

    def assertSame(self, by_verbs, brought):
        self.assertEqual(self.dump(by_verbs), self.dump(lambda: bring_in([brought], by=self.editor)[0]))

    def begun(self, brought):
        return publishing.begin(
            brought.content, by=self.editor, when=CREATED, guid=brought.guid, note=brought.note
        )

    def test_a_draft(self):
        brought = self.brought(State.DRAFT, guid="https://a.test/?p=1", note="was private")
        self.assertSame(lambda: self.begun(brought), brought)

    def test_one_in_review(self):
        brought = self.brought(State.IN_REVIEW)
        self.assertSame(lambda: publishing.submit(self.begun(brought), by=self.editor, when=CREATED), brought)

    def test_a_published_one(self):
        for slug in ("", "own-slug"):
            brought = self.brought(slug=slug)
            self.assertSame(
                lambda brought=brought: publishing.publish(
                    self.begun(brought), by=self.editor, when=PUBLISHED
                ),
                brought,
            )

    def test_a_scheduled_one(self):
        later = timezone.now() + DAY
        brought = self.brought(at=later)
        self.assertSame(
            lambda: publishing.schedule(self.begun(brought), by=self.editor, at=later, when=CREATED), brought
        )

    def test_a_withdrawn_one(self):
        brought = self.brought(State.WITHDRAWN)

        def by_verbs():
            article = publishing.publish(self.begun(brought), by=self.editor, when=PUBLISHED)
            return publishing.withdraw(article, by=self.editor, when=PUBLISHED)

        here, there = self.dump(by_verbs), self.dump(lambda: bring_in([brought], by=self.editor)[0])
        # It is nowhere to be seen before or after, so no page has to be printed.
        self.assertEqual(there.pop("outbox"), ({}, {}))
        here.pop("outbox")
        self.assertEqual(here, there)


class BatchTest(BringingInTestCase):
    def test_one_entry_names_all_that_readers_get_and_tells_nobody_elsewhere(self):
        last = OutboxEntry.objects.last().pk
        batch = [self.brought(at=PUBLISHED + number * DAY) for number in range(3)]
        articles = bring_in([*batch, self.brought(State.DRAFT)], by=self.editor)
        (entry,) = self.entries_since(last)
        shown = {entry.change["id"], *entry.change["shown_in"]}
        self.assertEqual(shown, {article.pk for article in articles[:3]})
        self.assertEqual(
            entry.change["addresses"], sorted(article.get_absolute_url() for article in articles[:3])
        )
        self.assertTrue(entry.change["quiet"])

    def test_each_one_that_is_scheduled_has_an_entry_of_its_own(self):
        last = OutboxEntry.objects.last().pk
        later = timezone.now() + DAY
        bring_in([self.brought(at=later), self.brought(at=later + DAY)], by=self.editor)
        self.assertEqual([entry.due_at for entry in self.entries_since(last)], [later, later + DAY])

    def test_the_number_of_queries_does_not_grow_with_the_batch(self):
        def batch(number, year):
            """Each on a day of its own. SQLite takes some twenty of these rows in one statement."""
            day = PUBLISHED + year * 365 * DAY
            return [self.brought(at=day + number * DAY) for number in range(number)]

        bring_in(batch(1, 0), by=self.editor)
        with CaptureQueriesContext(connection) as of_one:
            bring_in(batch(1, 1), by=self.editor)
        self.assertLess(len(of_one), 30)
        with self.assertNumQueries(len(of_one)):
            bring_in(batch(20, 2), by=self.editor)

    def test_addresses_are_given_once(self):
        native = factories.published_article(at=PUBLISHED, slug="wall")
        moved = factories.published_article(at=PUBLISHED, slug="moved")
        publishing.publish(moved, self.content(slug="elsewhere"), by=self.editor)
        batch = [self.brought(slug=slug) for slug in ("wall", "wall", "moved", "free")]
        slugs = [article.slug for article in bring_in(batch, by=self.editor)]
        self.assertEqual(slugs, ["wall-2", "wall-3", "moved-2", "free"])
        self.assertEqual(Article.objects.get(pk=native.pk).slug, "wall")

    def test_former_addresses_lead_to_it_unless_they_lead_elsewhere(self):
        native = factories.published_article()
        OldAddress.objects.create(path="/taken/", article=native)
        (article,) = bring_in([self.brought(formerly=("/old/", "/taken/", "/old/"))], by=self.editor)
        self.assertEqual(OldAddress.objects.get(path="/old/").article, article)
        self.assertEqual(OldAddress.objects.get(path="/taken/").article, native)

    def test_the_day_of_its_address_is_that_of_the_papers_zone(self):
        at = datetime.datetime(2020, 6, 30, 23, 30, tzinfo=datetime.UTC)
        with timezone.override(zoneinfo.ZoneInfo("Europe/Berlin")):
            (article,) = bring_in([self.brought(at=at, slug="late")], by=self.editor)
        self.assertEqual(article.get_absolute_url(), "/2020/07/01/late/")

    def test_when_readers_last_got_a_changed_text(self):
        (article,) = bring_in([self.brought(updated=PUBLISHED + DAY)], by=self.editor)
        article.refresh_from_db()
        self.assertEqual((article.updated_at, article.modified_at), (PUBLISHED + DAY, PUBLISHED + DAY))

    def test_tags_are_made_once_however_they_are_written(self):
        bring_in([self.brought(tags=(f"Tag {number}", "WALLS")) for number in range(5)], by=self.editor)
        self.assertEqual(Tag.objects.filter(name__iexact="walls").count(), 1)
        self.assertEqual(Tag.objects.filter(name__startswith="Tag ").count(), 5)

    def test_what_was_public_is_public_without_text_and_without_words_for_its_picture(self):
        silent = factories.image(alt="")
        brought = self.brought(body="", standfirst="", lead_image_id=silent.pk)
        (article,) = bring_in([brought], by=self.editor)
        self.assertTrue(article.is_public())

    def test_the_desk_finds_them(self):
        batch = [self.brought(), self.brought(), self.brought(State.DRAFT), self.brought(State.WITHDRAWN)]
        batch += [self.brought(at=timezone.now() + DAY)]
        numbers = [article.pk for article in bring_in(batch, by=self.editor)]
        # Of those that readers have, the consumer is told.
        found = DeskEntry.objects.filter(article_id__in=numbers).order_by("article_id")
        self.assertEqual(list(found.values_list("article_id", flat=True)), numbers[2:])
        due = OutboxEntry.objects.filter(due_at__lte=timezone.now())
        DeskSearch().take([entry.change for entry in due])
        self.assertEqual(list(found.values_list("article_id", flat=True)), numbers)

    def test_nothing_of_a_batch_is_saved_if_one_cannot_be(self):
        wrong = {
            "publish_at": self.brought(at=timezone.now() + 5000 * DAY),
            "section": self.brought(section_id=None),
            "headline": self.brought(headline=""),
        }
        for field, brought in wrong.items():
            with self.subTest(field), self.assertRaises(NotReady) as caught:
                bring_in([self.brought(), brought], by=self.editor)
            self.assertIn(field, [problem.field for problem in caught.exception.problems])
        with self.assertRaises(Refused):
            bring_in([self.brought(State.WITHDRAWN, at=timezone.now() + DAY)], by=self.editor)
        self.assertFalse(Article.objects.filter(created_at=CREATED).exists())
