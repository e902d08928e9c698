"""A form that names a tag or a picture which is gone: the editor is told, and nothing comes back."""

from dataclasses import replace
from unittest import mock

from django.contrib.messages import get_messages

from articles import publishing
from articles.models import Article, Image, NamedPicture, Tag
from articles.publishing import Content
from articles.publishing.picture_library.removal import remove_image
from articles.publishing.tags import merge_tags, remove_tag, save_tag
from tests import factories
from tests.articles.admin.desk.filled_form import add_address, change_address, errors, fields
from tests.articles.admin.desk.test_body import AtTheDesk


class FormsThatAreOpen(AtTheDesk):
    def open(self, article):
        self.address = change_address(article)
        return fields(self.client.get(self.address))

    def press(self, sent, button="_save_draft", **more):
        response = self.client.post(self.address, sent | {button: "1"} | more)
        self.told = [str(message) for message in get_messages(response.wsgi_request)]
        return response


class TagsTests(FormsThatAreOpen):
    def setUp(self):
        super().setUp()
        self.coast, self.shore = factories.tag("coast"), factories.tag("shore")

    def articles(self):
        """A draft, a live one, and a live one with unpublished changes, each with the tag."""
        written = {"section": self.world, "tags": ("coast", "law")}
        yield factories.article(**written)
        yield factories.published_article(**written)
        live = factories.published_article(**written)
        yield publishing.save_draft(live, replace(Content.of(live), kicker="New"), by=None)

    def after(self, change):
        """What the newest texts and the library have after stale forms were saved, and after one more save."""
        forms = [(article, self.open(article)) for article in self.articles()]
        change()
        for article, sent in forms:
            self.address = change_address(article)
            response = self.press(sent, headline="Typed", tags="coast\nlaw\nvotes")
            self.assertEqual(
                response.status_code, 302, errors(response) if response.status_code != 302 else ""
            )
            self.assertIn("?merged=", response.url, "the form shows what was saved")
            newest = Content.newest(Article.objects.get(pk=article.pk))
            self.assertEqual(newest.headline, "Typed")
            yield newest.tags
            # The same form once more: its script may not have shown the new tags yet.
            version = str(Article.objects.get(pk=article.pk).version)
            self.press(sent, headline="Typed on", tags="coast\nlaw", version=version, seen="")
            self.assertNotIn("coast", Content.newest(Article.objects.get(pk=article.pk)).tags)

    def test_one_that_was_merged_is_the_one_into_which_it_was(self):
        for tags in self.after(lambda: merge_tags([self.coast], into=self.shore)):
            self.assertEqual(set(tags), {"shore", "law", "votes"})
        self.assertFalse(Tag.objects.filter(name="coast").exists())

    def test_one_that_was_renamed_has_its_new_name(self):
        def rename():
            self.coast.name = "The coast"
            save_tag(self.coast)

        for tags in self.after(rename):
            self.assertEqual(set(tags), {"The coast", "law", "votes"})
        self.assertFalse(Tag.objects.filter(name="coast").exists())

    def test_one_that_was_deleted_is_left_out(self):
        for tags in self.after(lambda: remove_tag(self.coast)):
            self.assertEqual(set(tags), {"law", "votes"})
        self.assertFalse(Tag.objects.filter(name="coast").exists())

    def test_the_editor_is_told(self):
        sent = self.open(factories.article(section=self.world, tags=("coast",)))
        merge_tags([self.coast], into=self.shore)
        self.press(sent)
        self.assertIn(
            "The tag “coast” is “shore” since you opened this; the article has that one.", self.told
        )

    def test_a_new_articles_form_does_not_make_it_again(self):
        sent = fields(self.client.get(add_address()), headline="New", tags="coast")
        merge_tags([self.coast], into=self.shore)
        response = self.client.post(add_address(), sent | {"_save_draft": "1"})
        self.assertIn(
            "There is no tag “coast”; what had its address is “shore” now.", errors(response)["tags"]
        )
        self.assertEqual(fields(response)["headline"], "New")

    def test_a_new_name_is_a_new_tag_as_before(self):
        factories.tag("C")
        self.press(self.open(factories.article(section=self.world)), tags="C++\nharbours")
        self.assertEqual(set(Article.objects.get().tags.names()), {"C++", "harbours"})


class PicturesTests(FormsThatAreOpen):
    def setUp(self):
        super().setUp()
        self.image = factories.image(width=300, height=200)

    def test_a_lead_picture_that_was_deleted_is_told_at_its_field(self):
        sent = self.open(factories.article(section=self.world)) | {"lead_image": str(self.image.pk)}
        remove_image(self.image)
        for button in ("_save_draft", "_publish"):
            response = self.press(sent, button, headline="Typed", lead_alt="A wall")
            self.assertEqual(response.status_code, 422)
            self.assertIn("This picture is no longer in the library", errors(response)["lead_image"])
            self.assertEqual(
                (fields(response)["headline"], fields(response)["lead_alt"]), ("Typed", "A wall")
            )
        self.assertEqual(self.press(fields(response), headline="Typed", lead_image="").status_code, 302)

    def test_one_that_is_deleted_while_the_form_is_read_is_told_too(self):
        article = factories.article(section=self.world)
        sent = self.open(article) | {"lead_image": str(self.image.pk)}

        def too_late(form, by):
            Image.objects.filter(pk=self.image.pk).delete()

        with mock.patch("articles.admin.desk.acts.take_picture", side_effect=too_late):
            response = self.press(sent, headline="Typed")
        self.assertEqual(response.status_code, 422)
        self.assertContains(response, "This picture is no longer in the library", status_code=422)
        self.assertIsNone(Article.objects.get().lead_image_id)

    def test_one_in_the_text_that_was_deleted_is_told_and_the_rest_is_saved(self):
        figure = (
            f'<figure><img src="/x" data-image="{self.image.pk}" alt="A"><figcaption>B</figcaption></figure>'
        )
        factories.article(section=self.world)
        remove_image(self.image)
        for button in ("_save_draft", "_publish"):
            response = self.press(
                self.open(Article.objects.get()) | {"body": f"<p>Words.</p>{figure}"}, button
            )
            self.assertEqual(response.status_code, 302)
            self.assertIn("A picture in the text is no longer in the library", self.told[-1])
        page = self.client.get(Article.objects.get().get_absolute_url())
        self.assertContains(page, "Words.")
        self.assertNotContains(page, "B</figcaption>")

    def test_a_conflict_about_one_that_was_deleted_is_shown(self):
        article = factories.article(section=self.world, lead_image=factories.image(width=310, height=200))
        sent = self.open(article)
        other = factories.image(width=320, height=200)
        publishing.save_draft(
            article, replace(Content.of(article), lead_image_id=None, body="<p>B</p>"), by=None
        )
        was = article.lead_image
        Article.objects.update(lead_image=None)
        # As of a picture that was deleted before the library kept those of older versions.
        NamedPicture.objects.all().delete()
        remove_image(was)
        response = self.press(sent, body="<p>C</p>")
        self.assertEqual(response.status_code, 422)
        self.assertEqual(self.press(sent, body="<p>C</p>", lead_image=str(other.pk)).status_code, 409)
