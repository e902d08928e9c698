from urllib.robotparser import RobotFileParser

from django.test import SimpleTestCase


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
