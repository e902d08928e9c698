import unittest
from unittest import mock

from articles.images import ImageRefused, first_look, make_master
from articles.models import Image, OutboxEntry
from articles.picture_files import is_on_disk, listed, masters, storage_of
from articles.publishing import Refused
from articles.publishing.picture_library.intake import NotStored, add_image, replace_file, take_in
from articles.publishing.renditions import expected_renditions, make_renditions
from articles.publishing.shared.versions import Outdated
from tests import factories as make
from tests.articles.images.embedded.files import with_iptc
from tests.articles.publishing.newsroom import NewsroomTestCase


class WordsOfTheFileTest(NewsroomTestCase):
    FILE = with_iptc({120: b"A harbour\x07 <b>at dusk</b>.", 80: b"Ana Lind", 116: b"Lind"})

    def test_are_offered_as_text(self):
        image = take_in(self.FILE, name="a.jpg", by=None).image
        self.assertEqual(image.caption, "A harbour <b>at dusk</b>.")
        self.assertEqual((image.credit, image.copyright, image.alt), ("Ana Lind", "Lind", ""))

    def test_give_way_to_those_that_were_typed(self):
        image = take_in(self.FILE, name="a.jpg", by=None, credit="T. Okafor", caption="").image
        self.assertEqual((image.credit, image.caption[:9]), ("T. Okafor", "A harbour"))

    def test_are_no_longer_than_may_be(self):
        image = take_in(with_iptc({80: b"Ana " * 400}), name="a.jpg", by=None).image
        self.assertEqual(len(image.credit), Image._meta.get_field("credit").max_length)

    def test_do_not_come_in_with_an_import(self):
        image = add_image(self.FILE, name="a.jpg", by=None)
        self.assertEqual((image.caption, image.credit), ("", ""))

    def test_of_the_same_bytes_are_those_that_the_library_has(self):
        first = take_in(self.FILE, name="a.jpg", by=None, credit="T. Okafor")
        again = take_in(self.FILE, name="b.jpg", by=None, credit="Somebody")
        self.assertEqual((first.is_new, again.is_new, again.image.credit), (True, False, "T. Okafor"))


class NotStoredTest(NewsroomTestCase):
    def files(self):
        return {
            name
            for folder in listed(masters(), "masters")[0]
            for name in listed(masters(), f"masters/{folder}")[1]
        }

    def assert_nothing_is_kept(self, act):
        before = self.files(), Image.objects.count(), OutboxEntry.objects.count()
        with self.assertRaises(NotStored) as caught:
            act()
        self.assertIn("Nothing was kept", caught.exception.message)
        self.assertEqual((self.files(), Image.objects.count(), OutboxEntry.objects.count()), before)

    @unittest.skipUnless(is_on_disk(masters()), "a store has no folders")
    def test_on_a_full_disk_leaves_neither_row_nor_file(self):
        data = make.picture_bytes(300, 200)
        full = OSError(28, "No space left on device")
        with mock.patch("articles.whole_files.os.replace", side_effect=full):
            self.assert_nothing_is_kept(lambda: take_in(data, name="a.jpg", by=None))
        self.assertTrue(take_in(data, name="a.jpg", by=None).is_new)

    def test_in_a_store_with_errors_of_its_own_neither(self):
        class StoreIsDead(Exception):
            pass

        with mock.patch(
            "articles.publishing.picture_library.intake.store_whole", side_effect=StoreIsDead("no answer")
        ):
            self.assert_nothing_is_kept(lambda: take_in(make.picture_bytes(), name="a.jpg", by=None))

    def test_leaves_no_file_if_what_goes_with_it_fails(self):
        before = self.files()
        broken = mock.patch(
            "articles.publishing.picture_library.intake.announce_renditions", side_effect=ZeroDivisionError
        )
        with broken, self.assertRaises(ZeroDivisionError):
            take_in(make.picture_bytes(), name="a.jpg", by=None)
        self.assertEqual(self.files(), before)

    @unittest.skipUnless(is_on_disk(masters()), "a store has no folders")
    def test_leaves_the_old_file_where_another_was_to_take_its_place(self):
        image = make.image()
        full = OSError(28, "No space left on device")
        with mock.patch("articles.whole_files.os.replace", side_effect=full):
            self.assert_nothing_is_kept(lambda: replace_file(image, make.picture_bytes(300, 200)))
        with Image.objects.get().file.open() as file:
            self.assertTrue(file.read())


class ReplaceFileTest(NewsroomTestCase):
    def setUp(self):
        self.image = make.image("A harbour", credit="Ana Lind", width=900, height=600)
        self.article = make.published_article(lead_image=self.image)
        OutboxEntry.objects.all().delete()

    def replaced(self, data=None, **more):
        return replace_file(self.image, data or make.picture_bytes(1200, 800), **more).image

    def test_keeps_number_words_and_uses_and_gives_renditions_new_addresses(self):
        key = self.image.key
        image = Image.objects.get(pk=self.replaced().pk)
        self.assertEqual((image.pk, image.alt, image.credit), (self.image.pk, "A harbour", "Ana Lind"))
        self.assertEqual((image.width, image.height), (1200, 800))
        self.assertNotEqual(image.key, key)
        self.article.refresh_from_db()
        self.assertEqual(self.article.lead_image, image)

    def test_has_what_shows_it_printed_and_its_renditions_made(self):
        self.replaced()
        kinds = {entry.change["kind"]: entry.change for entry in OutboxEntry.objects.all()}
        self.assertEqual(sorted(kinds), ["image", "renditions"])
        self.assertIn(self.article.get_absolute_url(), kinds["image"]["beside"])
        # A front or a list shows it, too.
        self.assertNotIn("everywhere", kinds["image"])

    def test_takes_the_old_files_away_once_that_is_saved(self):
        make_renditions(self.image, expected_renditions(self.image)[:1])
        old = [self.image.file.name, expected_renditions(self.image)[0].path]
        with self.captureOnCommitCallbacks(execute=True):
            image = self.replaced()
        self.assertEqual([storage_of(name).exists(name) for name in old], [False, False])
        self.assertTrue(masters().exists(image.file.name))

    def test_keeps_the_focal_point_only_if_the_proportions_are_the_same(self):
        self.image.focus_x, self.image.crops = 10, "1:1 0 0 300"
        alike = self.replaced(make.picture_bytes(300, 200))
        self.assertEqual((alike.focus_x, alike.crops), (10, "1:1 0 0 300"))
        data = make.picture_bytes(300, 300)
        seen, other = first_look(make_master(data).content), self.replaced(data)
        self.assertEqual((other.focus, other.crops, other.color), (seen.focus, "", seen.color))

    def test_is_refused_with_a_file_that_the_library_has(self):
        other, own = make.picture_bytes(300, 200), make.picture_bytes(400, 200)
        add_image(other, name="other.jpg", by=None, alt="Cranes")
        self.replaced(own)
        for data, told in ((other, "“Cranes”"), (own, "has already")):
            with self.assertRaisesMessage(Refused, told):
                self.replaced(data)

    def test_is_refused_if_a_colleague_has_changed_the_picture_meanwhile(self):
        with self.assertRaises(Outdated):
            self.replaced(expected=self.image.version + 1)

    def test_is_refused_with_what_is_no_picture(self):
        with self.assertRaises(ImageRefused):
            self.replaced(b"<svg/>")
