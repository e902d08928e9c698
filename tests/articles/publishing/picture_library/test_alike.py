from django.test import TestCase
from PIL import Image as Picture

from articles.models import Image
from articles.publishing.picture_library.alike import look_alikes
from articles.publishing.picture_library.intake import add_image
from tests import factories as make
from tests.articles.images.samples import encoded, noise


def added(picture, **options):
    return add_image(encoded(picture, "JPEG", **options), name="a.jpg", by=None)


class LookAlikesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.photograph = noise(600, 400, grain=60)
        cls.image = added(cls.photograph)

    def test_are_the_same_photograph_in_another_size_or_quality(self):
        smaller = added(self.photograph.resize((300, 200)))
        self.assertEqual(look_alikes(smaller), [self.image])
        coarser = added(self.photograph, quality=20)
        self.assertCountEqual(look_alikes(coarser), [self.image, smaller])

    def test_are_no_other_pictures_and_never_itself(self):
        self.assertEqual(look_alikes(added(noise(600, 400, grain=60))), [])

    def test_are_not_all_even_pictures(self):
        for colour in ("navy", "maroon"):
            even = added(Picture.new("RGB", (600, 400), colour))
        self.assertEqual(look_alikes(even), [])

    def test_cost_two_queries_however_many_pictures_there_are(self):
        sample = make.image()
        rows = [
            Image(file="x", width=9, height=9, fingerprint=f"{number:064}", band_1=number, band_2=7)
            for number in range(1, 40)
        ]
        Image.objects.bulk_create(rows)
        smaller = added(self.photograph.resize((300, 200)))
        with self.assertNumQueries(2):
            look_alikes(smaller)
        self.assertNotIn(sample, look_alikes(smaller))

    def test_of_a_picture_that_nobody_has_looked_at_are_none(self):
        with self.assertNumQueries(0):
            self.assertEqual(look_alikes(Image()), [])
