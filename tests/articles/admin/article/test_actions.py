import datetime
import re

import time_machine
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.models import Act, Article, State, Tag
from articles.publishing.article.merging.older_forms import token_of
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address, somebody

DAY = datetime.timedelta(days=1)


class PublishTest(DeskTestCase):
    def test_publishes_each_and_links_to_it(self):
        articles = [make.article(headline=f"Story {number}") for number in range(2)]
        page = self.act("publish", *articles)
        for article in articles:
            article.refresh_from_db()
            self.assertEqual(article.state, State.PUBLISHED)
            self.assertContains(page, f'<a href="{address("article_change", article.pk)}">{article}</a>')
        self.assertTrue(self.told(page)[0].startswith("Published 2 articles: "))
        self.assertEqual(Act.objects.filter(verb="publish", by=self.user).count(), 2)

    def test_says_of_each_what_it_lacks_and_publishes_the_others(self):
        ready, bare = make.article(), make.article(headline="", section_id=None)
        told = self.told(self.act("publish", ready, bare))
        self.assertIn("Published 1 article: ", told[0])
        self.assertIn("Write a headline", told[1])
        self.assertIn("Choose a section", told[1])
        self.assertIn(address("article_change", bare.pk), told[1])

    def test_makes_unpublished_changes_public_and_keeps_the_end(self):
        until = timezone.now() + DAY
        article = make.published_article(until=until)
        publishing.save_draft(article, make.content(headline="Mended"), by=None)
        self.act("publish", article)
        article.refresh_from_db()
        self.assertEqual((article.headline, article.expires_at), ("Mended", until))

    def test_leaves_what_is_scheduled_over_or_out_already(self):
        at = timezone.now() + DAY
        scheduled = make.published_article(at=at)
        over = make.published_article(at=at - 3 * DAY, until=at - 2 * DAY)
        told = self.told(self.act("publish", scheduled, over, make.published_article()))
        self.assertTrue(all(message.startswith("Not done: ") for message in told))
        for words, message in zip(
            ("public already", "time has ended", "is scheduled for"), told, strict=True
        ):
            self.assertIn(words, message)
        scheduled.refresh_from_db()
        self.assertEqual(scheduled.publish_at, at)


class MeanwhileTest(DeskTestCase):
    """The rows of the list are older than the articles."""

    def rows(self):
        page = self.client.get(address("article_changelist")).content.decode()
        return re.findall(r'name="seen" value="([^"]+)"', page)

    def test_what_somebody_has_withdrawn_meanwhile_is_not_published(self):
        article = make.published_article()
        publishing.save_draft(article, make.content(headline="Newer"), by=None)
        seen = self.rows()
        publishing.withdraw(article, by=None)
        told = self.told(self.act("publish", article, seen=seen))
        self.assertIn("The site withdrew it at", told[0])
        self.assertEqual(Article.objects.get().state, State.WITHDRAWN)

    def test_what_was_withdrawn_is_not_brought_back_in_passing(self):
        article = make.published_article()
        publishing.withdraw(article, by=None)
        told = self.told(self.act("publish", article, seen=self.rows()))
        self.assertIn("It was withdrawn; open it to see why", told[0])
        self.assertEqual(Article.objects.get().state, State.WITHDRAWN)

    def test_what_went_live_meanwhile_is_not_withdrawn_unseen(self):
        article = make.published_article(at=timezone.now() + datetime.timedelta(minutes=1))
        seen = self.rows()
        with time_machine.travel(timezone.now() + datetime.timedelta(minutes=2), tick=False):
            page = self.act("withdraw", article, seen=seen)
            self.assertContains(page, f'name="seen" value="{seen[0]}"')
            told = self.told(self.act("withdraw", article, seen=seen, sure="yes"))
        self.assertIn("It went live at", told[0])
        self.assertEqual(Article.objects.get().state, State.PUBLISHED)

    def test_rows_that_nobody_has_touched_are_acted_on(self):
        article, other = make.article(section=make.section("World")), make.article()
        seen = self.rows()
        publishing.save_draft(other, make.content(headline="Newer"), by=None)
        told = self.told(self.act("publish", article, other, seen=seen))
        self.assertTrue(told[0].startswith("Published 1 article"))
        self.assertIn("The site saved it at", told[1])

    def test_costs_the_list_no_query_a_row(self):
        with CaptureQueriesContext(connection) as few:
            make.article(), self.rows()
        for _ in range(5):
            make.article()
        with CaptureQueriesContext(connection) as many:
            self.rows()
        self.assertLessEqual(len(many), len(few))


class WithdrawTest(DeskTestCase):
    def test_withdraws_what_is_out_and_says_why_not_of_the_rest(self):
        out, draft = make.published_article(), make.article()
        page = self.act("withdraw", out, draft)
        self.assertContains(page, "Readers are told that these stories are gone.")
        out.refresh_from_db()
        self.assertEqual(out.state, State.PUBLISHED, "it asks first")
        told = self.told(self.act("withdraw", out, draft, sure="yes"))
        out.refresh_from_db()
        self.assertEqual(out.state, State.WITHDRAWN)
        self.assertTrue(told[0].startswith("Withdrew 1 article"))
        self.assertIn("Only a published article can be withdrawn", told[1])


class MoveTest(DeskTestCase):
    def test_asks_for_the_section_first(self):
        make.section("Harbours", parent=make.section("World"))
        article = make.article(headline="To be moved")
        page = self.act("move_to_section", article)
        self.assertContains(page, "World › Harbours")
        self.assertContains(page, "To be moved")
        self.assertContains(page, "autofocus")
        self.assertContains(page, f'name="_selected_action" value="{article.pk}"')

    def test_moves_each(self):
        science = make.section("Science")
        article, out = make.article(), make.published_article()
        told = self.told(self.act("move_to_section", article, out, section=science.pk))
        self.assertEqual(Article.objects.filter(section=science).count(), 2)
        self.assertTrue(told[0].startswith("Moved to Science 2 articles"))

    def test_asks_again_for_a_section_that_is_none(self):
        self.assertContains(self.act("move_to_section", make.article(), section="x"), "Select a valid choice")


class AddTagTest(DeskTestCase):
    def test_offers_the_tags_there_are(self):
        make.tag("coast")
        self.assertContains(self.act("add_tag", make.article()), '<option value="coast">')

    def test_adds_a_tag_that_is_there_however_it_is_typed(self):
        make.tag("Coast")
        article = make.article()
        self.act("add_tag", article, tag=" coast ")
        self.assertEqual([str(tag) for tag in article.tags.all()], ["Coast"])

    def test_makes_a_new_one_for_those_who_may(self):
        self.act("add_tag", make.article(), tag="brand new")
        self.assertTrue(Tag.objects.filter(name="brand new").exists())

    def test_asks_again_for_nothing_or_too_much(self):
        self.assertContains(self.act("add_tag", make.article(), tag=" "), "This field is required")
        self.assertContains(self.act("add_tag", make.article(), tag="x" * 101), "at most 100")


class BinTest(DeskTestCase):
    def test_asks_before_it_puts_anything_into_the_bin(self):
        article = make.article(headline="Never mind")
        self.assertContains(self.act("put_in_bin", article), "out of the bin again within 30 days")
        self.assertTrue(Article.objects.exists())

    def test_takes_drafts_and_what_readers_have(self):
        draft, live = make.article(headline="Never mind"), make.published_article(headline="Out")
        told = self.told(self.act("put_in_bin", draft, live, sure="yes"))
        self.assertEqual(told, ["Put into the bin 2 articles: Out, Never mind."])
        self.assertFalse(Article.objects.exists())
        self.assertEqual(self.client.get(live.get_absolute_url()).status_code, 410)

    def test_leaves_what_is_public_to_those_who_may_publish(self):
        self.user.groups.clear()
        self.user.user_permissions.set(
            Permission.objects.filter(codename__in=["view_article", "change_article", "delete_article"])
        )
        live = make.published_article()
        (told,) = self.told(self.act("put_in_bin", live, sure="yes"))
        self.assertIn("Administrators or Publishers may", told)
        self.assertTrue(Article.objects.exists())

    def test_tells_who_was_faster(self):
        article = make.article()
        seen = f"{article.pk}:{token_of(article)}"
        publishing.save_draft(article, make.content(), by=None)
        (told,) = self.told(self.act("put_in_bin", article, sure="yes", seen=seen))
        self.assertIn("Since you opened this: The site saved it", told)
        self.assertTrue(Article.objects.exists())

    def test_djangos_own_page_leads_to_the_form(self):
        article = make.article()
        answer = self.client.post(address("article_delete", article.pk), {"post": "yes"})
        self.assertRedirects(answer, address("article_change", article.pk))

    def test_is_never_offered_as_djangos_own(self):
        make.article()
        page = self.client.get(address("article_changelist"))
        self.assertNotContains(page, 'value="delete_selected"')


class MeasureTest(DeskTestCase):
    def test_does_nothing_with_too_many(self):
        section = make.section()
        rows = [Article(headline="Many", slug=f"many-{number}", section=section) for number in range(201)]
        told = self.told(self.act("publish", *Article.objects.bulk_create(rows)))
        self.assertEqual(told, ["Choose at most 200 articles at a time. Nothing was done."])

    def test_tells_of_the_first_and_counts_the_rest(self):
        told = self.told(self.act("withdraw", *[make.article() for _ in range(22)], sure="yes"))
        self.assertEqual(len(told), 21)
        self.assertEqual(told[-1], "Not done: 2 more, for reasons like these.")

    def test_shows_a_hostile_headline_as_text(self):
        page = self.act("publish", make.article(headline="<script>alert(1)</script>"))
        self.assertNotContains(page, "<script>alert(1)")
        self.assertContains(page, "&lt;script&gt;alert(1)")


class ReporterTest(DeskTestCase):
    group = "Editors"

    def offered(self):
        make.article()
        form = self.client.get(address("article_changelist")).context["action_form"]
        return [name for name, _ in form.fields["action"].choices]

    def test_is_offered_neither_publishing_nor_deleting(self):
        self.assertEqual(self.offered(), ["", "approve", "move_to_section", "add_tag"])

    def test_cannot_publish_by_sending_the_form(self):
        article = make.article()
        self.act("publish", article)
        article.refresh_from_db()
        self.assertEqual(article.state, State.DRAFT)

    def test_moves_drafts_but_nothing_that_is_out(self):
        science = make.section("Science")
        draft, out = make.article(), make.published_article()
        told = self.told(self.act("move_to_section", draft, out, section=science.pk))
        self.assertEqual(list(Article.objects.filter(section=science)), [draft])
        self.assertIn("You may not move or tag it; Administrators or Publishers may.", told[1])

    def test_cannot_make_a_new_tag(self):
        article = make.article()
        page = self.act("add_tag", article, tag="brand new")
        self.assertContains(page, "There is no tag “brand new”")
        self.assertFalse(Tag.objects.exists())


class RightsTest(DeskTestCase):
    """What each group may open, and for whom it is closed."""

    EDITORS_ONLY = ("section_add", "author_add", "tag_add", "page_changelist", "page_add")
    BOTH = (
        "article_changelist",
        "article_add",
        "image_changelist",
        "image_add",
        "image_picker",
        "section_changelist",
        "author_changelist",
        "tag_changelist",
        "act_changelist",
    )

    def statuses(self, names):
        return {name: self.client.get(address(name)).status_code for name in names}

    def test_of_editors(self):
        names = self.EDITORS_ONLY + self.BOTH
        self.assertEqual(self.statuses(names), dict.fromkeys(names, 200))
        self.assertEqual(self.statuses(["outboxentry_changelist"]), {"outboxentry_changelist": 403})

    def test_of_reporters(self):
        self.client.force_login(somebody("reporter", "Editors"))
        self.assertEqual(self.statuses(self.BOTH), dict.fromkeys(self.BOTH, 200))
        self.assertEqual(self.statuses(self.EDITORS_ONLY), dict.fromkeys(self.EDITORS_ONLY, 403))

    def test_of_nobody(self):
        self.client.logout()
        self.assertEqual(set(self.statuses(self.BOTH).values()), {302})
