"""Pictures in a store: a backup brings its own along in a folder, and nothing that is tried touches the store."""

import io
from pathlib import Path

from django.conf import settings
from django.test import TestCase, override_settings

from articles.backup.databases import of_this_site
from articles.backup.restore import Place
from articles.management.commands.restore import Command
from articles.management.scratch_site import KEEPS_NO_STORE

IN_A_STORE = override_settings(PICTURE_STORE=settings.PICTURE_STORE | {"BUCKET": "pictures"})


def said_after(folder=None):
    command = Command(stdout=io.StringIO())
    place = Place(of_this_site(), Path("media"), Path("var"))
    command.say_what_is_next(Path("backup.tar"), place, None, folder)
    return command.stdout.getvalue()


class RestoredPicturesTest(TestCase):
    def test_a_site_with_a_store_is_told_how_they_get_there(self):
        self.assertNotIn("move_pictures", said_after())
        with IN_A_STORE:
            self.assertIn("python manage.py move_pictures --to store", said_after())

    def test_a_site_beside_is_kept_away_from_the_store(self):
        self.assertNotIn("PICTURES_BUCKET", said_after(Path("look")))
        with IN_A_STORE:
            self.assertIn("an empty PICTURES_BUCKET", said_after(Path("look")))

    def test_the_press_that_tries_a_backup_has_no_store(self):
        self.assertEqual({f"PICTURES_{name}" for name in settings.PICTURE_STORE}, set(KEEPS_NO_STORE))
