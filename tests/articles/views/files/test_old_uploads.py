"""Old addresses of files lead to the picture or document that the file has become, in one step."""

import io

from django.test import TestCase

from articles.models import OldAddress
from articles.publishing.addresses.old_addresses import bring_in_addresses
from articles.publishing.addresses.redirects import Wanted, save_redirect
from articles.publishing.documents import add_document
from articles.publishing.pictures import change_image
from tests import factories

UPLOADS = "/wp-content/uploads/2021/07/"


class UploadsTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.boat = factories.image(width=2000, height=1500)
        cls.map = factories.image(width=900, height=600)
        cls.map.original_name = "map-300x200.jpg"
        cls.map.save()
        cls.report, _ = add_document(io.BytesIO(b"%PDF-1.7"), name="report.pdf", by=None)
        bring_in_addresses(
            [
                (f"{UPLOADS}boat-scaled.jpg", cls.boat),
                (f"{UPLOADS}map-300x200.jpg", cls.map),
                (f"{UPLOADS}gr%C3%BCn.jpg", cls.boat),
                (f"/news{UPLOADS}boat.jpg", cls.boat),
                ("/2021/07/boat.jpg", cls.boat),
                (f"{UPLOADS}report.pdf", cls.report),
            ]
        )

    def size(self, path):
        """In which size the picture is that it leads to."""
        answer = self.client.get(path)
        self.assertEqual(answer.status_code, 301, path)
        self.assertEqual(self.client.get(answer["Location"]).status_code, 200, answer["Location"])
        return answer["Location"].rpartition("/")[2]

    def test_a_copy_leads_to_the_next_size_in_width(self):
        for path, size in (
            ("boat-scaled.jpg", "1620x1215.webp"),
            ("boat.jpg", "1620x1215.webp"),
            ("boat-150x150.jpg", "160x120.webp"),
            ("boat-300x225.jpg", "320x240.jpg"),
            ("boat-700x525.jpg", "720x540.webp"),
            ("boat-1024x768.jpg", "1080x810.jpg"),
            ("boat-1536x1152.jpg", "1620x1215.webp"),
            ("boat-scaled.jpg?w=300", "320x240.jpg"),
            ("boat.jpg?w=99999999999", "1620x1215.webp"),
        ):
            with self.subTest(path):
                self.assertEqual(self.size(UPLOADS + path), size)

    def test_a_name_that_looks_like_that_of_a_copy_may_be_the_originals(self):
        self.assertEqual(self.size(f"{UPLOADS}map-300x200.jpg"), "900x600.webp")

    def test_other_spellings_and_folders(self):
        for path in (
            f"{UPLOADS}grün.jpg",
            f"{UPLOADS}gru%CC%88n.jpg",
            f"/news{UPLOADS}boat-1x1.jpg",
            "/2021/07/boat.jpg?w=640",
        ):
            with self.subTest(path):
                self.size(path)

    def test_it_leads_to_where_the_picture_is_after_its_focal_point_has_moved(self):
        before = self.client.get(f"{UPLOADS}boat.jpg")["Location"]
        change_image(self.boat, focus=(10, 10))
        after = self.client.get(f"{UPLOADS}boat.jpg")["Location"]
        self.assertNotEqual(before, after)
        self.assertEqual(self.client.get(after).status_code, 200)

    def test_a_document(self):
        for path in (f"{UPLOADS}report.pdf", f"{UPLOADS}report.pdf?x=1"):
            answer = self.client.get(path)
            self.assertEqual((answer.status_code, answer["Location"]), (301, self.report.get_absolute_url()))
        self.assertEqual(self.client.head(f"{UPLOADS}report.pdf").status_code, 301)

    def test_it_costs_one_query(self):
        with self.assertNumQueries(1):
            self.client.get(f"{UPLOADS}boat-300x225.jpg")
        with self.assertNumQueries(1):
            self.client.get(f"{UPLOADS}report.pdf")

    def test_what_is_no_upload_costs_none_more(self):
        """A page, and a file that robots look for."""
        article = factories.published_article()
        for path, is_asked in (
            (article.get_absolute_url(), False),
            ("/favicon-96x96.png", False),
            ("/wp-content/plugins/x/x.js", False),
            (f"{UPLOADS}none.jpg", True),
        ):
            with self.subTest(path), self.assertNumQueries(0) as queries:
                queries.num = None
                self.client.get(path)
                queries.num = len(queries)
                asked = [each["sql"] for each in queries.captured_queries if "oldaddress" in each["sql"]]
                self.assertEqual(len(asked), int(is_asked), asked)

    def test_an_unknown_file_is_a_404(self):
        for path in ("none.jpg", "none-300x200.jpg", "boat.png", "%00.jpg", "a" * 3000 + ".jpg"):
            with self.subTest(path[:20]):
                self.assertEqual(self.client.get(UPLOADS + path).status_code, 404)

    def test_redirects_by_hand_lead_to_documents_too(self):
        save_redirect(Wanted("/report/", self.report.get_absolute_url()))
        self.assertEqual(self.client.get("/report/")["Location"], self.report.get_absolute_url())

    def test_they_go_with_the_picture(self):
        self.boat.delete()
        self.assertEqual(OldAddress.objects.filter(image__isnull=False).count(), 1)
