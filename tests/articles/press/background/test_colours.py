"""Pictures that came before their colours were kept get them, when nothing else is to be done."""

import threading
from unittest import mock

from articles.models import Image
from articles.picture_files import masters
from articles.press.background import worker as background
from articles.press.background.worker import BackgroundWorker
from articles.publishing.picture_library.colours import fill_colour
from articles.publishing.pictures import change_image
from tests import factories
from tests.articles.press.printed_newsroom import PrintedNewsroom


class ColoursTest(PrintedNewsroom):
    def setUp(self):
        super().setUp()
        self.room = BackgroundWorker(self.shelf)
        self.images = [factories.image(width=300 + number, height=200, seed=number) for number in range(5)]
        figure = f'<figure><img data-image="{self.images[0].pk}"></figure>'
        self.article = self.publish(lead_image=self.images[0], body=f"<p>Text.</p>{figure}")
        self.colours = self.known()
        self.numbers = [image.pk for image in self.images]
        Image.objects.filter(pk__in=self.numbers).update(color="")
        self.printed()
        self.enterContext(mock.patch.object(background, "COLOURS_AT_ONCE", 2))

    def known(self):
        return dict(Image.objects.order_by("pk").values_list("pk", "color"))

    def look(self):
        self.room._fill_colours(threading.Event())
        return [color for color in self.known().values() if color]

    def test_come_a_few_at_a_time_and_then_no_more_is_asked(self):
        self.assertEqual([len(self.look()) for _ in range(4)], [2, 4, 5, 5])
        self.assertEqual(self.known(), self.colours)
        with self.assertNumQueries(0):
            self.room._fill_colours(threading.Event())

    def test_wait_while_the_press_prints_and_while_pictures_are_to_be_made(self):
        self.room.wait_for_the_press()
        self.assertEqual(self.look(), [])
        self.room._quiet_from = 0
        self.room.want([self.images[0].pk])
        self.assertEqual(self.look(), [])

    def test_are_passed_over_where_the_file_is_gone(self):
        masters().delete(self.images[1].file.name)
        for _ in range(4):
            self.look()
        self.assertEqual(self.known(), self.colours | {self.images[1].pk: ""})

    def test_reach_the_pages_that_show_the_picture(self):
        address = self.article.get_absolute_url()
        self.assertNotIn(b'data-c="', self.shelf.read(address).body)
        self.look()
        self.printed()
        self.assertEqual(
            self.shelf.read(address).body.count(f'"#{self.colours[self.numbers[0]]}"'.encode()), 2
        )
        self.assert_true_to_the_site()

    def test_of_a_file_that_was_replaced_meanwhile_are_not_written(self):
        before = Image.objects.get(pk=self.images[0].pk)
        Image.objects.filter(pk=before.pk).update(file="masters/aa/other.jpg")
        fill_colour(before, "000")
        self.assertEqual(self.known()[before.pk], "")

    def test_undo_no_words_that_were_written_meanwhile(self):
        before = Image.objects.get(pk=self.images[0].pk)
        change_image(Image.objects.get(pk=before.pk), caption="At dusk.")
        fill_colour(before, "8a7")
        now = Image.objects.get(pk=before.pk)
        self.assertEqual((now.caption, now.color), ("At dusk.", "8a7"))
