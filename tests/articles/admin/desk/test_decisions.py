"""A form that is older than a colleague's decision does not undo it, and says what was decided."""

import datetime
from dataclasses import replace
from functools import partial

import time_machine
from django.contrib.messages import get_messages
from django.utils import timezone

from articles import publishing
from articles.models import Act, Article, Correction, Image, State
from articles.publishing import Content
from articles.publishing.pictures import change_image
from tests import factories as make

from .filled_form import change_address, errors, fields
from .test_desk import AtTheDesk

HOUR = datetime.timedelta(hours=1)


def on(hours):
    return f"{timezone.localtime() + hours * HOUR:%Y-%m-%dT%H:%M}"


class WithAColleague(AtTheDesk):
    def setUp(self):
        super().setUp()
        self.ben = make.editor("ben")
        self.later = timezone.now() + 5 * HOUR

    def open(self, article, **changes):
        """The form as it is now, for a press that comes later."""
        self.article = article
        return fields(self.client.get(change_address(article)), **changes)

    def press(self, sent, button, **more):
        return self.client.post(change_address(self.article), sent | {button: "1"} | more)

    def now(self):
        return Article.objects.get(pk=self.article.pk)

    def messages(self, response):
        return [str(message) for message in get_messages(response.wsgi_request)]

    def assert_refused(self, response, words):
        self.assertEqual(response.status_code, 409)
        self.assertContains(response, words, status_code=409)
        self.assertContains(response, "press again if you still want to", status_code=409)

    def changed_article(self):
        """Live, with a working copy: publishing it changes no version."""
        article = make.published_article(authors=[make.author()], section=self.world)
        return publishing.save_draft(article, replace(Content.of(article), kicker="New"), by=self.editor)


class DecisionTests(WithAColleague):
    def test_publishing_over_a_withdrawal(self):
        sent = self.open(self.changed_article())
        publishing.withdraw(self.now(), by=self.ben, reason="It is libellous.")
        self.assert_refused(self.press(sent, "_publish"), "ben withdrew it at")
        self.assertEqual(self.now().state, State.WITHDRAWN)

    def test_publishing_over_an_embargo(self):
        sent = self.open(make.article(section=self.world))
        publishing.schedule(self.now(), by=self.ben, at=self.later)
        self.assert_refused(self.press(sent, "_publish"), "ben scheduled it at")
        self.assertTrue(self.now().is_scheduled)

    def test_changing_the_time_over_a_newer_time(self):
        article = make.article(section=self.world)
        publishing.schedule(article, by=self.editor, at=self.later)
        sent = self.open(article, publish_at=on(2))
        publishing.schedule(self.now(), by=self.ben, at=self.later + HOUR)
        self.assert_refused(self.press(sent, "_schedule"), "ben scheduled it at")
        self.assertEqual(self.now().publish_at, self.later + HOUR)

    def test_moving_scheduled_changes_over_a_newer_time(self):
        article = publishing.schedule(self.changed_article(), by=self.editor, at=self.later)
        sent = self.open(article, publish_at=on(2))
        publishing.reschedule(self.now(), by=self.ben, at=self.later + HOUR)
        self.assert_refused(self.press(sent, "_reschedule"), "ben scheduled it at")
        self.assertEqual(self.now().scheduled_for, self.later + HOUR)

    def test_scheduling_a_story_that_went_live_meanwhile(self):
        article = make.article(section=self.world)
        publishing.schedule(article, by=self.editor, at=timezone.now() + HOUR)
        sent = self.open(article, publish_at=on(5))
        with time_machine.travel(timezone.now() + 2 * HOUR, tick=False):
            self.assert_refused(self.press(sent, "_schedule"), "It went live at")
            self.assertTrue(self.now().is_public())

    def test_publishing_over_an_end_that_was_set_meanwhile(self):
        sent = self.open(self.changed_article())
        publishing.publish(self.now(), by=self.ben, until=self.later)
        self.assert_refused(self.press(sent, "_publish"), "ben published it at")
        self.assertEqual(self.now().expires_at, self.later)

    def test_publishing_what_was_discarded(self):
        sent = self.open(self.changed_article())
        publishing.discard_working_copy(self.now(), by=self.ben)
        self.assert_refused(self.press(sent, "_publish"), "ben discarded the unpublished changes at")
        self.assertEqual(self.now().kicker, "")

    def test_publishing_what_was_sent_back(self):
        article = publishing.submit(make.article(section=self.world), by=self.editor)
        sent = self.open(article)
        publishing.return_to_draft(self.now(), by=self.ben, reason="It is libellous.")
        self.assert_refused(self.press(sent, "_publish"), "ben sent it back to draft at")
        self.assertContains(self.press(sent, "_publish"), "It is libellous.", status_code=409)
        self.assertEqual(self.now().state, State.DRAFT)

    def test_publishing_what_was_moved_or_tagged_from_the_list(self):
        """That is a change of the text too, so it is merged; nothing is published unseen."""
        science = make.section("Science")
        for act, told, newest in (
            (partial(publishing.move_to_section, section=science), "ben moved it at", "section_id"),
            (partial(publishing.add_tag, name="coast"), "ben tagged it at", "tags"),
        ):
            with self.subTest(told):
                sent = self.open(self.changed_article())
                act(self.now(), by=self.ben)
                theirs = getattr(Content.newest(self.now()), newest)
                messages = self.messages(self.press(sent, "_publish"))
                self.assertIn("Nothing else was done", messages[0])
                self.assertIn(told, messages[1])
                self.assertEqual(getattr(Content.newest(self.now()), newest), theirs)
                self.assertEqual(self.now().kicker, "")

    def test_publishing_what_ended_meanwhile(self):
        article = make.published_article(authors=[make.author()], section=self.world, until=self.later)
        sent = self.open(publishing.save_draft(article, make.content(kicker="New"), by=self.editor))
        with time_machine.travel(self.later + HOUR, tick=False):
            self.assert_refused(self.press(sent, "_publish"), "It ended at")
            self.assertFalse(self.now().is_public())

    def test_every_other_act_is_told_too(self):
        for button in ("_submit", "_approve", "_withdraw", "_return", "_discard", "_correct", "_cancel"):
            with self.subTest(button):
                sent = self.open(self.changed_article(), correction_text="It is five.")
                publishing.publish(self.now(), by=self.ben, until=self.later)
                self.assert_refused(self.press(sent, button), "ben published it at")

    def test_a_second_press_is_done_by_who_knows(self):
        sent = self.open(self.changed_article())
        publishing.withdraw(self.now(), by=self.ben)
        told = self.press(sent, "_publish")
        self.assertEqual(self.press(fields(told), "_publish").status_code, 302)
        self.assertTrue(self.now().is_public())

    def test_what_was_typed_is_in_the_form_that_tells(self):
        sent = self.open(self.changed_article(), headline="As typed", body="<p>Every word.</p>")
        publishing.withdraw(self.now(), by=self.ben)
        told = fields(self.press(sent, "_publish"))
        self.assertEqual((told["headline"], told["body"]), ("As typed", "<p>Every word.</p>"))

    def test_saving_text_changes_no_decision_and_tells_of_it(self):
        sent = self.open(self.changed_article(), headline="As typed")
        publishing.withdraw(self.now(), by=self.ben)
        told = self.messages(self.press(sent, "_save_draft"))
        self.assertTrue(told[0].startswith("Saved."), told)
        self.assertIn("Since you opened this: ben withdrew it at", told[1])
        self.assertEqual(self.now().state, State.WITHDRAWN)

    def test_a_colleagues_text_is_a_conflict_which_names_the_decision_besides(self):
        sent = self.open(self.changed_article(), headline="Mine")
        publishing.save_draft(self.now(), replace(Content.newest(self.now()), headline="Theirs"), by=self.ben)
        publishing.withdraw(self.now(), by=self.ben)
        response = self.press(sent, "_publish")
        self.assertContains(response, "Two of you have changed this article", status_code=409)
        self.assertContains(response, "ben withdrew it at", status_code=409)

    def test_a_form_without_the_token_is_taken(self):
        sent = self.open(make.article(section=self.world)) | {"seen": ""}
        self.assertEqual(self.press(sent, "_publish").status_code, 302)

    def test_a_token_of_nobodys_is_told_as_any_other(self):
        for token in ("x", "-1.live", f"{'9' * 30}.off", "1", "²."):
            with self.subTest(token):
                sent = self.open(make.article(section=self.world)) | {"seen": token}
                self.assertIn(self.press(sent, "_publish").status_code, (302, 409))


class SentTwiceTests(WithAColleague):
    """The answer to the first was lost on its way."""

    def twice(self, sent, button):
        self.assertEqual(self.press(sent, button).status_code, 302)
        response = self.press(sent, button)
        self.assertEqual(response.status_code, 302)
        self.assertEqual(self.messages(response)[-1], "This had been done already.")

    def acts(self, verb):
        return Act.objects.filter(article=self.article, verb=verb).count()

    def test_a_correction_is_one_correction(self):
        self.twice(self.open(make.published_article(), correction_text="It is five."), "_correct")
        self.assertEqual(Correction.objects.count(), 1)

    def test_another_correction_is_another_one(self):
        sent = self.open(make.published_article(), correction_text="It is five.")
        self.press(sent, "_correct")
        self.assert_refused(
            self.press(sent | {"correction_text": "It is six."}, "_correct"), "corrected it at"
        )

    def test_publishing_is_done_once(self):
        self.twice(self.open(self.changed_article()), "_publish")
        self.assertEqual(self.acts(Act.Verb.PUBLISH), 2, "the first publication, and this one")

    def test_withdrawing_is_done_once(self):
        self.twice(self.open(make.published_article()), "_withdraw")
        self.assertEqual(self.acts(Act.Verb.WITHDRAW), 1)

    def test_scheduling_is_done_once(self):
        self.twice(self.open(make.article(section=self.world), publish_at=on(3)), "_schedule")
        self.assertEqual(self.acts(Act.Verb.SCHEDULE), 1)

    def test_another_time_is_another_act(self):
        sent = self.open(make.article(section=self.world), publish_at=on(3))
        self.press(sent, "_schedule")
        self.assert_refused(self.press(sent | {"publish_at": on(4)}, "_schedule"), "scheduled it at")

    def test_discarding_is_done_once(self):
        self.twice(self.open(self.changed_article()), "_discard")
        self.assertEqual(self.acts(Act.Verb.DISCARD), 1)


class SentTwiceWithTextTests(WithAColleague):
    """The first has saved a text besides, so the second has an older version; its answer was lost."""

    def twice(self, sent, button):
        for _ in range(2):
            response = self.press(sent, button)
            self.assertEqual(response.status_code, 302)
        self.assertEqual(self.messages(response)[-1], "This had been done already.")

    def test_is_one_correction(self):
        sent = self.open(make.published_article(), headline="Mended", correction_text="It is five.")
        self.twice(sent, "_correct")
        self.assertEqual(Correction.objects.count(), 1)

    def test_is_one_act_of_each_other_kind(self):
        live, due = partial(make.published_article, authors=[make.author()]), timezone.now() + 9 * HOUR
        for button, article, verb in (
            ("_publish", live(), Act.Verb.PUBLISH),
            ("_withdraw", live(), Act.Verb.WITHDRAW),
            ("_return", live(at=due), Act.Verb.RETURN),
            ("_submit", make.article(), Act.Verb.SUBMIT),
            ("_approve", publishing.submit(make.article(), by=self.ben), Act.Verb.APPROVE),
            ("_cancel", publishing.schedule(live(), by=self.ben, at=due), Act.Verb.CANCEL),
        ):
            with self.subTest(button):
                before = Act.objects.filter(article=article, verb=verb).count()
                self.twice(self.open(article, headline="Mended"), button)
                self.assertEqual(Act.objects.filter(article=article, verb=verb).count(), before + 1)

    def test_undoes_no_decision_that_came_after_the_first(self):
        sent = self.open(make.published_article(), headline="Mended")
        self.press(sent, "_publish")
        publishing.withdraw(self.now(), by=self.ben)
        self.assert_refused(self.press(sent, "_publish"), "ben withdrew it at")
        self.assertEqual(self.now().state, State.WITHDRAWN)

    def test_undoes_no_decision_if_a_colleague_has_saved_the_same_text(self):
        sent = self.open(make.published_article(), headline="Mended")
        publishing.save_draft(self.now(), replace(Content.of(self.now()), headline="Mended"), by=self.ben)
        publishing.withdraw(self.now(), by=self.ben)
        self.assert_refused(self.press(sent, "_publish"), "ben withdrew it at")

    def test_goes_on_if_only_the_text_was_saved(self):
        sent = self.open(make.published_article(), headline="Mended")
        self.press(sent, "_save_draft")
        self.assertEqual(self.messages(self.press(sent, "_publish"))[-1].split(".")[0], "Published")


class WordsOfTheLibraryTests(WithAColleague):
    """The words of a picture in the library, changed from the form of an article by choice."""

    def setUp(self):
        super().setUp()
        self.image = make.image(alt="As opened", credit="Opened")
        self.sent = self.open(make.article(section=self.world, lead_image=self.image)) | {
            "lead_in_library": "on"
        }

    def words(self):
        image = Image.objects.get(pk=self.image.pk)
        return image.alt, image.credit

    def test_that_the_editor_has_not_touched_are_not_put_over_a_colleagues(self):
        change_image(Image.objects.get(pk=self.image.pk), alt="Corrected by Ben", focus=(10, 90))
        self.press(self.sent | {"headline": "Mine", "lead_credit": "Mine"}, "_save_draft")
        self.assertEqual(self.words(), ("Corrected by Ben", "Mine"))
        self.assertEqual(Image.objects.get(pk=self.image.pk).focus_x, 10)

    def test_that_both_have_changed_are_told_at_their_field_and_taken_with_a_second_press(self):
        change_image(Image.objects.get(pk=self.image.pk), alt="Of Ben")
        told = self.press(self.sent | {"lead_alt": "Of Ana"}, "_save_draft")
        self.assertEqual(told.status_code, 422)
        self.assertIn("Somebody has changed this meanwhile, to “Of Ben”", errors(told)["lead_alt"])
        self.assertEqual(self.words()[0], "Of Ben")
        self.assertEqual(self.press(fields(told), "_save_draft").status_code, 302)
        self.assertEqual(self.words()[0], "Of Ana")

    def test_with_a_focal_point_that_both_have_set_are_told_and_taken_with_a_second_press(self):
        change_image(Image.objects.get(pk=self.image.pk), focus=(10, 90))
        told = self.press(self.sent | {"lead_focus_x": "70", "lead_focus_y": "30"}, "_save_draft")
        self.assertEqual(told.status_code, 422)
        self.assertIn("to “10 from the left and 90 from the top”", errors(told)["lead_focus_x"])
        self.assertEqual(Image.objects.get(pk=self.image.pk).focus_x, 10)
        self.assertEqual(self.press(fields(told), "_save_draft").status_code, 302)
        self.assertEqual(Image.objects.get(pk=self.image.pk).focus_x, 70)

    def test_of_a_form_that_does_not_say_what_it_showed_are_taken(self):
        for shown in ("", "x", "[]", "[" * 50_000, '{"id": 0}', f'{{"id": {self.image.pk}, "own": 3}}'):
            with self.subTest(shown[:9]):
                more = {"lead_shown": shown, "lead_alt": f"Typed {len(shown)}", "lead_in_library": "on"}
                sent = self.open(self.now()) | more
                self.assertEqual(self.press(sent, "_save_draft").status_code, 302)
                self.assertEqual(self.words()[0], f"Typed {len(shown)}")
