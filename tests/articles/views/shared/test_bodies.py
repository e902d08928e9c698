from unittest import mock

from django.conf import settings
from django.test import TestCase, override_settings
from selectolax.lexbor import LexborHTMLParser

from articles.images import ROLES, picture_html, rendition
from articles.images import widths as sizes
from articles.models import Article, Image, Page
from articles.publishing.pictures import change_image
from articles.views.shared import bodies
from tests import factories


def figure(image, *, alt="", side="", caption="Low tide"):
    alone = f' class="{side}"' if side else ""
    return (
        f'<figure{alone}><img data-image="{image.pk}" alt="{alt}"><figcaption>{caption}</figcaption></figure>'
    )


class BodyPicturesTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.quay = factories.image("A quay at dusk", width=800, height=600)
        cls.mole = factories.image("A mole", width=800, height=600)
        cls.article = factories.published_article(
            lead_image=factories.image(),
            authors=[factories.author("Mara Ellis", portrait=factories.image())],
            tags=("coast",),
            body="<p>a</p>" + figure(cls.quay) + figure(cls.mole, alt="Tom & Jo's", side="wide") + "<p>b</p>",
        )
        cls.page = factories.page("About", body=figure(cls.quay))
        cls.address = cls.article.get_absolute_url()

    def shown(self, address=None):
        return self.client.get(address or self.address).content.decode()

    def fresh(self, image):
        return Image.objects.get(pk=image.pk)

    def test_are_shown_in_their_roles_with_the_alt_text_of_the_body_or_of_the_library(self):
        page = self.shown()
        self.assertIn(picture_html(self.quay.source, ROLES["figure"]), page)
        self.assertIn(picture_html(self.mole.source, ROLES["figure-wide"], alt="Tom & Jo's"), page)

    def test_of_an_article_take_one_query_and_keep_it_within_six(self):
        with self.assertNumQueries(6):
            self.client.get(self.address)

    def test_of_an_own_page_take_one_query(self):
        with self.assertNumQueries(3):
            self.client.get("/about/")
        self.assertIn(picture_html(self.quay.source, ROLES["figure"]), self.shown("/about/"))

    def test_follow_another_recipe_and_another_secret_without_a_row_being_written(self):
        before = self.rows()
        for change in (mock.patch.object(rendition, "RECIPE", 99), override_settings(SECRET_KEY="x" * 60)):
            with self.subTest(change), change:
                bodies.picture_source.cache_clear()
                expected = picture_html(self.fresh(self.quay).source, ROLES["figure"])
                self.assertIn(expected, self.shown())
                self.assertIn(expected, self.shown("/about/"))
            bodies.picture_source.cache_clear()
            self.assertNotIn(expected, self.shown())
        self.assertEqual(self.rows(), before)

    def test_follow_other_widths_of_their_role(self):
        narrow = sizes.Role("figure", (333,), None, "100vw")
        with mock.patch.dict(bodies.ROLES, figure=narrow):
            self.assertIn("/333x250.avif", self.shown())

    def test_follow_focal_point_and_words_of_the_library(self):
        before, image = self.rows(), self.fresh(self.quay)
        change_image(image, focus=(10, 90), alt="A quay before the storm")
        expected = picture_html(image.source, ROLES["figure"])
        self.assertIn('alt="A quay before the storm"', expected)
        for address in (self.address, "/about/"):
            self.assertIn(expected, self.shown(address))
        self.assertEqual(self.rows(), before)

    def rows(self):
        return [*Article.objects.order_by("pk").values(), *Page.objects.order_by("pk").values()]

    def test_that_are_gone_from_the_library_leave_out_their_figures(self):
        body = (
            figure(self.quay)
            + '<figure><img data-image="999999" alt="Gone"><figcaption>Lost</figcaption></figure>'
        )
        article = factories.published_article(body=body)
        prose = LexborHTMLParser(self.shown(article.get_absolute_url())).css_first(".prose")
        self.assertEqual(len(prose.css("figure")), 1)
        self.assertNotIn("Lost", prose.text())

    def test_of_a_body_with_more_pictures_than_a_query_takes_are_all_shown(self):
        images = Image.objects.bulk_create(
            Image(file=f"masters/{n}.jpg", width=800, height=600, fingerprint=f"{n:064}") for n in range(5)
        )
        article = factories.published_article(body="".join(map(figure, images)))
        with mock.patch.object(bodies, "AT_ONCE", 2):
            page = self.shown(article.get_absolute_url())
        for image in images:
            self.assertIn(picture_html(image.source, ROLES["figure"]), page)


class PreparedOtherwiseTests(TestCase):
    """Rows from before the last update, whose preparation was another one."""

    @classmethod
    def setUpTestData(cls):
        cls.image = factories.image(width=800, height=600)
        cls.article = factories.published_article(
            body=figure(cls.image) + "".join(f"<h2>Part {n}</h2><p>Words of it.</p>" for n in range(1, 5))
        )
        cls.page = factories.page("About", body=figure(cls.image))
        cls.addresses = [cls.article.get_absolute_url(), cls.page.get_absolute_url()]

    def test_are_shown_as_this_version_prepares_them(self):
        right = [self.client.get(address).content for address in self.addresses]
        stale = {"prepared_body": "<p>Old</p>", "prepared_with": ""}
        Article.objects.update(**stale, contents=[], reading_minutes=9)
        Page.objects.update(**stale)
        for address, page in zip(self.addresses, right, strict=True):
            self.assertEqual(self.client.get(address).content, page)
        # It is done for the answer alone.
        self.assertEqual(Article.objects.get().prepared_body, "<p>Old</p>")

    def test_of_a_paper_that_has_moved_mark_the_links_that_lead_away_now(self):
        body = '<p><a href="https://elsewhere.example/">a</a></p>'
        article = factories.published_article(body=body)
        address, marked = (
            article.get_absolute_url(),
            'href="https://elsewhere.example/" rel="noopener external"',
        )
        self.assertIn(marked, self.client.get(address).content.decode())
        with self.settings(NEWSROOM=settings.NEWSROOM | {"URL": "https://elsewhere.example"}):
            self.assertNotIn(marked, self.client.get(address).content.decode())
