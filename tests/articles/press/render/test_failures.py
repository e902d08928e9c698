import datetime

from django.test import TestCase

from articles.models import PrintFailure, Section
from articles.press.render.failures import note_failure


class NoteFailureTest(TestCase):
    def test_takes_the_longest_address_there_is(self):
        world = Section.objects.create(name="World", slug="長" * 80)
        harbours = Section.objects.create(name="Harbours", slug="港" * 80, parent=world)
        path = f"{harbours.get_absolute_url()}{datetime.date(2026, 11, 22):%Y/%m/%d}/"
        note_failure("paper-1:/srv/shelf", path, "TemplateSyntaxError")
        failure = PrintFailure.objects.get(path=path)
        # PostgreSQL refuses what SQLite takes.
        failure.full_clean()

    def test_takes_an_error_that_quotes_a_page_with_nul(self):
        note_failure("paper-1:/srv/shelf", "/world/", "a\0b")
        self.assertEqual(PrintFailure.objects.get().error, "a\N{REPLACEMENT CHARACTER}b")

    def test_shows_where_it_cut_an_error(self):
        note_failure("paper-1:/srv/shelf", "/world/", "x" * 5000)
        error = PrintFailure.objects.get().error
        self.assertEqual(len(error), 4000)
        self.assertTrue(error.endswith("x…"))
