"""Whatever can name a picture keeps it."""

import uuid

from django.apps import apps
from django.db import models

from articles import publishing
from articles.models import Article, Image, Page, UnsavedText
from articles.publishing import Refused
from articles.publishing.article.bin import put_in_bin
from articles.publishing.picture_library.removal import remove_image
from articles.publishing.picture_library.uses import NAMING, unused, uses_of_image
from tests import factories as make
from tests.articles.publishing.newsroom import NewsroomTestCase

# These go along with the picture: redirects to it, what went wrong with it, in which collections it is.
GO_ALONG = {"OldAddress.image", "PictureFailure.image", "Image_collections.image"}
# Texts that stand in one of the registered columns, or are made of one.
COPIES = {
    "Article.body": "ArticlePicture.image",
    "Article.prepared_body": "ArticlePicture.image",
    "Revision.content": "NamedPicture.image",
    "Page.prepared_body": "Page.body",
}
# Long texts that name no picture of the library.
WITHOUT_PICTURES = """
Act.detail ApiToken.scopes Examination.facts Examination.findings Trouble.sentence Trouble.told Webhook.events
Article.contents Article.lead_caption Article.pinned Article.scheduled_problem Article.standfirst
Article.typed_times Author.biography Author.links Backup.archive Backup.error BoardVersion.blocks Correction.text Email.last_error Image.caption ImportJob.files
ImportJob.options ImportJob.said ImportRun.files ImportRun.results Note.after Note.before Note.quote Note.quote_now Note.text
Notice.last_error OutboxConsumer.built_until OutboxConsumer.last_error OutboxConsumer.position OutboxEntry.change
PictureFailure.error PressStatus.last_error PrintFailure.error Section.description Tag.description Task.arguments
Task.cursor Task.last_error
"""


class RegistrationTest(NewsroomTestCase):
    def test_knows_every_column_that_refers_to_a_picture(self):
        referring = {
            f"{model.__name__}.{field.name}"
            for model in apps.get_app_config("articles").get_models(include_auto_created=True)
            for field in model._meta.get_fields()
            if field.concrete and field.related_model is Image and not field.many_to_many
            if not model._meta.proxy
        }
        registered = {f"{naming.model.__name__}.{naming.column}" for naming in NAMING}
        self.assertEqual(referring - GO_ALONG, referring & registered)

    def test_knows_every_text_that_may_hold_a_picture(self):
        """Whoever adds a column of long text says here whether a picture can be in it."""
        texts = {
            f"{model.__name__}.{field.name}"
            for model in apps.get_app_config("articles").get_models()
            for field in model._meta.get_fields()
            if isinstance(field, models.TextField | models.JSONField) and not model._meta.proxy
        }
        registered = {f"{naming.model.__name__}.{naming.column}" for naming in NAMING}
        self.maxDiff = None
        self.assertEqual(sorted(texts - registered - set(COPIES)), sorted(WITHOUT_PICTURES.split()))


class UsesTest(NewsroomTestCase):
    def setUp(self):
        self.image = make.image("A harbour at dusk")
        self.inside = f'<figure><img src="/x.jpg" data-image="{self.image.pk}" alt="A"></figure>'

    def is_kept(self, by):
        self.assertEqual([str(use) for use in uses_of_image(self.image)], [by])
        self.assertEqual(list(unused(Image.objects.all())), [])
        with self.assertRaisesMessage(Refused, by):
            remove_image(self.image)

    def test_by_nothing_is_none(self):
        self.assertEqual(uses_of_image(self.image), [])
        self.assertEqual(list(unused(Image.objects.all())), [self.image])

    def test_by_a_lead_picture_and_a_body(self):
        make.article(lead_image=self.image)
        self.is_kept("1 article")

    def test_by_a_body(self):
        make.article(body=self.inside)
        self.is_kept("1 article")

    def test_by_the_bin(self):
        put_in_bin(make.article(lead_image=self.image), by=self.editor)
        self.is_kept("1 binned article")

    def test_by_a_working_copy(self):
        article = make.published_article()
        publishing.save_draft(article, make.content(lead_image=self.image), by=None)
        self.is_kept("1 working copy")

    def test_by_older_versions(self):
        article = make.article(body=self.inside)
        publishing.save_draft(article, make.content(body="<p>Without.</p>"), by=None)
        self.assertFalse(Article.objects.get().picture_links.exists())
        self.is_kept("1 article’s older versions")

    def test_by_a_portrait(self):
        make.author("Ana Lind", portrait=self.image)
        self.is_kept("1 author")

    def test_by_a_page(self):
        make.page(body=self.inside)
        self.is_kept("1 page")

    def test_by_a_form_in_which_somebody_types(self):
        for fields in ({"lead_image": str(self.image.pk)}, {"body": self.inside}):
            UnsavedText.objects.all().delete()
            UnsavedText.objects.create(
                uid=uuid.uuid4(),
                editor=make.editor(f"e{len(fields)}{uuid.uuid4().hex[:5]}"),
                tab="1",
                number=1,
                fields=fields,
            )
            self.is_kept("1 text that is being typed")

    def test_by_none_of_what_is_nonsense_in_a_form(self):
        fields = {"lead_image": "²", "body": None}
        UnsavedText.objects.create(
            uid=uuid.uuid4(), editor=make.editor("e"), tab="1", number=1, fields=fields
        )
        self.assertEqual(uses_of_image(self.image), [])

    def test_are_asked_of_all_pictures_in_three_queries(self):
        make.page(body=self.inside)
        others = [make.image() for _ in range(3)]
        with self.assertNumQueries(3):
            self.assertCountEqual(unused(Image.objects.all()), others)
        self.assertTrue(Page.objects.exists())
