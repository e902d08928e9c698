"""Old addresses of WordPress that are found by a rule: one test for each form, in one hop."""

import tempfile
from pathlib import Path

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext

from articles.models import Article, Section
from articles.publishing import withdraw
from tests import corpora
from tests.articles.importers.wordpress.exports import export, item, written
from tests.articles.importers.wordpress.writing.test_addresses import DATE, HEAD, ITEMS
from tests.articles.importers.wordpress.writing.test_run import imported

HARBOUR, FAIR = "/2021/08/05/harbour/", "/2021/08/05/fair/"
PAGE = item(
    "<link>https://lantern.test/paper/contact/</link>", id=30, type="page", post_name="contact", **DATE
)
FORMS = {
    # Permalinks: of the old site's own path, decoded or not, with what does not belong to them.
    "/paper/2021/08/05/harbour/": HARBOUR,
    "/paper/2021/08/05/harbour": HARBOUR,
    "/PAPER/2021/08/05/HARBOUR/": HARBOUR,
    "/paper//2021/08/05/harbour/).": HARBOUR,
    "/paper/2021/08/05/port/": HARBOUR,
    "/index.php/paper/2021/08/05/harbour/": HARBOUR,
    "/paper/index.php/2021/08/05/harbour/": HARBOUR,
    "/paper/contact/": "/contact/",
    "/paper/": "/",
    # A wrong date or category before the right slug.
    "/2019/01/harbour/": HARBOUR,
    "/paper/2019/01/02/harbour/": HARBOUR,
    "/sport/harbour/": HARBOUR,
    "/2021/8/5/harbour/": HARBOUR,
    # Parts of an article.
    **{
        f"{start}{tail}": HARBOUR
        for start in (HARBOUR, f"/paper{HARBOUR}")
        for tail in (
            *("2/", "comment-page-3/", "trackback/", "embed/", "print/", "feed/", "feed/atom/", "page/2/"),
            *("amp/", "amp", "amp/2/", "amphtml/", "page/2/amp/", "boat/"),
        )
        if tail != "boat/" or start != HARBOUR
    },
    f"/amp{HARBOUR}": HARBOUR,
    f"/amp/paper{HARBOUR}": HARBOUR,
    f"{HARBOUR[:-1]}.amp": HARBOUR,
    # Lists.
    "/page/2/": "/",
    "/amp/": "/",
    "/town/page/7/": "/town/",
    "/paper/page/2/": "/",
    "/category/town/": "/town/",
    "/category/town/2016/": "/town/2016-section/",
    "/paper/category/town/": "/town/",
    "/paper/category/town/page/3/": "/town/",
    "/category/town/amp/": "/town/",
    "/paper/author/a-ruiz/": "/author/a-ruiz/",
    "/author/a-ruiz/page/2/": "/author/a-ruiz/",
    "/paper/2021/08/": "/2021/08/",
    "/2021/8/": "/2021/08/",
    "/paper/2021/": "/2021/",
    # Feeds.
    "/feed/rss2/": "/feed/",
    "/feed/rdf/": "/feed/",
    "/rss/": "/feed/",
    "/paper/feed/": "/feed/",
    "/paper/feed/atom/": "/feed/atom/",
    "/wp-rss2.php": "/feed/",
    "/paper/wp-atom.php": "/feed/atom/",
    "/comments/feed/": "/feed/",
    "/paper/comments/feed/": "/feed/",
    "/category/town/feed/": "/town/feed/",
    "/paper/category/town/feed/atom/": "/town/feed/atom/",
    "/town/feed/rss2/": "/town/feed/",
    "/paper/author/a-ruiz/feed/": "/author/a-ruiz/feed/",
    # Sitemaps of plugins.
    **{
        f"/{name}": "/sitemap.xml"
        for name in (
            *("wp-sitemap.xml", "sitemap_index.xml", "post-sitemap3.xml", "sitemap.xml.gz"),
            *("wp-sitemap-posts-post-1.xml", "sitemap1.xml"),
        )
    },
    "/news-sitemap.xml": "/sitemap-news.xml",
    # Searches.
    "/search/sea%20wall/": "/search/?q=sea%20wall",
    "/search/sea+wall/page/2/": "/search/?q=sea%20wall",
}
QUERIES = {
    "/?p=9": HARBOUR,
    "/paper/?p=9": HARBOUR,
    "/index.php?p=9": HARBOUR,
    "/paper/index.php?p=9": HARBOUR,
    "/?page_id=30": "/contact/",
    "/?attachment_id=20": HARBOUR,
    "/?p=22": FAIR,
    "/?p=9&amp=1&feed=rss2": HARBOUR,
    "/?cat=3": "/town/",
    "/?cat=4&paged=2": "/town/2016-section/",
    "/?cat=3&feed=rss2": "/town/feed/",
    "/?category_name=town": "/town/",
    "/?category_name=town/2016": "/town/2016-section/",
    "/?author=7": "/author/a-ruiz/",
    "/?author_name=a-ruiz": "/author/a-ruiz/",
    "/?name=harbour": HARBOUR,
    "/?pagename=contact": "/contact/",
    "/?m=202108": "/2021/08/",
    "/?m=20210805": "/2021/08/05/",
    "/?m=20210806": "/2021/08/",
    "/?year=2021&monthnum=8&day=5": "/2021/08/05/",
    "/?paged=3": "/",
    "/?feed=atom": "/feed/atom/",
    "/?amp": "/",
    "/?s=sea+wall": "/search/?q=sea%20wall",
    "/paper/?s=": "/search/",
    f"/paper{HARBOUR}?amp=1": HARBOUR,
    f"/paper{HARBOUR}?noamp=mobile": HARBOUR,
    f"/paper{HARBOUR}?feed=rss2": HARBOUR,
}


class OldFormsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        with tempfile.TemporaryDirectory() as folder:
            imported([written(Path(folder), export(*ITEMS, PAGE, head=HEAD))], Path(folder))

    def assert_leads(self, old, new):
        for method in (self.client.get, self.client.head):
            response = method(old)
            found = (response.status_code, response.get("Location"))
            self.assertEqual(found, (301, new), old)
        self.assertEqual(self.client.get(new).status_code, 200, new)

    def test_each_form_leads_to_the_page_in_one_hop(self):
        for old, new in FORMS.items():
            with self.subTest(old):
                self.assert_leads(old, new)

    def test_each_query_leads_to_the_page_in_one_hop(self):
        for old, new in QUERIES.items():
            with self.subTest(old):
                self.assert_leads(old, new)

    def test_the_rest_of_the_query_is_handed_on(self):
        for old, new in {
            "/?p=9&utm_source=mail&amp": f"{HARBOUR}?utm_source=mail",
            "/?utm_source=%C3%BC&cat=3": "/town/?utm_source=%C3%BC",
            f"/paper{HARBOUR}amp/?a=1": f"{HARBOUR}?a=1",
            f"/paper{HARBOUR}?amp=1&a=1": f"{HARBOUR}?a=1",
        }.items():
            with self.subTest(old):
                self.assert_leads(old, new)

    def test_what_is_gone_says_so(self):
        for path in (
            "/type/aside/",
            "/paper/type/gallery/",
            "/feed/podcast/",
            "/paper/nowhere/",
            "/?attachment_id=23",
        ):
            with self.subTest(path):
                self.assertEqual(self.client.get(path).status_code, 410)

    def test_what_only_wordpress_answers_is_refused_without_a_query(self):
        for path in (
            *(
                "/wp-login.php",
                "/wp-admin/",
                "/wp-admin/admin-ajax.php",
                "/xmlrpc.php",
                "/wp-json/wp/v2/posts",
            ),
            *("/wp-includes/js/x.js", "/paper/wp-login.php", "/wp-json", "/wp-cron.php"),
        ):
            with self.subTest(path), self.assertNumQueries(0):
                self.assertEqual(self.client.get(path).status_code, 404)

    def test_numbers_that_nothing_has_are_not_the_front(self):
        for query in ("p=999", "cat=99", "page_id=11", "author=99", "p=11"):
            with self.subTest(query):
                self.assertEqual(self.client.get(f"/?{query}").status_code, 404)
                self.assertEqual(self.client.get(f"/paper/?{query}").status_code, 404)

    def test_other_queries_get_the_page(self):
        for address in (
            "/?p=",
            "/?p=x",
            "/?name=Ana",
            "/?tag=",
            f"{HARBOUR}?cat=3",
            "/?page=2",
            "/search/?tag=x",
        ):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 200)

    def test_a_slug_that_two_articles_have_leads_nowhere(self):
        one = Article.objects.get(slug="harbour")
        Article.objects.filter(slug="fair").update(slug="harbour", address_date="2020-01-01")
        self.assertEqual(self.client.get("/sport/harbour/").status_code, 404)
        withdraw(one, by=None)
        self.assertEqual(self.client.get("/sport/harbour/")["Location"], "/2020/01/01/harbour/")

    def test_a_plain_address_without_a_page_is_looked_for_once(self):
        with self.assertNumQueries(4):
            self.client.get("/nothing/")
        # Its last word may be the slug of an article.
        with self.assertNumQueries(5):
            self.client.get("/nothing/there/")
        # A word with a zero byte or a full stop may not.
        for path in ("/nothing/th%00ere/", "/nothing/there.x.y/"):
            with self.subTest(path), self.assertNumQueries(4):
                self.assertEqual(self.client.get(path).status_code, 404)

    def test_a_letter_that_is_not_ascii_is_found_below_the_path_of_the_old_site(self):
        Section.objects.filter(slug="town").update(slug="küste")
        for path in ("/paper/k%C3%BCste/", "/paper/k%C3%BCste/amp/", "/paper/category/k%C3%BCste/"):
            with self.subTest(path):
                self.assert_leads(path, "/k%C3%BCste/")

    def test_the_queries_for_an_address_of_many_forms_are_limited(self):
        for path in ("/amp/index.php/category/a/b/page/2/feed/", "/category/a/b/c/d/page/2/amp/"):
            with self.subTest(path), CaptureQueriesContext(connection) as asked:
                self.assertEqual(self.client.get(path).status_code, 404)
            self.assertLess(len(asked), 60)

    def test_no_collected_payload_leads_off_the_site(self):
        payloads = corpora.sample(corpora.redirects(), every=12)
        self.assertGreater(len(payloads), 20)
        for payload in payloads:
            wire = payload.encode(errors="replace").decode("latin-1")
            for path, query in (
                *((f"/{wire}/{tail}/", "") for tail in ("amp", "page/2", "feed", "2")),
                (f"/amp/{wire}", ""),
                (f"/index.php/{wire}", ""),
                (f"/search/{wire}/", ""),
                (f"/category/{wire}/", ""),
                *(("/", f"{name}={wire}") for name in ("p", "pagename", "category_name", "tag", "s", "m")),
                ("/", f"p=9&x={wire}"),
                (f"/{wire}", "amp=1"),
                (f"/{wire}/", "feed=rss2"),
            ):
                with self.subTest(path=path, query=query):
                    response = self.client.get("/", PATH_INFO=path, QUERY_STRING=query)
                    if 300 <= response.status_code < 400:
                        location = response["Location"].replace("\\", "/")
                        self.assertRegex(location, r"\A/(?!/)")
