import datetime

from django.utils import timezone

from articles.models import Article, OldAddress, OutboxEntry, Section, Tag
from articles.publishing import Content, add_tag, publish, save_draft
from articles.publishing.sections import AT_ONCE, order_sections, save_section
from articles.publishing.tags import merge_tags, remove_tag, save_tag
from tests import factories as make
from tests.asked import asked

from .newsroom import NewsroomTestCase


class TagsOfWorkingCopiesTest(NewsroomTestCase):
    def setUp(self):
        self.article = make.published_article(tags=("coasts", "money"))
        save_draft(self.article, self.content(tags=("coasts", "money", "tides")), by=self.editor)
        self.coasts = Tag.objects.get(name="coasts")

    def tags_once_published(self):
        return sorted(Content.of(publish(self.article, by=self.editor)).tags)

    def test_a_merged_tag_does_not_come_back(self):
        merge_tags([self.coasts], into=make.tag("coast"))
        self.assertEqual(self.tags_once_published(), ["coast", "money", "tides"])
        self.assertFalse(Tag.objects.filter(name="coasts").exists())

    def test_a_renamed_tag_does_not_come_back_under_its_old_name(self):
        self.coasts.name = "The coast"
        save_tag(self.coasts)
        self.assertEqual(self.tags_once_published(), ["The coast", "money", "tides"])

    def test_a_deleted_tag_does_not_come_back(self):
        remove_tag(self.coasts)
        self.assertEqual(self.tags_once_published(), ["money", "tides"])

    def test_scheduled_changes_name_the_renamed_tag_too(self):
        later = timezone.now() + datetime.timedelta(days=1)
        publish(self.article, by=self.editor, at=later)
        save_draft(self.article, self.content(tags=("coasts",), headline="Newer"), by=self.editor)
        self.coasts.name = "The coast"
        save_tag(self.coasts)
        self.article.refresh_from_db()
        copies = (self.article.scheduled_revision, self.article.working_copy)
        tags = [Content.of_revision(copy).tags for copy in copies]
        self.assertEqual(tags, [("The coast", "money", "tides"), ("The coast",)])

    def test_others_are_left_as_they_are(self):
        other = make.published_article(tags=("fog",))
        kept = save_draft(other, make.content(tags=("fog",)), by=self.editor)
        merge_tags([self.coasts], into=make.tag("coast"))
        other.refresh_from_db()
        self.assertEqual((other.version, other.working_copy_id), (kept.version, kept.working_copy_id))

    def test_the_text_of_the_working_copy_stays(self):
        merge_tags([self.coasts], into=make.tag("coast"))
        self.article.refresh_from_db()
        self.assertEqual(Content.newest(self.article).headline, self.content().headline)


class MergeTagsTest(NewsroomTestCase):
    def tags_after_merging(self, *names, into, tags):
        article = make.published_article(tags=tags)
        remaining = make.tag(into)
        number = merge_tags([Tag.objects.get(name=name) for name in names], into=remaining)
        self.assertEqual(number, 1)
        return Content.of(article).tags

    def test_the_one_stands_where_the_first_of_the_others_stood(self):
        tags = self.tags_after_merging("coasts", "shores", into="coast", tags=("coasts", "money", "shores"))
        self.assertEqual(tags, ("coast", "money"))

    def test_where_it_stands_already_it_keeps_its_place(self):
        tags = self.tags_after_merging("coasts", into="coast", tags=("coasts", "money", "coast"))
        self.assertEqual(tags, ("money", "coast"))

    def test_it_lists_what_was_published_under_the_others(self):
        article = make.published_article(tags=("coasts",))
        remaining = make.tag("coast")
        merge_tags([Tag.objects.get(name="coasts")], into=remaining)
        self.assertEqual(list(Article.objects.tagged(remaining)), [article])


class SaveTagTest(NewsroomTestCase):
    def setUp(self):
        self.article = add_tag(make.published_article(), "coast", by=self.editor)
        self.tag = Tag.objects.get(name="coast")

    def change(self):
        save_tag(self.tag)
        return OutboxEntry.objects.latest("pk").change

    def test_a_new_description_is_on_the_tags_own_page_alone(self):
        self.tag.description = "Where the land ends."
        change = self.change()
        self.assertEqual(change["tags"], ["coast"])
        self.assertFalse({"beside", "below", "moved"} & set(change))

    def test_a_new_name_is_on_its_articles_too(self):
        self.tag.name = "The coast"
        self.assertEqual(self.change()["beside"], [self.article.get_absolute_url()])


class ManySubsectionsTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        order_sections()

    def below(self, count):
        Section.objects.bulk_create(
            Section(name=f"Part {n}", slug=f"part-{n}", parent=self.world, order=900) for n in range(count)
        )

    def move_to(self, slug):
        """How often the database was asked."""
        self.world.slug = slug
        with asked() as queries:
            save_section(self.world)
        return len(queries)

    def test_all_go_along_in_a_few_queries(self):
        with_one = self.move_to("earth")
        self.below(400)
        with_many = self.move_to("globe")
        # SQLite takes a statement's values in portions.
        self.assertLessEqual(with_many, with_one + 6)
        part = Section.objects.get(slug="part-399")
        for path in ("/earth/", "/earth/part-399/", "/earth/harbours/", "/world/harbours/"):
            self.assertTrue(OldAddress.objects.filter(path=path).exists(), path)
        self.assertEqual(OldAddress.objects.get(path="/earth/part-399/").section, part)

    def test_no_address_leads_to_itself_when_all_come_back(self):
        self.below(3)
        self.move_to("earth")
        self.move_to("world")
        paths = sorted(OldAddress.objects.values_list("path", flat=True))
        self.assertEqual(
            paths, [f"/earth/{name}" for name in ("", "harbours/", "part-0/", "part-1/", "part-2/")]
        )

    def test_an_address_that_another_has_left_leads_to_the_last_that_had_it(self):
        self.move_to("earth")
        other = save_section(Section(name="World", slug="world"))
        other.slug = "planet"
        save_section(other)
        self.assertEqual(OldAddress.objects.get(path="/world/").section, other)

    def test_are_given_their_places_a_few_hundred_at_a_time(self):
        self.below(700)
        with asked() as queries:
            order_sections({Section.objects.get(slug="part-699").pk: 0})
        self.assertLessEqual(max(query.text.count("WHEN") for query in queries), AT_ONCE)
        self.assertEqual(
            list(Section.objects.order_by("order").values_list("order", flat=True)), list(range(1, 703))
        )
