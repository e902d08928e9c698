import datetime
from unittest import mock

from django.utils import timezone

from articles.admin.article.search import MOST, find_articles
from articles.models import Article, OldAddress, Tag
from articles.search.desk import DeskSearch
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address

YEAR = datetime.timedelta(days=365)


class SearchTest(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.wall = make.published_article(
            headline="Harbour towns weigh the price of a wall",
            standfirst="Engineers disagree.",
            at=timezone.now() - YEAR,
            authors=[make.author("Mara Ellis")],
            tags=("coast", "öl"),
        )
        cls.price = make.published_article(headline="The wall’s price", standfirst="Nothing on towns.")
        cls.towns = make.published_article(headline="Small towns", standfirst="A wall and its price.")
        for _ in range(3):
            make.published_article(headline="Rain", standfirst="The wall of water, its price unknown.")

    def found(self, text):
        return list(find_articles(Article.objects.all(), text))

    def test_finds_last_years_story_by_two_words_among_the_first_three(self):
        self.assertIn(self.wall, self.found("wall price")[:3])

    def test_puts_the_words_of_the_headline_first(self):
        self.assertCountEqual(self.found("price wall")[:2], [self.price, self.wall])

    def test_puts_the_very_phrase_first(self):
        self.assertEqual(self.found("price of a wall")[0], self.wall)

    def test_puts_a_word_before_one_that_begins_with_it(self):
        make.article(headline="A wardrobe", standfirst="")
        ward = make.article(headline="The ward", standfirst="")
        make.article(headline="A warden", standfirst="")
        self.assertEqual(self.found("ward")[0], ward)
        self.assertEqual(len(self.found("ward")), 3)

    def test_reads_standfirst_body_tags_authors_and_years(self):
        self.assertEqual(self.found("engineers disagree"), [self.wall])
        self.assertEqual(self.found("coast"), [self.wall])
        self.assertEqual(self.found("ellis harbour"), [self.wall])
        self.assertEqual(len(self.found("kilometres")), 6)
        DeskSearch().start_over("")
        self.assertEqual(self.found(f"harbour {self.wall.publish_at.year}"), [self.wall])

    def test_finds_words_in_any_form_and_typing_mistakes(self):
        for text in ("harbours weighing", "HARBOUR’S", "harbuor", "engineres", "harbour price’s"):
            with self.subTest(text=text):
                self.assertEqual(self.found(text)[0], self.wall)

    def test_says_in_which_spelling_it_found_what_was_mistyped(self):
        page = self.client.get(address("article_changelist", q="harbuor <wall>"))
        self.assertContains(
            page, "No article has “harbuor &lt;wall&gt;”; these have “harbour &lt;wall&gt;”.", count=1
        )
        self.assertNotContains(self.client.get(address("article_changelist", q="harbour")), "No article has")

    def test_puts_the_newest_of_equals_first(self):
        rain = self.found("rain")
        self.assertEqual(rain, sorted(rain, key=lambda article: -article.pk))

    def test_finds_older_ones_if_the_filters_leave_out_the_newer(self):
        with mock.patch("articles.search.results.MOST", 2):
            found = find_articles(Article.objects.filter(pk=self.wall.pk), "wall")
            self.assertEqual(list(found), [self.wall])

    def test_finds_letters_large_and_small_in_any_language(self):
        make.article(headline="Ölpreis steigt", standfirst="")
        self.assertEqual(len(self.found("ölpreis")), 1)
        self.assertEqual(self.found("ÖL")[-1], self.wall)

    def test_takes_signs_for_what_they_are(self):
        make.article(headline="Up 100% in a_day")
        self.assertEqual(len(self.found("100%")), 1)
        self.assertEqual(self.found("a%b"), [])
        self.assertEqual(self.found("x' OR 1=1 --"), [])

    def test_finds_short_words_where_words_begin(self):
        make.article(headline="What AI reads", standfirst="")
        make.article(headline="Rain in Spain", standfirst="")
        self.assertEqual([str(article) for article in self.found("ai")], ["What AI reads"])

    def test_finds_what_a_pasted_address_shows(self):
        path = self.wall.get_absolute_url()
        for text in (
            path,
            f"http://localhost:8000{path}",
            f" https://paper.example{path}?utm=x#part ",
            path[:-1],
        ):
            with self.subTest(text=text):
                self.assertEqual(self.found(text), [self.wall])

    def test_finds_what_an_old_address_showed(self):
        OldAddress.objects.create(path="/2020/02/03/before/", article=self.wall)
        self.assertEqual(self.found("https://paper.example/2020/02/03/before/"), [self.wall])

    def test_finds_a_number_a_preview_a_slug_and_a_desk(self):
        for text in (
            str(self.wall.pk),
            str(self.wall.uid),
            f"/preview/{self.wall.uid}/",
            self.wall.slug,
            address("article_change", self.wall.pk),
        ):
            with self.subTest(text=text):
                self.assertEqual(self.found(text)[0], self.wall)

    def test_answers_any_address_without_falling(self):
        for text in (
            "/2026/13/45/x/",
            "/0000/00/00/x/",
            "/2026/02/30/x/",
            "//",
            "http://[",
            "/" * 3000,
            "9" * 40,
        ):
            with self.subTest(text=text):
                self.assertEqual(self.found(text), [])

    def test_stays_within_the_filters(self):
        page = self.client.get(address("article_changelist", q="wall", state="draft"))
        self.assertEqual(list(page.context["cl"].result_list), [])

    def test_says_when_there_are_more(self):
        section = make.section()
        rows = (
            Article(headline="Common", slug=f"common-{number}", section=section) for number in range(MOST + 5)
        )
        Article.objects.bulk_create(rows)
        DeskSearch().start_over("")
        page = self.client.get(address("article_changelist", q="common"))
        self.assertContains(page, "add a word")
        self.assertEqual(page.context["cl"].result_count, MOST)

    def test_is_not_drowned_by_a_word_that_many_tags_have(self):
        Tag.objects.bulk_create(Tag(name=f"wall {number}", slug=f"wall-{number}") for number in range(80))
        self.assertIn(self.price, self.found("wall"))
