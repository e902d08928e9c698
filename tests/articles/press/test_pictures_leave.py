"""Pictures that leave readers' pages: at their second, and out of the stores in front."""

from unittest import mock

import pytest
import time_machine
from django.test import override_settings

from articles.models import Image
from articles.press.background.pictures import make_ahead, missing_pictures
from articles.publishing.picture_library.removal import remove_image
from articles.publishing.pictures import change_image
from articles.publishing.renditions import expected_renditions, make_renditions
from tests import factories

from .printed_newsroom import DAY, NOON, PrintedNewsroom


class PicturesLeaveTest(PrintedNewsroom):
    @override_settings(ENDED_PICTURES_LEAVE=True)
    def test_in_the_second_in_which_their_last_day_is_over(self):
        image = factories.image(width=500, height=400)
        article = self.publish(lead_image=image)
        change_image(Image.objects.get(pk=image.pk), facts={"usable_until": NOON.date()})
        self.printed()
        own, name = article.get_absolute_url(), f"/{image.pk}-".encode()
        self.assertIn(name, self.shelf.read(own).body)
        with time_machine.travel(NOON + DAY, tick=False):
            self.printed()
            self.assertNotIn(name, self.shelf.read(own).body)
            self.assertNotIn(name, self.shelf.read("/").body)
            self.assert_true_to_the_site()

    def test_with_the_addresses_of_their_files_in_the_stores_in_front(self):
        image = factories.image(width=500, height=400)
        rendition = expected_renditions(image)[0]
        make_renditions(image, [rendition])
        self.press.purges = mock.Mock()
        remove_image(image)
        self.printed()
        noted = {path for call in self.press.purges.note_pictures.call_args_list for path in call.args[0]}
        self.assertIn(f"/media/{rendition.path}", noted)

    @override_settings(ENDED_PICTURES_LEAVE=True)
    @pytest.mark.usefixtures("in_store")
    def test_and_are_made_again_in_a_store_when_they_come_back(self):
        image = factories.image(width=500, height=400)
        named = [expected_renditions(image)[0].path]
        make_ahead(named)
        self.assertEqual(missing_pictures(named), [])
        with self.captureOnCommitCallbacks(execute=True):
            change_image(image, facts={"usable_until": (NOON - DAY).date()})
        self.printed()
        change_image(image, facts={"usable_until": None})
        self.assertIn(named[0], [each.path for each in expected_renditions(image)])
        self.assertEqual(missing_pictures(named), named)
