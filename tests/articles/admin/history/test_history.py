import datetime
from dataclasses import replace
from unittest import mock

import time_machine
from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.db import connection
from django.test import Client, TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.admin.history.versions import lines_of
from articles.models import Act, Article, Revision, State, Tag
from articles.publishing import Content
from articles.publishing.article.scheduling.go_live import publish_due
from articles.publishing.tags import merge_tags, remove_tag, save_tag
from tests import factories as make
from tests.articles.admin.desk.case import somebody

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
MINUTE = datetime.timedelta(minutes=1)
OLD = "<p>The wall is four metres high.</p>\n<p>Nobody knows why.</p>"
NEW = "<p>The wall is five metres high.</p>\n<p>Harbours silt up.</p>"


class WithHistory(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana, cls.ben = make.editor("ana"), make.editor("ben")
        cls.article = make.article(headline="As begun", body=OLD, tags=("coast",), by=cls.ana)

    def setUp(self):
        self.client.force_login(self.ana)

    def save(self, by=None, **changes):
        content = replace(Content.newest(self.now()), **changes)
        return publishing.save_draft(self.now(), content, by=by or self.ana)

    def now(self):
        return Article.objects.get(pk=self.article.pk)

    def address(self, name, **query):
        return reverse(f"admin:articles_article_{name}", args=[self.article.pk], query=query or None)

    def restore(self, old, **more):
        return self.client.post(self.address("restore"), {"old": old, "version": self.now().version} | more)

    def told(self, response):
        return [str(message) for message in get_messages(response.wsgi_request)]


class VersionsTests(WithHistory):
    def lines(self):
        return [
            (line.newest.number, line.number, [act.verb for act in line.acts])
            for line in lines_of(self.now())
        ]

    def test_are_listed_with_what_became_of_them(self):
        self.save(headline="Second")
        publishing.publish(self.now(), by=self.ben)
        self.save(headline="Third")
        publishing.discard_working_copy(self.now(), by=self.ben)
        self.assertEqual(self.lines(), [(3, 1, ["discard"]), (2, 2, ["publish"])])

    def test_of_one_editor_in_a_row_are_one_line(self):
        with time_machine.travel(timezone.now(), tick=False) as clock:
            for number in range(5):
                clock.shift(MINUTE)
                self.save(headline=f"Save {number}")
            self.save(by=self.ben, headline="Of Ben")
        self.assertEqual(self.lines(), [(7, 1, []), (6, 6, [])])

    def test_that_lie_hours_apart_are_lines_of_their_own(self):
        with time_machine.travel(timezone.now() + 300 * MINUTE, tick=False):
            self.save(headline="In the evening")
        self.assertEqual(self.lines(), [(2, 1, []), (1, 1, [])])

    def test_that_went_out_at_their_time_are_named_and_not_the_newest(self):
        publishing.publish(self.now(), by=self.ana)
        at = timezone.now() + 60 * MINUTE
        content = replace(Content.newest(self.now()), headline="To go out")
        publishing.schedule(self.now(), content, by=self.ana, at=at)
        self.save(headline="Saved later")
        with time_machine.travel(at, tick=False):
            publish_due()
        self.assertEqual(self.lines(), [(3, 1, []), (2, 1, ["schedule", "publish"]), (1, 1, ["publish"])])

    def test_say_on_which_they_were_written_and_of_what_kind_they_are(self):
        self.save(headline="Second")
        self.restore(1)
        rows = Revision.objects.order_by("number").values_list("number", "base", "kind", "note")
        self.assertEqual(
            list(rows), [(1, 0, "saved", ""), (2, 1, "saved", ""), (3, 2, "restored", "from version 1")]
        )

    def test_five_hundred_cost_no_more_queries_and_read_no_text(self):
        def ask():
            page = self.client.get(self.address("history"))
            self.assertEqual(page.status_code, 200)
            return page

        with self.assertNumQueries(7):
            ask()
        revisions = [
            Revision(
                article=self.article,
                number=number,
                content={"body": "x" * 1000},
                by=[self.ana, self.ben][number % 2],
            )
            for number in range(2, 501)
        ]
        Revision.objects.bulk_create(revisions)
        Article.objects.filter(pk=self.article.pk).update(version=500)
        with self.assertNumQueries(7):
            page = ask()
        self.assertContains(page, "Version 500")
        self.assertNotContains(page, "xxxx")

    def test_share_one_form_in_which_each_button_names_its_version(self):
        self.save(self.ben, headline="Two")
        self.save(self.ana, headline="Three")
        tree = LexborHTMLParser(self.client.get(self.address("history")).content.decode())
        (form,) = tree.css("form[action$='/restore/']")
        sent = {node.attributes["name"]: node.attributes["value"] for node in form.css("input")}
        buttons = [node.attributes for node in tree.css(f"button[form={form.attributes['id']}]")]
        self.assertEqual([(each["name"], each["value"]) for each in buttons], [("old", "2"), ("old", "1")])
        self.client.post(form.attributes["action"], sent | {"old": "2"})
        self.assertEqual(Content.newest(self.now()).headline, "Two")

    def test_are_for_people_of_the_desk_alone(self):
        self.assertEqual(Client().get(self.address("history")).status_code, 302)
        self.client.force_login(User.objects.create_user("nobody", is_staff=True))
        for name in ("history", "compare"):
            self.assertEqual(self.client.get(self.address(name)).status_code, 403)

    def test_of_an_article_that_is_not_there_are_told_as_elsewhere(self):
        gone = reverse("admin:articles_article_history", args=[10**6])
        self.assertRedirects(self.client.get(gone), reverse("admin:index"))


class CompareTests(WithHistory):
    def page(self, **query):
        return LexborHTMLParser(self.client.get(self.address("compare", **query)).content.decode())

    def test_shows_words_that_came_and_went_and_no_markup(self):
        self.save(body=NEW)
        page = self.page(old=1, new=2)
        text = page.css_first(".history__text")
        self.assertEqual([node.text() for node in text.css("del")][:2], ["four", "Nobody knows why."])
        self.assertEqual([node.text() for node in text.css("ins")][:2], ["five", "Harbours silt up."])
        self.assertNotIn("&lt;p&gt;", text.html)

    def test_shows_other_fields_as_a_table_in_words(self):
        self.save(headline="Second", tags=("coast", "tides"), bylines=())
        rows = self.page(old=1, new=2).css(".history__fields tbody tr")
        cells = [[cell.text(strip=True) for cell in row.css("th, td")][:3] for row in rows]
        self.assertIn(["Headline", "As begun", "Second"], cells)
        self.assertIn(["Tags", "coast", "coast, tides"], cells)

    def test_without_numbers_shows_what_the_newest_changed(self):
        self.save(headline="Second"), self.save(headline="Third")
        cells = [cell.text(strip=True) for cell in self.page().css(".history__fields tbody td")]
        self.assertEqual(cells[:2], ["Second", "Third"])

    def test_says_that_there_is_only_one(self):
        self.assertIn("There is no other one to compare it with here.", self.page().text())

    def test_says_that_the_text_is_the_same(self):
        self.save(headline="Second")
        self.assertIn("The text is the same in both.", self.page(old=1, new=2).text())

    def test_asks_for_all_pictures_at_once(self):
        def ask():
            self.assertEqual(self.client.get(self.address("compare")).status_code, 200)

        images = [make.image(width=300 + number, height=200) for number in range(4)]
        figures = [f'<figure><img src="/x" data-image="{each.pk}" alt="A"></figure>' for each in images]
        self.save(body=figures[0])
        with CaptureQueriesContext(connection) as one:
            ask()
        self.save(body="".join(figures))
        with self.assertNumQueries(len(one)):
            ask()

    def test_of_versions_there_are_not_is_not_found(self):
        for number in (0, 7, 2**40, "x", "", "-1", "1.0"):
            with self.subTest(number):
                answer = self.client.get(self.address("compare") + f"?old={number}&new=1")
                self.assertEqual(answer.status_code, 404 if number != "" else 200)


class RestoreTests(WithHistory):
    def setUp(self):
        super().setUp()
        self.save(by=self.ben, headline="Second", body=NEW, tags=())

    def test_brings_all_of_a_version_back_as_a_new_one(self):
        response = self.restore(1)
        self.assertRedirects(response, self.address("change"))
        self.assertEqual(self.told(response), ["The text of version 1 is back. It is saved."])
        now = self.now()
        self.assertEqual((now.version, now.headline, now.body), (3, "As begun", OLD))
        self.assertEqual(Content.newest(now).tags, ("coast",))
        self.assertEqual(
            Act.objects.filter(verb=Act.Verb.RESTORE, by=self.ana).get().detail, "from version 1"
        )

    def test_brings_no_tag_back_that_was_merged_renamed_or_deleted(self):
        self.save(tags=("coast", "tides", "fog", "law"))
        tags = {tag.name: tag for tag in Tag.objects.all()}
        self.save(tags=())
        merge_tags([tags["coast"]], into=make.tag("shore"))
        tags["tides"].name = "Tides and floods"
        save_tag(tags["tides"])
        remove_tag(tags["fog"])
        self.restore(3)
        self.assertEqual(Content.newest(self.now()).tags, ("shore", "Tides and floods", "law"))
        self.assertFalse(Tag.objects.filter(name__in=("coast", "tides", "fog")).exists())

    def test_changes_nothing_for_readers_until_it_is_published(self):
        publishing.publish(self.now(), by=self.ben)
        self.assertIn("Readers see nothing of it until you publish it.", self.told(self.restore(1))[0])
        now = self.now()
        self.assertEqual((now.headline, now.state), ("Second", State.PUBLISHED))
        self.assertEqual(Content.newest(now).headline, "As begun")

    def test_brings_one_field_back(self):
        self.restore(1, field="headline")
        self.assertEqual((self.now().headline, self.now().body), ("As begun", NEW))

    def test_brings_one_paragraph_back(self):
        page = LexborHTMLParser(self.client.get(self.address("compare", old=1, new=2)).content.decode())
        blocks = [node.attributes["value"] for node in page.css("[name=block]")]
        self.restore(1, block=blocks[0])
        self.assertEqual(self.now().body, "<p>The wall is four metres high.</p>\n<p>Harbours silt up.</p>")
        self.assertEqual(self.now().headline, "Second")

    def test_is_refused_over_a_newer_version_than_was_seen(self):
        response = self.restore(1, version=1)
        self.assertIn("Somebody has saved the article since", self.told(response)[0])
        self.assertEqual(self.now().version, 2)

    def test_leaves_out_what_has_been_deleted_since(self):
        section, author = make.section("Gone"), make.author("Gone Too")
        self.save(section_id=section.pk, bylines=(publishing.BylineContent(author.pk),))
        number = self.now().version
        self.save(section_id=None, bylines=())
        section.delete(), author.delete()
        self.restore(number)
        self.assertEqual(self.now().version, number + 1, "nothing of it is left that differs")

    def test_of_a_scheduled_article_is_for_those_who_may_publish(self):
        publishing.publish(self.now(), by=self.ben, at=timezone.now() + 60 * MINUTE)
        self.client.force_login(somebody("reporter", "Editors"))
        self.assertEqual(self.restore(1).status_code, 403)
        self.assertEqual(self.now().headline, "Second")

    def test_of_a_scheduled_article_says_when_it_goes_out_like_this(self):
        publishing.publish(self.now(), by=self.ben, at=timezone.now() + 60 * MINUTE)
        self.assertIn("It goes out like this on ", self.told(self.restore(1))[0])

    def test_is_refused_if_a_colleague_has_decided_something_since_the_page_was_opened(self):
        page = LexborHTMLParser(self.client.get(self.address("history")).content.decode())
        seen = page.css_first("form [name=seen]").attributes["value"]
        publishing.publish(self.now(), by=self.ben, at=timezone.now() + 60 * MINUTE)
        self.assertIn("ben scheduled it at", self.told(self.restore(1, seen=seen))[0])
        self.assertEqual(self.now().headline, "Second")

    def test_asks_for_the_right_once_nobody_else_can_change_the_article(self):
        self.client.force_login(somebody("reporter", "Editors"))
        real = publishing.article.drafts.locked

        def scheduled_first(article, *args):
            publishing.publish(self.now(), by=self.ben, at=timezone.now() + 60 * MINUTE)
            return real(article, None)

        with mock.patch("articles.admin.history.views.locked", scheduled_first):
            self.assertEqual(self.restore(1).status_code, 403)
        self.assertEqual(self.now().headline, "Second")

    def test_refuses_a_paragraph_that_is_not_there(self):
        for block in (999, 10**12):
            with self.subTest(block):
                self.assertIn("There is no such paragraph", self.told(self.restore(1, block=block))[0])
        self.assertEqual(self.now().version, 2)

    def test_is_done_by_a_form_of_ours_alone(self):
        self.assertEqual(self.client.get(self.address("restore")).status_code, 405)
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(self.ana)
        self.assertEqual(strict.post(self.address("restore"), {"old": 1}).status_code, 403)
