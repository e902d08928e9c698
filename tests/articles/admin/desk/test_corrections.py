"""Notes to readers: put on the page together with the mended text, mended and removed, and never silently."""

from django.urls import reverse

from articles import publishing
from articles.models import Act, Correction
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, somebody
from tests.articles.admin.desk.filled_form import change_address, errors, fields, write


def note_address(note):
    return reverse("admin:articles_article_correction", args=[note.article_id, note.pk])


class NotesWithTheirText(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.article = make.published_article(body="<p>Five metres.</p>")
        self.mended = {"body": "<p>Four metres.</p>", "correction_text": "It is four metres, not five."}

    def test_come_on_the_page_with_the_mended_text_in_one_act(self):
        write(self.client, self.article, **self.mended, _publish="1")
        self.article.refresh_from_db()
        self.assertEqual(self.article.body, "<p>Four metres.</p>")
        self.assertEqual(self.article.corrections.get().text, "It is four metres, not five.")

    def test_are_one_note_if_the_form_is_sent_twice(self):
        sent = fields(self.client.get(change_address(self.article)), **self.mended)
        for _ in range(2):
            self.client.post(change_address(self.article), sent | {"_publish": "1"})
        self.assertEqual(self.article.corrections.count(), 1)

    def test_wait_with_a_text_that_is_only_saved_and_the_editor_is_told_what_they_say(self):
        response = write(self.client, self.article, **self.mended, _save_draft="1")
        self.assertFalse(self.article.corrections.exists())
        told = self.told(self.client.get(response.url))
        self.assertIn("not on the page yet: “It is four metres, not five.”", told[0])

    def test_are_refused_at_their_field_if_the_text_goes_out_later(self):
        later = {"publish_at": "2031-01-01T06:00", "_schedule": "1"}
        response = write(self.client, self.article, **self.mended, **later)
        self.assertIn("correction_text", errors(response))
        self.article.refresh_from_db()
        self.assertFalse(self.article.has_scheduled_changes)


class NotesOnThePage(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.article = make.published_article()
        self.note = publishing.correct(self.article, by=self.user, text="It is five.", kind="correction")

    def sent(self, **changes):
        """What the page of the note sends, as it was opened now."""
        form = self.client.get(note_address(self.note)).context["form"]
        return {name: form[name].value() for name in form.fields} | changes

    def press(self, sent, button):
        return self.client.post(note_address(self.note), sent | {button: "1"}, follow=True)

    def newest(self):
        return self.article.acts.first()

    def test_are_mended_and_history_says_who_and_what_it_said(self):
        self.press(self.sent(text="It is four.", kind="update"), "mend")
        self.note.refresh_from_db()
        self.assertEqual((self.note.text, self.note.kind), ("It is four.", "update"))
        self.assertEqual((self.newest().verb, self.newest().by), (Act.Verb.MEND, self.user))
        page = self.client.get(reverse("admin:articles_article_history", args=[self.article.pk]))
        self.assertContains(page, "mended a note to readers")
        self.assertContains(page, "“It is five.” became Update of")
        self.assertContains(self.client.get(self.article.get_absolute_url()), "It is four.")

    def test_are_removed_and_history_keeps_the_whole_of_what_they_said(self):
        Correction.objects.update(text="It is five. " * 400)
        self.press(self.sent(), "remove")
        self.assertFalse(self.article.corrections.exists())
        self.assertEqual(self.newest().verb, Act.Verb.UNCORRECT)
        self.assertIn(("It is five. " * 400).strip(), self.newest().detail)
        self.assertNotContains(self.client.get(self.article.get_absolute_url()), "It is five.")

    def test_are_not_changed_twice_by_a_form_that_is_sent_twice(self):
        for button in ("mend", "remove"):
            with self.subTest(button):
                sent = self.sent(text=f"It is {button}.")
                self.press(sent, button)
                number = self.article.acts.count()
                self.assertEqual(self.press(sent, button).status_code, 200)
                self.assertEqual(self.article.acts.count(), number)

    def test_are_not_changed_unknowingly_after_a_colleague_has(self):
        sent = self.sent(text="It is four.")
        publishing.mend_correction(self.article, self.note.pk, by=self.user, text="It is six.", kind="update")
        response = self.press(sent, "mend")
        self.assertContains(response, "mended a note to readers", status_code=409)
        self.assertContains(response, "It is four.", status_code=409)
        self.note.refresh_from_db()
        self.assertEqual(self.note.text, "It is six.")

    def test_are_not_emptied(self):
        response = self.press(self.sent(text=" "), "mend")
        self.assertContains(response, "Say what was wrong", status_code=409)

    def test_are_changed_by_those_who_may_publish_only(self):
        self.client.force_login(somebody("reporter", "Editors"))
        self.assertEqual(self.client.get(note_address(self.note)).status_code, 403)
