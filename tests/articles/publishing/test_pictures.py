import threading
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import CaptureQueriesContext

from articles.images import fingerprint, make_master
from articles.models import Article, Image, OutboxEntry
from articles.picture_files import listed, masters, read_file, renditions
from articles.publishing.picture_library import intake
from articles.publishing.picture_library.intake import add_image
from articles.publishing.picture_library.removal import remove_image
from articles.publishing.pictures import change_image
from articles.publishing.renditions import expected_renditions, make_renditions
from tests import factories as make

from .newsroom import NewsroomTestCase


class ChangeImageTest(NewsroomTestCase):
    def setUp(self):
        self.image = make.image()

    def in_body(self):
        return f'<figure><img src="/x.jpg" data-image="{self.image.pk}" alt=""></figure>'

    def queries(self, **words):
        with CaptureQueriesContext(connection) as asked:
            change_image(self.image, **words)
        return len(asked)

    def test_asks_no_more_of_four_articles_than_of_two(self):
        shown = {"lead_image": self.image, "body": self.in_body()}
        make.published_articles(2, **shown, authors=[self.mara], tags=("coast",))
        of_two = self.queries(credit="Photograph: Ana Lind")
        make.published_articles(2, **shown, authors=[self.jonas], tags=("money",))
        self.assertEqual(self.queries(credit="Photograph: T. Lindqvist"), of_two)

    def test_writes_and_locks_no_article(self):
        make.published_article(body=self.in_body(), lead_image=self.image)
        before = list(Article.objects.values())
        with CaptureQueriesContext(connection) as asked:
            change_image(self.image, alt="A harbour before the storm", focus=(10, 10))
        self.assertEqual(list(Article.objects.values()), before)
        said = [each["sql"] for each in asked]
        self.assertFalse(
            [
                sql
                for sql in said
                if ('FROM "articles_article"' in sql and "FOR " in sql)
                or sql.startswith('UPDATE "articles_article"')
            ]
        )
        # Nor are texts read that nobody looks at.
        self.assertFalse([sql for sql in said if sql.startswith("SELECT") and '."prepared_body"' in sql])

    def test_names_every_page_that_shows_it(self):
        articles = [
            make.published_article(body=self.in_body()),
            make.published_article(lead_image=self.image),
        ]
        change_image(self.image, alt="A harbour before the storm")
        change = OutboxEntry.objects.latest("pk").change
        self.assertCountEqual(change["beside"], [each.get_absolute_url() for each in articles])

    def portray(self, *authors):
        for author in authors:
            author.portrait = self.image
            author.save()

    def test_names_the_articles_of_every_author_whose_portrait_it_is(self):
        self.portray(self.mara, self.jonas)
        articles = [
            make.published_article(authors=[self.mara]),
            make.published_article(authors=[self.jonas]),
            make.published_article(authors=[self.mara, self.jonas]),
        ]
        change_image(self.image, focus=(10, 50))
        change = OutboxEntry.objects.latest("pk").change
        self.assertEqual(change["authors"], ["jonas-okafor", "mara-ellis"])
        self.assertCountEqual(change["beside"], [each.get_absolute_url() for each in articles])

    def test_has_renditions_made_of_a_focal_point_that_a_form_has_set_already(self):
        OutboxEntry.objects.all().delete()
        self.image.focus_x = 10
        change_image(self.image, focus=(10, 50))
        kinds = [entry.change["kind"] for entry in OutboxEntry.objects.all()]
        self.assertEqual(kinds, ["renditions", "image"])


class ManyUploadAtOnceTest(TransactionTestCase):
    UPLOADS = 4

    def test_the_same_bytes_are_one_picture_with_one_file(self):
        data, all_are_ready = make.picture_bytes(300, 200), threading.Barrier(self.UPLOADS)
        folder = f"masters/{fingerprint(data)[:2]}"
        before = set(listed(masters(), folder)[1])

        def made(upload):
            """None of them finds the picture of another when it looks."""
            master = make_master(upload)
            all_are_ready.wait()
            return master

        def upload(number):
            try:
                return add_image(data, name=f"{number}.jpg", by=None, alt=f"Harbour {number}").pk
            finally:
                connection.close()

        with mock.patch.object(intake, "make_master", made), ThreadPoolExecutor(self.UPLOADS) as editors:
            numbers = list(editors.map(upload, range(self.UPLOADS)))
        image = Image.objects.get()
        self.assertEqual(numbers, [image.pk] * self.UPLOADS)
        new = set(listed(masters(), folder)[1]) - before
        self.assertEqual([f"{folder}/{name}" for name in new], [image.file.name])
        self.assertEqual(read_file(masters(), image.file.name), make_master(data).content)
        self.assertEqual(OutboxEntry.objects.filter(change__kind="renditions").count(), 1)


class RemoveImageTest(NewsroomTestCase):
    def test_takes_the_renditions_of_earlier_focal_points_along(self):
        image, other, paths = make.image(), make.image(), []
        for focus in [(10, 10), (90, 90)]:
            change_image(image, focus=focus)
            rendition = expected_renditions(image)[0]
            make_renditions(image, [rendition])
            paths.append(rendition.path)
        stays = expected_renditions(other)[0]
        make_renditions(other, [stays])
        with self.captureOnCommitCallbacks(execute=True):
            remove_image(Image.objects.get(pk=image.pk))
        self.assertEqual([renditions().exists(path) for path in paths], [False, False])
        # The press tells the stores in front. Another test may have left files of a picture with that number.
        gone = OutboxEntry.objects.filter(change__kind="renditions").latest("pk").change["gone"]
        self.assertLessEqual(set(paths), set(gone))
        self.assertTrue(renditions().exists(stays.path))
