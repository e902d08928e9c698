from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.robotparser import RobotFileParser

from django.test import SimpleTestCase

from tests.articles.views.files.test_site_files import saying


class RobotsTest(SimpleTestCase):
    def setUp(self):
        self.rules = RobotFileParser()
        self.rules.parse(self.client.get("/robots.txt").content.decode().splitlines())

    def test_names_the_sitemaps(self):
        site = "http://localhost:8000"
        self.assertEqual(self.rules.site_maps(), [f"{site}/sitemap.xml", f"{site}/sitemap-news.xml"])

    def test_lets_robots_read_the_paper_and_not_the_desk(self):
        for path, may in (("/", True), ("/2026/11/22/sea-wall/", True), ("/feed/", True), ("/admin/", False)):
            with self.subTest(path):
                self.assertEqual(self.rules.can_fetch("AnyBot", path), may)

    def test_adds_what_the_operator_says(self):
        with TemporaryDirectory() as folder:
            file = Path(folder, "robots.txt")
            file.write_text("User-agent: GreedyBot\nDisallow: /\n")
            with saying(ROBOTS=file):
                lines = self.client.get("/robots.txt").content.decode().splitlines()
        rules = RobotFileParser()
        rules.parse(lines)
        self.assertFalse(rules.can_fetch("GreedyBot", "/2026/11/22/sea-wall/"))
        self.assertTrue(rules.can_fetch("AnyBot", "/2026/11/22/sea-wall/"))
        self.assertEqual(len(rules.site_maps()), 2)
