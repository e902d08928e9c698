from dataclasses import replace
from unittest import mock

from django.contrib.messages import get_messages
from django.test import TestCase
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article
from articles.publishing import Conflict, Content, publish, save_draft
from tests import factories
from tests.articles.admin.desk.filled_form import add_address, change_address, fields


class ConflictTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.mine, cls.other = factories.editor("ana"), factories.editor("jonas")
        cls.article = factories.article(
            section=cls.world, headline="As opened", body="<p>Same.</p><p>Opened.</p>"
        )

    def setUp(self):
        self.client.force_login(self.mine)
        self.address = change_address(self.article)
        self.sent = fields(self.client.get(self.address), headline="Mine", body="<p>Same.</p><p>Mine.</p>")
        theirs = replace(Content.newest(self.article), headline="Theirs", body="<p>Same.</p><p>Theirs.</p>")
        save_draft(self.article, theirs, by=self.other)

    def newest(self):
        return Content.newest(Article.objects.get(pk=self.article.pk))

    def choices(self, response):
        """Label of each place → name of its radio buttons, and what the readings say."""
        tree = LexborHTMLParser(response.text)
        return [
            (
                box.css_first("legend").text(),
                box.css_first("input").attributes["name"],
                [text.text(strip=True) for text in box.css(".desk-choice__text")],
            )
            for box in tree.css("[data-choice]")
        ]

    def conflict(self, **changes):
        response = self.client.post(self.address, self.sent | {"_save_draft": "1"} | changes)
        self.assertEqual(response.status_code, 409)
        return response

    def test_saves_nothing_and_gives_both_texts_as_one(self):
        response = self.conflict()
        self.assertEqual(self.newest().headline, "Theirs")
        self.assertEqual(fields(response)["headline"], "Mine")
        self.assertContains(response, "<b>jonas</b> saved it", status_code=409)
        found = [(label, readings) for label, _, readings in self.choices(response)]
        self.assertEqual(found, [("Headline", ["Mine", "Theirs"]), ("Text", ["Mine.", "Theirs."])])
        body = LexborHTMLParser(response.text).css_first(".desk-conflict__body")
        self.assertIn("<p>Same.</p>", body.html)
        self.assertEqual([node.text() for node in body.css("ins")], ["Mine.", "Theirs."], "words that differ")
        self.assertEqual(response.text.count("_choose-"), 2 * 2 * 3, "two places, two readings")

    def test_nothing_is_chosen_before_somebody_does_and_no_button_decides(self):
        response = self.conflict()
        self.assertFalse([name for name in fields(response) if name.startswith("_choose")])
        (_, headline, _), _ = self.choices(response)
        for button in ("_save_draft", "_publish"):
            for chosen in ({}, {headline: "mine"}, {headline: "x"}):
                again = self.client.post(self.address, fields(response) | {button: "1"} | chosen)
                self.assertEqual(again.status_code, 409)
                self.assertEqual(fields(again).get(headline), "mine" if "mine" in chosen.values() else None)
        self.assertContains(again, "2 of 2 still to choose", status_code=409)
        self.assertEqual(self.newest().headline, "Theirs")

    def test_what_is_chosen_is_saved_and_the_rest_stays_in_the_history(self):
        (_, headline, _), (_, text, _) = self.choices(self.conflict())
        chosen = {headline: "mine", text: "theirs"}
        response = self.client.post(self.address, self.sent | {"_save_draft": "1"} | chosen)
        self.assertRedirects(response, f"{self.address}?merged=3")
        self.assertEqual(
            (self.newest().headline, self.newest().body), ("Mine", "<p>Same.</p>\n<p>Theirs.</p>")
        )
        versions = self.article.revisions.order_by("-number").values_list("by__username", "content__headline")
        self.assertEqual(list(versions)[:3], [("ana", "Mine"), ("ana", "Mine"), ("jonas", "Theirs")])
        self.assertIn("<p>Mine.</p>", self.article.revisions.get(number=3).content["body"])

    def test_all_of_theirs_is_the_newest_text_again_and_mine_a_version_before_it(self):
        chosen = {name: "theirs" for _, name, _ in self.choices(self.conflict())}
        self.client.post(self.address, self.sent | {"_save_draft": "1"} | chosen)
        newest = self.article.revisions.first()
        self.assertEqual((newest.number, newest.kind, newest.content["headline"]), (4, "merged", "Theirs"))
        self.assertEqual(self.article.revisions.get(number=3).content["headline"], "Mine")
        self.assertEqual(self.newest().headline, "Theirs")
        self.assertEqual(fields(self.client.get(self.address))["version"], "4")

    def test_publishing_what_is_chosen_saves_it_only(self):
        chosen = {name: "mine" for _, name, _ in self.choices(self.conflict())}
        response = self.client.post(self.address, self.sent | {"_publish": "1"} | chosen)
        self.assertEqual(response.status_code, 302)
        self.assertIn("Nothing else was done", str(list(get_messages(response.wsgi_request))[0]))
        self.assertFalse(Article.objects.get(pk=self.article.pk).is_public())

    def test_a_choice_counts_for_the_readings_that_were_seen(self):
        chosen = {name: "mine" for _, name, _ in self.choices(self.conflict())}
        article = Article.objects.get(pk=self.article.pk)
        save_draft(article, replace(self.newest(), headline="Of a third"), by=self.other)
        again = self.conflict(**chosen)
        self.assertIn("1 of 2 still to choose", again.text)
        self.assertEqual(self.newest().headline, "Of a third")

    def test_being_kept_from_search_engines_is_merged(self):
        self.sent = fields(self.client.get(self.address))
        save_draft(self.article, replace(self.newest(), noindex=True), by=self.other)
        response = self.client.post(self.address, self.sent | {"kicker": "K", "_save_draft": "1"})
        self.assertEqual(response.status_code, 302)
        self.assertEqual((self.newest().kicker, self.newest().noindex), ("K", True))
        self.assertEqual(fields(self.client.get(self.address))["noindex"], "1")

    def test_knows_every_field(self):
        values = {
            "kicker": "K",
            "standfirst": "S",
            "slug": "slug",
            "language": "de",
            "direction": "rtl",
            "kind": "opinion",
            "reviewed": "R",
            "search_title": "T",
            "search_description": "D",
            "canonical_url": "https://example.org/story",
        }
        self.sent = fields(self.client.get(self.address))
        theirs = {
            name: {"language": "ar", "direction": "ltr", "kind": "review"}.get(name, f"{value}2")
            for name, value in values.items()
        }
        one, two = (factories.section(name).pk for name in ("Science", "Culture"))
        save_draft(self.article, replace(self.newest(), section_id=two, **theirs), by=self.other)
        response = self.conflict(section=str(one), **values)
        labels = [label for label, _, _ in self.choices(response)]
        self.assertEqual(
            set(labels),
            {
                "Kicker",
                "Standfirst",
                "Section",
                "Last word of the address",
                "Language",
                "Direction",
                "Kind",
                "What is reviewed",
                "Title in results",
                "Description",
                "First published at",
            },
        )
        chosen = {name: "mine" for _, name, _ in self.choices(response)}
        sent = self.sent | values | {"section": str(one), "_save_draft": "1"} | chosen
        self.assertEqual(self.client.post(self.address, sent).status_code, 302)
        newest = self.newest()
        self.assertEqual({name: getattr(newest, name) for name in values}, values)
        self.assertEqual(newest.section_id, one)

    def test_a_lead_picture_is_chosen_with_its_words(self):
        one, two = (
            factories.image("A harbour", width=300, height=200),
            factories.image("A wall", width=310, height=200),
        )
        self.sent = fields(self.client.get(self.address))
        theirs = replace(self.newest(), lead_image_id=two.pk, lead_caption="Of the wall.")
        save_draft(self.article, theirs, by=self.other)
        mine = {"lead_image": str(one.pk), "lead_caption": "Of the harbour."}
        ((label, name, readings),) = self.choices(self.conflict(**mine))
        self.assertEqual(label, "Lead picture")
        self.assertIn("Of the harbour.", readings[0])
        self.assertIn("Of the wall.", readings[1])
        self.client.post(self.address, self.sent | mine | {"_save_draft": "1", name: "theirs"})
        self.assertEqual((self.newest().lead_image_id, self.newest().lead_caption), (two.pk, "Of the wall."))

    def test_is_none_when_both_wrote_the_same(self):
        self.sent |= {"headline": "Theirs", "body": "<p>Same.</p><p>Theirs.</p>"}
        for button in ("_save_draft", "_publish"):
            self.assertRedirects(self.client.post(self.address, self.sent | {button: "1"}), self.address)
        self.assertTrue(Article.objects.get(pk=self.article.pk).is_public())

    def test_publishes_nothing_over_anothers_head(self):
        response = self.client.post(self.address, self.sent | {"_publish": "1"})
        self.assertEqual(response.status_code, 409)
        self.assertEqual(Article.objects.get(pk=self.article.pk).state, "draft")
        self.assertContains(
            response, '<button class="desk-button desk-button--first" name="_publish"', status_code=409
        )

    def test_tells_a_new_article_that_was_sent_twice_with_other_words(self):
        sent = fields(self.client.get(add_address()), headline="First words")
        self.client.post(add_address(), sent)
        response = self.client.post(add_address(), sent | {"headline": "Second words"})
        self.assertEqual(response.status_code, 409)
        self.assertEqual(fields(response)["headline"], "Second words")
        article = Article.objects.first()
        self.assertContains(response, f'action="{change_address(article)}"', status_code=409)
        chosen = {name: "mine" for _, name, _ in self.choices(response)}
        sent = fields(response) | {"_save_draft": "1"} | chosen
        self.assertEqual(self.client.post(change_address(article), sent).status_code, 302)
        self.assertEqual(Article.objects.get(pk=article.pk).headline, "Second words")


class MergeTests(TestCase):
    """Two have changed one version in different places."""

    BODY = "<p>The wall is four metres high.</p>\n<p>Nobody knows why.</p>"

    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.mine, cls.other = factories.editor("ana"), factories.editor("jonas")
        cls.article = factories.article(
            section=cls.world, headline="As opened", body=cls.BODY, tags=("coast", "law")
        )

    def setUp(self):
        self.client.force_login(self.mine)
        self.address = change_address(self.article)

    def open(self, **changes):
        return fields(self.client.get(self.address), **changes)

    def theirs(self, **changes):
        save_draft(self.now(), replace(Content.newest(self.now()), **changes), by=self.other)

    def now(self):
        return Article.objects.get(pk=self.article.pk)

    def press(self, sent, button="_save_draft"):
        response = self.client.post(self.address, sent | {button: "1"})
        self.assertEqual(response.url.partition("?")[0], self.address)
        self.typed = int(response.url.partition("?merged=")[2])
        return [str(message) for message in get_messages(response.wsgi_request)]

    def test_both_changes_are_in_and_it_is_said_what_came_from_whom(self):
        sent = self.open(headline="Mine")
        self.theirs(body=self.BODY.replace("four", "five"), kicker="Coast")
        told = self.press(sent)
        self.assertEqual(
            told[0], "Saved, together with what jonas has changed since you opened it: Kicker, Text."
        )
        newest = Content.newest(self.now())
        self.assertEqual((newest.headline, newest.kicker), ("Mine", "Coast"))
        self.assertIn("five", newest.body)
        revision = self.now().revisions.first()
        self.assertEqual((revision.kind, revision.by, revision.note), ("merged", self.mine, "with version 2"))

    def test_words_of_one_paragraph_are_merged(self):
        sent = self.open(body=self.BODY.replace("The", "Our"))
        self.theirs(body=self.BODY.replace("four", "five"))
        self.press(sent)
        self.assertIn("Our wall is five metres high.", self.now().body)

    def test_what_is_typed_while_it_is_saved_was_made_of_the_text_that_was_sent(self):
        own = "\n<p>A paragraph of mine.</p>"
        sent = self.open(body=self.BODY + own)
        self.theirs(kicker="Coast")
        self.press(sent)
        later = sent | {"body": self.BODY + own.replace("mine", "mine, longer"), "version": str(self.typed)}
        self.press(later)
        self.assertIn("<p>A paragraph of mine, longer.</p>", self.now().body)
        self.assertEqual(Content.newest(self.now()).kicker, "Coast")

    def test_a_text_that_has_all_of_theirs_is_saved_without_a_word_of_it(self):
        sent = self.open(kicker="Coast", headline="Mine")
        self.theirs(kicker="Coast")
        self.assertEqual(self.press(sent)[0], "Saved.")

    def test_a_draft_that_was_deleted_meanwhile_can_be_saved_as_a_new_one(self):
        sent = self.open(headline="Mine")
        with mock.patch("articles.admin.desk.view.performed", side_effect=self.delete_first):
            response = self.client.post(self.address, sent | {"_save_draft": "1"})
        self.assertContains(response, "Somebody has deleted this article meanwhile", status_code=409)
        again = self.client.post(add_address(), fields(response) | {"_save_draft": "1"})
        self.assertEqual(again.status_code, 302)
        self.assertEqual(Article.objects.get().headline, "Mine")

    def delete_first(self, request, act, form):
        self.now().delete()
        raise Conflict(2)

    def test_tags_are_merged_one_by_one(self):
        sent = self.open(tags="coast\ntides")
        self.theirs(tags=("coast", "law", "votes"))
        self.press(sent)
        self.assertEqual(Content.newest(self.now()).tags, ("coast", "tides", "votes"))

    def test_publishing_is_not_done_on_words_that_its_editor_has_not_seen(self):
        sent = self.open(headline="Mine")
        self.theirs(kicker="Coast")
        told = self.press(sent, "_publish")
        self.assertIn("Nothing else was done: look it over, and press again.", told[0])
        self.assertFalse(self.now().is_public())
        again = self.client.post(self.address, self.open() | {"_publish": "1"})
        self.assertEqual(again.status_code, 302)
        self.assertTrue(self.now().is_public())

    def test_a_decision_that_was_taken_besides_is_told(self):
        sent = self.open(headline="Mine")
        self.theirs(kicker="Coast")
        publish(self.now(), by=self.other)
        self.assertIn("jonas published it at", self.press(sent)[1])
        self.assertEqual(self.now().headline, "As opened", "what readers have is as jonas published it")

    def test_a_lead_picture_that_both_have_changed_is_a_conflict(self):
        one, two = factories.image(width=300, height=200), factories.image(width=310, height=200)
        sent = self.open(lead_image=str(one.pk))
        self.theirs(lead_image_id=two.pk)
        self.assertEqual(self.client.post(self.address, sent | {"_save_draft": "1"}).status_code, 409)
        self.assertEqual(Content.newest(self.now()).lead_image_id, two.pk)

    def test_a_form_on_a_version_that_nobody_knows_is_a_conflict(self):
        sent = self.open(headline="Mine") | {"version": "99"}
        self.assertEqual(self.client.post(self.address, sent | {"_save_draft": "1"}).status_code, 409)
