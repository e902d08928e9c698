import datetime
import html
from dataclasses import replace
from unittest import mock

from django.db import connection
from django.test import TestCase, override_settings
from django.utils import timezone

from articles.models import Article
from articles.outbox.consumers import Follower
from articles.publishing import Content, save_draft, withdraw
from articles.search.public import PublicSearch
from articles.views.search import page, suggestions
from articles.views.search.brake import Brake
from tests import corpora
from tests import factories as make
from tests.articles.search.case import within_a_minute

DAY = datetime.timedelta(days=1)


def follow():
    follower = Follower(PublicSearch())
    while follower.turn():
        pass


class SearchCase(TestCase):
    def setUp(self):
        self.enterContext(within_a_minute())
        for module in (page, suggestions):
            self.enterContext(mock.patch.object(module, "BRAKE", Brake(10_000, 0.001)))

    def get(self, **asked):
        if "since" in asked:
            asked["from"] = asked.pop("since")
        return self.client.get("/search/", asked)

    def found(self, **asked):
        return [result.card.headline for result in self.get(**asked).context.get("results", [])]

    def text(self, **asked):
        return html.unescape(self.get(**asked).content.decode())


class SearchTest(SearchCase):
    @classmethod
    def setUpTestData(cls):
        now = timezone.now()
        cls.world, cls.sport = make.section("World"), make.section("Sport")
        cls.asia = make.section("Asia", parent=cls.world)
        cls.wall = make.published_article(
            headline="The wall <b>holds</b>",
            body="<p>Rain fell. The <em>sea</em> took Fathom’s railways & more.</p>",
            section=cls.asia,
            tags=("coast",),
            authors=[make.author("Mara Ellis")],
            at=now - 400 * DAY,
        )
        cls.race = make.published_article(
            headline="A race", body="<p>Along the wall.</p>", section=cls.sport, at=now - DAY
        )
        follow()

    def test_shows_what_was_found_with_its_words_marked_and_nothing_taken_for_html(self):
        page = self.get(q="wall rain").content.decode()
        self.assertIn("The <mark>wall</mark> &lt;b&gt;holds&lt;/b&gt;", page)
        self.assertIn("<mark>Rain</mark> fell. The sea took Fathom’s railways &amp; more.", page)
        self.assertIn("1 story for “<bdi>wall rain</bdi>”", page)

    def test_puts_the_best_first_or_the_newest(self):
        self.assertEqual(self.found(q="wall"), ["The wall <b>holds</b>", "A race"])
        self.assertEqual(self.found(q="wall", order="newest"), ["A race", "The wall <b>holds</b>"])

    def test_filters_by_what_stands_in_the_address(self):
        year = (timezone.now() - 400 * DAY).year
        for asked, headlines in (
            ({"section": "world"}, ["The wall <b>holds</b>"]),
            ({"section": "/world/asia/"}, ["The wall <b>holds</b>"]),
            ({"section": "sport"}, ["A race"]),
            ({"tag": "coast"}, ["The wall <b>holds</b>"]),
            ({"author": "mara-ellis"}, ["The wall <b>holds</b>"]),
            ({"tag": "coast", "section": "sport"}, []),
            ({"to": str(year)}, ["The wall <b>holds</b>"]),
            ({"since": (timezone.now() - 7 * DAY).date().isoformat()}, ["A race"]),
        ):
            with self.subTest(asked=asked):
                self.assertEqual(self.found(q="wall", **asked), headlines)
                self.assertEqual(self.found(**asked), headlines)

    def test_says_at_its_field_what_it_left_out_and_keeps_the_rest(self):
        for asked, words in (
            ({"section": "nowhere"}, "There is no such section"),
            ({"tag": "none"}, "No story here has this tag"),
            ({"author": "nobody"}, "No story here has this author"),
            ({"since": "yesterday"}, "Write a day like"),
            ({"to": "2026-02-30"}, "Write a day like"),
            ({"since": "9999"}, "Write a day like"),
        ):
            with self.subTest(asked=asked):
                answer = self.get(q="wall", **asked)
                self.assertIn(words, answer.content.decode())
                self.assertIn('value="wall"', answer.content.decode())
                self.assertEqual(len(answer.context["results"]), 2)
        self.assertIn("before the first one", self.text(q="wall", since="2026-02-02", to="2026-02-01"))

    def test_leads_on_if_nothing_was_found(self):
        answer = self.get(q="wall", section="sport", tag="coast")
        self.assertContains(answer, 'href="/search/?q=wall&amp;tag=coast"')
        self.assertContains(answer, 'href="/search/?q=wall&amp;section=sport"')
        self.assertContains(answer, "The latest stories")
        self.assertContains(self.get(q="glacier"), 'href="/archive/"')

    def test_asks_whether_another_spelling_was_meant(self):
        answer = self.get(q="raliways sea", section="world")
        self.assertContains(answer, 'Did you mean <a href="/search/?q=railways+sea&amp;section=world">')
        self.assertNotContains(self.get(q="raliways sea", section="sport"), "Did you mean")
        self.assertNotContains(self.get(q="railways"), "Did you mean")

    def test_says_nothing_of_what_is_not_public_even_before_the_index_has_followed(self):
        secret = make.published_article(headline="Canarywords leak", body="<p>Secretfact.</p>")
        save_draft(secret, replace(Content.newest(secret), headline="Draftwords"), by=None)
        follow()
        self.assertEqual(self.found(q="canarywords"), ["Canarywords leak"])
        withdraw(secret, by=None)
        for asked in ("canarywords", "secretfact", "draftwords", "canarywrods", "secretfatc"):
            with self.subTest(asked=asked):
                answer = self.text(q=asked).replace(asked, "")
                for word in ("canaryword", "secretfact", "draftword", "Did you mean"):
                    self.assertNotIn(word, answer.lower())
                self.assertIn("No story fits", answer)
                suggested = self.client.get("/search/suggestions/", {"q": asked}).json()["suggestions"]
                self.assertEqual(suggested, [])

    def test_is_kept_by_nobody_and_sets_no_cookie(self):
        answer = self.get(q="wall")
        self.assertEqual(answer["Cache-Control"], "private, max-age=0, must-revalidate")
        self.assertEqual(dict(answer.cookies), {})
        self.assertContains(answer, '<meta name="robots" content="noindex">')
        self.assertNotIn("/search/", self.client.get("/robots.txt").content.decode())

    def test_comes_back_to_the_same_search_after_a_choice_of_the_site_version(self):
        self.assertContains(self.get(q="sea wall"), 'name="next" value="/search/?q=sea+wall"')

    def test_takes_any_string_for_a_question(self):
        for text in corpora.sample(corpora.strings(), every=7):
            with self.subTest(text=text):
                asked = dict.fromkeys(
                    ("q", "section", "tag", "author", "from", "to", "order", "after", "before"), text
                )
                self.assertEqual(self.client.get("/search/", asked).status_code, 200)
                self.assertEqual(self.client.get("/search/", {"q": text}).status_code, 200)
                self.assertEqual(self.client.get("/search/suggestions/", {"q": text}).status_code, 200)
        self.assertEqual(self.client.get("/search/?q=%ff%00&q=x").status_code, 200)

    def test_makes_few_queries_more_if_it_may_have_been_mistyped(self):
        self.get(q="wall")
        with self.assertNumQueries(8 if connection.vendor == "sqlite" else 9):
            self.get(q="wall")
        with self.assertNumQueries(3):
            self.get()


class PagesTest(SearchCase):
    @classmethod
    def setUpTestData(cls):
        now = timezone.now()
        cls.articles = [
            make.published_article(headline=f"Eel {number:02}", at=now - number * DAY)
            for number in range(1, 51)
        ]
        follow()

    def headlines(self, answer):
        return [result.card.headline for result in answer.context["results"]]

    def test_leads_through_all_of_them_and_back(self):
        for order in ("best", "newest"):
            with self.subTest(order=order):
                answer, seen, pages = self.get(q="eel", order=order), [], []
                while True:
                    pages.append(self.headlines(answer))
                    seen += pages[-1]
                    if not answer.context["page"].older:
                        break
                    answer = self.client.get(answer.context["page"].older)
                self.assertEqual(sorted(seen), [f"Eel {number:02}" for number in range(1, 51)])
                self.assertEqual(list(map(len, pages)), [20, 20, 10])
                back = self.client.get(answer.context["page"].newer)
                self.assertEqual(self.headlines(back), pages[1])

    def test_shifts_nothing_when_a_story_is_published_meanwhile(self):
        first = self.get(q="eel", order="newest")
        make.published_article(headline="Eel 00")
        follow()
        second = self.client.get(first.context["page"].older)
        self.assertEqual(self.headlines(second)[0], "Eel 21")

    def test_counts_to_a_bound_and_leads_to_what_is_older(self):
        with mock.patch("articles.views.search.page.MOST", 30):
            answer = self.get(q="eel", order="newest")
            self.assertContains(answer, "More than 30 stories")
            last = self.client.get(answer.context["page"].older)
            self.assertEqual(len(last.context["results"]), 10)
            beyond = self.client.get(last.context["beyond"])
        self.assertEqual(self.headlines(beyond)[0], "Eel 31")

    def test_leads_past_no_story_if_an_old_headline_was_found_too(self):
        now = timezone.now()
        make.published_article(headline="Conger", at=now - 900 * DAY)
        for number in range(1, 6):
            make.published_article(
                headline=f"Fish {number}", body="<p>A conger.</p>", at=now - number * 30 * DAY
            )
        follow()
        with mock.patch("articles.views.search.page.MOST", 3):
            answer = self.get(q="conger")
            self.assertIn("Conger", self.headlines(answer))
            beyond = self.client.get(answer.context["beyond"])
        self.assertIn("Fish 4", self.headlines(beyond))

    def test_costs_no_more_queries_for_many_results(self):
        self.get(q="eel")
        with self.assertNumQueries(5 if connection.vendor == "sqlite" else 6):
            self.get(q="eel")


class BrakeTest(TestCase):
    def test_names_the_wait_and_keeps_what_was_typed(self):
        with mock.patch.object(page, "BRAKE", Brake(at_once=2, seconds=10)):
            for _ in range(2):
                self.assertEqual(self.client.get("/search/?q=wall").status_code, 200)
            with self.assertNumQueries(0):
                answer = self.client.get("/search/?q=wall")
        self.assertEqual((answer.status_code, answer["Retry-After"]), (429, "10"))
        self.assertContains(answer, "ask again in 10 seconds", status_code=429)
        self.assertContains(answer, 'value="wall"', status_code=429)

    def test_counts_each_connection_by_itself(self):
        with mock.patch.object(page, "BRAKE", Brake(at_once=1, seconds=10)):
            statuses = [
                self.client.get("/search/", REMOTE_ADDR=address).status_code
                for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1")
            ]
        self.assertEqual(statuses, [200, 200, 429])

    @override_settings(BEHIND_PROXY=True)
    def test_counts_readers_and_not_the_server_in_front(self):
        with mock.patch.object(page, "BRAKE", Brake(at_once=1, seconds=10)):
            statuses = [
                self.client.get("/search/", HTTP_X_FORWARDED_FOR=f"9.9.9.9, {address}").status_code
                for address in ("192.0.2.1", "192.0.2.2", "192.0.2.1")
            ]
        self.assertEqual(statuses, [200, 200, 429])

    def test_gives_a_question_back_with_time_and_punishes_no_haste(self):
        brake, now = Brake(at_once=2, seconds=10), 100.0
        with mock.patch("articles.views.search.brake.time.monotonic", lambda: now):
            self.assertEqual([brake.wait("a") for _ in range(4)], [0, 0, 10, 10])
            now = 107.0
            self.assertEqual(brake.wait("a"), 3)
            now = 110.0
            self.assertEqual([brake.wait("a"), brake.wait("a")], [0, 10])

    def test_remembers_a_bounded_number_of_connections(self):
        brake = Brake(at_once=1, seconds=1000)
        with mock.patch("articles.views.search.brake.MOST_CONNECTIONS", 3):
            for number in range(10):
                brake.wait(number)
        self.assertLessEqual(len(brake._full_at), 3)


class SuggestionsTest(SearchCase):
    @classmethod
    def setUpTestData(cls):
        make.published_article(
            headline="Railways <i>reviewed</i>",
            section=make.section("Rails"),
            tags=("railways",),
            authors=[make.author("Raimund Holt")],
        )
        make.article(headline="Railings in a draft", tags=("railings",), authors=[make.author("Rail Hidden")])
        follow()

    def suggested(self, text):
        answer = self.client.get("/search/suggestions/", {"q": text})
        self.assertEqual(answer["X-Robots-Tag"], "noindex")
        return [(each["kind"], each["text"]) for each in answer.json()["suggestions"]]

    def test_names_sections_authors_tags_and_stories_that_are_public(self):
        self.assertEqual(
            self.suggested("rail"),
            [("Section", "Rails"), ("Tag", "railways"), ("", "Railways <i>reviewed</i>")],
        )
        self.assertEqual(
            self.suggested("Raim"), [("Author", "Raimund Holt"), ("", "Railways <i>reviewed</i>")]
        )

    def test_names_nothing_whose_last_story_has_ended(self):
        Article.objects.update(expires_at=timezone.now())
        self.assertEqual(self.suggested("rail"), [])
        self.assertEqual(self.suggested("Raim"), [])
        for asked in ({"tag": "railways"}, {"author": "raimund-holt"}):
            self.assertIn("No story here has this", self.text(q="reviewed", **asked))

    def test_says_nothing_to_one_or_two_letters(self):
        with self.assertNumQueries(0):
            self.assertEqual(self.suggested("ra"), [])

    def test_makes_few_queries(self):
        self.suggested("railways")
        with self.assertNumQueries(5 if connection.vendor == "sqlite" else 6):
            self.suggested("railways")


class ElsewhereTest(TestCase):
    def test_each_page_leads_there_from_its_foot(self):
        self.assertContains(self.client.get("/"), '<li><a href="/search/">Search</a></li>', count=1)
        self.assertContains(self.client.get("/search/"), 'role="search"', count=1)

    def test_the_page_for_what_is_not_found_asks_for_the_words_of_the_address(self):
        for path, words in (
            ("/2026/10/21/the-bridge-at-tolan/", "the bridge at tolan"),
            ("/2026/10/21/sea_wall.html", "sea wall"),
            ("/world/12345/", "world"),
            ("/%E6%9D%B1%E4%BA%AC-wall/", "東京 wall"),
            ('/"><b>x/', "><b>x"),
        ):
            with self.subTest(path=path):
                answer = self.client.get(path)
                self.assertContains(answer, f'value="{html.escape(words)}"', status_code=404)
        self.assertNotContains(self.client.get("/1234567/"), 'role="search"', status_code=404)
