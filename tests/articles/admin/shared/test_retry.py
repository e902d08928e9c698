"""Whoever saves or deletes at the desk while others are in the way is not told so: it is done once more."""

from unittest import mock

import psycopg
from django.contrib import admin
from django.db import OperationalError
from django.test import TestCase
from django.urls import reverse

from articles.admin.image import admin as of_images
from articles.admin.shared.guarded import Guarded
from articles.admin.shared.retry import TriesAgain
from articles.models import Article, Image
from tests import factories as make
from tests.articles.admin.shared.test_guarded import fields


def once_in_the_way(name):
    """The verb of that name meets a deadlock, and then nobody."""
    error = OperationalError("deadlock detected")
    error.__cause__ = psycopg.errors.DeadlockDetected()
    return mock.patch.object(
        of_images, name, side_effect=[error, mock.DEFAULT], wraps=getattr(of_images, name)
    )


class TriesAgainTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana, cls.image = make.editor("ana"), make.image(width=300, height=200)

    def setUp(self):
        self.client.force_login(self.ana)

    def address(self, page):
        return reverse(f"admin:articles_image_{page}", args=[self.image.pk])

    def test_every_page_that_changes_a_row_of_the_desk_does(self):
        ours = {model for model, page in admin.site._registry.items() if isinstance(page, Guarded)}
        self.assertGreater(len(ours), 6)
        for model in ours | {Article}:
            self.assertIsInstance(admin.site._registry[model], TriesAgain, model)

    def test_a_picture_is_saved_at_the_second_try(self):
        sent = fields(self.client.get(self.address("change"))) | {"caption": "At dusk."}
        with once_in_the_way("change_image") as verb:
            self.assertEqual(self.client.post(self.address("change"), sent).status_code, 302)
        self.assertEqual(verb.call_count, 2)
        self.assertEqual(Image.objects.get().caption, "At dusk.")

    def test_a_picture_is_deleted_at_the_second_try(self):
        with once_in_the_way("remove_image") as verb:
            self.assertEqual(self.client.post(self.address("delete"), {"post": "yes"}).status_code, 302)
        self.assertEqual(verb.call_count, 2)
        self.assertFalse(Image.objects.exists())
