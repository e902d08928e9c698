"""The words of the lead picture are the article's own: they are saved, merged and published with it."""

from dataclasses import replace

from django.contrib.auth.models import Group
from django.contrib.messages import get_messages

from articles import publishing
from articles.models import Article, Image
from articles.publishing import Content
from articles.publishing.pictures import change_image
from tests import factories

from .filled_form import change_address, errors, fields, write
from .test_body import AtTheDesk

CANARY = "Typed and not published"


class PictureWordsTests(AtTheDesk):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.image = factories.image("A harbour", caption="At dusk.", credit="Ana Lind", width=600, height=400)
        cls.ben = factories.editor("ben")

    def setUp(self):
        super().setUp()
        self.article = factories.published_article(section=self.world, lead_image=self.image, tags=("coast",))

    def now(self):
        return Article.objects.get(pk=self.article.pk)

    def own(self):
        newest = Content.newest(self.now())
        return newest.lead_alt, newest.lead_caption, newest.lead_credit

    def write(self, **changes):
        response = write(self.client, self.article, **changes)
        return [str(message).partition(" <a")[0] for message in get_messages(response.wsgi_request)]

    def read(self):
        """All that readers get which shows the article."""
        addresses = (self.now().get_absolute_url(), "/", "/world/", "/tag/coast/")
        return "".join(self.client.get(address).text for address in addresses)

    def library(self):
        image = Image.objects.get(pk=self.image.pk)
        return image.alt, image.caption, image.credit

    def test_that_are_typed_are_public_once_they_are_published_and_no_sooner(self):
        words = {f"lead_{word}": f"{CANARY}: {word}" for word in ("alt", "caption", "credit")}
        told = self.write(**words)
        self.assertEqual(told, ["Saved. Readers see nothing of it until you publish the changes."])
        self.assertNotIn(CANARY, self.read())
        self.assertIn(CANARY, self.client.get(f"/preview/{self.article.uid}/").text)
        self.write(_publish="1")
        page, section = (self.client.get(each).text for each in (self.now().get_absolute_url(), "/world/"))
        for word in words.values():
            self.assertIn(word, page)
        # Beside a headline a picture says nothing.
        self.assertNotIn(CANARY, section)
        self.assertEqual(self.library(), ("A harbour", "At dusk.", "Ana Lind"))

    def test_that_nobody_has_typed_follow_the_library(self):
        self.write(headline="Another", lead_caption="Ours.")
        self.assertEqual(self.own(), (None, "Ours.", None))
        change_image(Image.objects.get(pk=self.image.pk), credit="Ben Roe", caption="By night.")
        self.write(_publish="1")
        text = self.client.get(self.now().get_absolute_url()).text
        self.assertIn("Ben Roe", text)
        self.assertIn("Ours.", text)
        self.assertEqual(fields(self.client.get(change_address(self.article)))["lead_credit"], "Ben Roe")

    def test_that_are_emptied_are_none_and_only_the_alt_text_falls_back(self):
        self.write(lead_caption="", lead_credit="", lead_alt="", _publish="1")
        self.assertEqual(self.own(), (None, "", ""))
        text = self.client.get(self.now().get_absolute_url()).text
        self.assertNotIn("At dusk.", text)
        self.assertIn('alt="A harbour"', text)

    def test_that_were_saved_once_are_not_saved_again(self):
        self.write(lead_caption="Ours.")
        change_image(Image.objects.get(pk=self.image.pk), caption="Ours.")
        self.assertEqual(self.write(), ["Nothing had changed since it was last saved."])
        self.write(lead_caption="At dawn.")
        change_image(Image.objects.get(pk=self.image.pk), caption="At dusk.")
        self.write(lead_caption="At dusk.")
        self.assertEqual(self.own()[1], None, "typed as the library has it")

    def test_are_missed_at_their_field_before_readers_would(self):
        article = factories.article(lead_image=factories.image(alt=""), section=self.world)
        self.assertEqual(set(errors(write(self.client, article, _publish="1"))), {"lead_alt"})
        self.assertEqual(write(self.client, article, lead_alt="A harbour", _publish="1").status_code, 302)

    def test_go_into_the_library_by_choice(self):
        told = self.write(lead_alt="New words", lead_in_library="on", lead_focus_x="20")
        said = "The picture’s words and focal point changed in the library, and at once on each page that shows them."
        self.assertEqual(told, [said])
        self.assertEqual(self.library()[0], "New words")
        self.assertEqual(self.own(), (None, None, None))
        self.assertIn('alt="New words"', self.read())

    def test_do_not_go_there_if_the_press_of_the_button_fails(self):
        self.write(lead_alt="New words", lead_in_library="on", headline="", _publish="1")
        self.assertEqual(self.library()[0], "A harbour")

    def test_of_another_picture_begin_with_those_of_the_library(self):
        other = factories.image("A wall", caption="In rain.", width=500, height=300)
        self.write(lead_caption="Ours.")
        self.write(lead_image=str(other.pk), lead_alt="A wall", lead_caption="In rain.", lead_credit="")
        self.assertEqual(
            (Content.newest(self.now()).lead_image_id, *self.own()), (other.pk, None, None, None)
        )

    def test_are_merged_word_by_word(self):
        sent = fields(self.client.get(change_address(self.article)), lead_alt="Mine")
        self.save_as_ben(lead_caption="Theirs")
        self.client.post(change_address(self.article), sent | {"_save_draft": "1"})
        self.assertEqual(self.own(), ("Mine", "Theirs", None))

    def save_as_ben(self, **changes):
        publishing.save_draft(self.now(), replace(Content.newest(self.now()), **changes), by=self.ben)

    def test_that_both_have_changed_are_a_conflict(self):
        other = factories.image("A wall", width=500, height=300)
        for theirs in ({"lead_caption": "Theirs"}, {"lead_image_id": other.pk}, {"lead_image_id": None}):
            with self.subTest(theirs):
                sent = fields(self.client.get(change_address(self.article)), lead_caption=f"Mine {theirs}")
                self.save_as_ben(**theirs)
                response = self.client.post(change_address(self.article), sent | {"_save_draft": "1"})
                self.assertEqual(response.status_code, 409)
                self.save_as_ben(lead_image_id=self.image.pk, lead_caption=None)

    def test_are_in_the_history_and_come_back(self):
        self.write(lead_caption="First.")
        self.write(lead_caption="Second.")
        history, new = f"/admin/articles/article/{self.article.pk}/history/", self.now().version
        page = self.client.get(f"{history}compare/", {"old": new - 1, "new": new}).text
        for words in ("Caption of the lead picture", "First.", "Second."):
            self.assertIn(words, page)
        self.bring_back(new - 1, "lead_caption")
        self.assertEqual(self.own()[1], "First.")

    def bring_back(self, old, field):
        sent = {"old": old, "field": field, "version": self.now().version}
        response = self.client.post(f"/admin/articles/article/{self.article.pk}/history/restore/", sent)
        return [str(message) for message in get_messages(response.wsgi_request)]

    def test_come_back_with_their_picture_only(self):
        other = factories.image("A wall", width=500, height=300)
        self.write(lead_caption="Of the harbour.")
        old = self.now().version
        self.write(lead_image=str(other.pk), lead_caption="Of the wall.")
        told = self.bring_back(old, "lead_caption")
        self.assertIn("These words are about another picture", told[-1])
        self.bring_back(old, "lead_image_id")
        newest = Content.newest(self.now())
        self.assertEqual((newest.lead_image_id, newest.lead_caption), (self.image.pk, "Of the harbour."))


class ReportersTests(AtTheDesk):
    def test_words_stay_with_the_draft_and_out_of_the_library(self):
        image = factories.image("A harbour", width=600, height=400)
        draft = factories.article(section=self.world, lead_image=image)
        self.editor.is_superuser = False
        self.editor.is_staff = True
        self.editor.save()
        self.editor.groups.add(Group.objects.get(name="Editors"))
        page = self.client.get(change_address(draft))
        self.assertNotContains(page, "lead_in_library")
        self.assertEqual(write(self.client, draft, lead_alt="Three boats").status_code, 302)
        shown = fields(self.client.get(change_address(draft)))
        self.assertEqual(shown["lead_alt"], "Three boats")
        self.assertEqual(Image.objects.get().alt, "A harbour")
