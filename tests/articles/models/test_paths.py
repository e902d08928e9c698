from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.test import SimpleTestCase, TestCase

from articles.models import Article, Author, Page, Section, Tag
from articles.models.addresses.paths import LONGEST_WORD, shortened, validate_length
from articles.press.shelf.addresses import has_place
from tests import factories


class ShortenedTests(SimpleTestCase):
    def test_what_fits_stays(self):
        for word in ("", "sea-wall", "海" * 80, "a" * 80, "-"):
            with self.subTest(word[:5]):
                self.assertEqual(shortened(word, 80), word)

    def test_is_cut_between_words(self):
        self.assertEqual(shortened("harbour-towns-weigh", 16), "harbour-towns")
        self.assertEqual(shortened("harbour-towns-weigh", 13), "harbour-towns")

    def test_is_cut_within_a_word_that_is_most_of_it(self):
        self.assertEqual(shortened("a-" + "b" * 30, 12), "a-" + "b" * 10)
        self.assertEqual(shortened("2026年-" + "海" * 90, 120), "2026年-" + "海" * 77)

    def test_counts_bytes_and_cuts_no_character(self):
        for letter in "aé海𠀀":
            with self.subTest(letter):
                cut = shortened(letter * 300, 300)
                self.assertEqual(cut, letter * (LONGEST_WORD // len(letter.encode())))


class LengthTests(TestCase):
    def refusal(self, slug):
        try:
            validate_length(slug)
        except ValidationError as error:
            return error.messages[0]
        return ""

    def test_says_how_much_is_too_much(self):
        self.assertEqual(self.refusal("海" * 80), "")
        self.assertIn("leave out 1 character at", self.refusal("海" * 81))
        self.assertIn("leave out 20 characters", self.refusal("𠀀" * 80))

    def test_is_asked_at_the_field_of_every_slug(self):
        for row, field in (
            (Article(headline="x", slug="海" * 90), "slug"),
            (Section(name="x", slug="𠀀" * 70), "slug"),
            (Author(name="x", slug="海" * 90), "slug"),
            (Tag(name="x", slug="海" * 90), "slug"),
            (Page(title="x", path="𠀀" * 70), "path"),
        ):
            with self.subTest(type(row).__name__), self.assertRaises(ValidationError) as caught:
                row.full_clean()
            self.assertIn("too long for an address", caught.exception.message_dict[field][0])

    def test_the_longest_that_are_made_have_a_place_on_the_shelf(self):
        for letter in ("a", "م", "海", "𠀀"):
            with self.subTest(letter):
                tags = [factories.tag(letter * 99 + last) for last in "xyz"]
                named = {"tags": tuple(tag.name for tag in tags)}
                stories = [factories.published_article(headline=letter * 150, **named) for _ in range(2)]
                self.assertEqual(len({each.slug for each in (*tags, *stories)}), 5)
                for address in (each.get_absolute_url() for each in (*tags, *stories)):
                    self.assertTrue(has_place(unquote(address)), address)
                    self.assertEqual(self.client.get(address).status_code, 200)
