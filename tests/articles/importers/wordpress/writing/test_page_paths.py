from django.test import TestCase

from articles.importers.wordpress.writing.store import free_path
from articles.models.addresses.paths import validate_path
from tests import factories


class FreePathTest(TestCase):
    def test_is_one_that_the_desk_would_take(self):
        for wanted, path in {
            "about/team": "about/team",
            "about/feed/atom": "about-feed-atom",
            "2019/about/2020/05": "2019-page-about-2020-05",
            "search/help": "search-page/help",
            "a/" * 8 + "b": "a/a/a/a/a/a/b",
        }.items():
            with self.subTest(wanted):
                self.assertEqual(free_path(wanted), path)
                validate_path(path)

    def test_is_of_no_other_page(self):
        factories.page(path="about/team")
        self.assertEqual(free_path("about/team"), "about/team-2")
