import datetime

from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.admin.shared.pagination import CappedPaginator
from articles.models import Article
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address
from tests.articles.search.case import within_a_minute

DAY = datetime.timedelta(days=1)


class ListCase(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        now = timezone.now()
        cls.world = make.section("World")
        cls.harbours = make.section("Harbours", parent=cls.world)
        cls.science = make.section("Science")
        cls.mara = make.author("Mara Ellis", user=cls.user)
        cls.jonas = make.author("Jonas Okafor")
        cls.picture = make.image()
        cls.draft = make.article(headline="A draft", section=cls.science, by=cls.user)
        waiting = make.article(headline="Waiting", section=cls.science, bylines=())
        cls.in_review = publishing.submit(waiting, by=None)
        cls.scheduled = make.published_article(headline="Tomorrow", at=now + DAY, section=cls.world)
        cls.expired = make.published_article(headline="Over", at=now - 3 * DAY, until=now - DAY)
        cls.live = make.published_article(
            headline="Out there",
            kicker="Climate",
            at=now - 400 * DAY,
            section=cls.harbours,
            authors=[cls.mara, cls.jonas],
            lead_image=cls.picture,
        )
        cls.changed = make.published_article(headline="Being mended", at=now - DAY, language="de")
        publishing.save_draft(cls.changed, make.content(headline="Mended"), by=None)
        cls.withdrawn = publishing.withdraw(make.published_article(headline="Gone"), by=None)


class RowTest(ListCase):
    def test_shows_what_an_editor_looks_for(self):
        page = self.client.get(address("article_changelist"))
        for words in ("Out there", "Climate", "World › Harbours", "Mara Ellis, Jonas Okafor", "<picture>"):
            self.assertContains(page, words)

    def test_says_the_state_in_a_word_of_its_own_kind(self):
        page = self.client.get(address("article_changelist"))
        for standing in ("draft", "in_review", "scheduled", "published", "changed", "expired", "withdrawn"):
            self.assertContains(page, f'class="standing standing--{standing}"', count=1)
        self.assertContains(page, "unpublished changes</small>", count=1)

    def test_names_the_sites_zone_with_the_time(self):
        at = timezone.localtime(self.scheduled.publish_at)
        self.assertContains(self.client.get(address("article_changelist")), f"{at:%H:%M} {at.tzname()}")

    def test_stands_in_the_order_of_the_last_save(self):
        Article.objects.filter(pk=self.live.pk).update(modified_at=timezone.now() + DAY)
        self.assertEqual(self.shown()[0], self.live)

    def test_reads_no_body(self):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            self.client.get(address("article_changelist"))
        self.assertFalse([each["sql"] for each in queries if '"prepared_body"' in each["sql"]])
        self.assertFalse([each["sql"] for each in queries if '"articles_article"."body"' in each["sql"]])

    def test_links_the_headline_to_the_desk(self):
        page = self.client.get(address("article_changelist"))
        self.assertContains(page, f'<a href="{address("article_change", self.live.pk)}')


class StandingTest(ListCase):
    def test_says_what_the_desk_says(self):
        page = self.client.get(address("article_changelist")).content.decode()
        for key, word in (
            ("published", "live"),
            ("changed", "live"),
            ("expired", "ended"),
            ("draft", "draft"),
        ):
            with self.subTest(key=key):
                self.assertRegex(page, rf'standing--{key}">\s*{word}')

    def test_changes_of_a_live_article_wait_for_an_editor_and_then_for_a_publisher(self):
        form = address("article_change", self.changed.pk)
        for act, state, others, said in (
            (publishing.submit, "in_review", [self.in_review], "changes in review"),
            (publishing.approve, "approved", [], "changes approved"),
        ):
            with self.subTest(state=state):
                act(Article.objects.get(pk=self.changed.pk), by=None)
                self.assertCountEqual(self.shown(state=state), [self.changed, *others])
                self.assertContains(self.client.get(address("article_changelist")), said)
                self.assertContains(self.client.get(form), f"Live, with {said}")
        self.assertEqual(self.shown(state="in_review"), [self.in_review])
        self.assertContains(self.client.get("/admin/"), "Approved, waiting for you")


class FilterTest(ListCase):
    def test_by_state(self):
        for state, article in [
            ("draft", self.draft),
            ("in_review", self.in_review),
            ("scheduled", self.scheduled),
            ("expired", self.expired),
            ("changed", self.changed),
            ("withdrawn", self.withdrawn),
        ]:
            with self.subTest(state=state):
                self.assertEqual(self.shown(state=state), [article])
        self.assertCountEqual(self.shown(state="published"), [self.live, self.changed])

    def test_by_a_section_with_its_subsections(self):
        self.assertIn(self.live, self.shown(section=self.world.pk))
        self.assertEqual(self.shown(section=self.harbours.pk), [self.live])
        self.assertCountEqual(self.shown(section=self.science.pk), [self.draft, self.in_review])

    def test_by_author(self):
        self.assertEqual(self.shown(author=self.jonas.pk), [self.live])

    def test_by_mine_means_signed_or_begun(self):
        self.assertCountEqual(self.shown(author="me"), [self.live, self.draft])

    def test_by_language_where_there_are_several(self):
        self.assertEqual(self.shown(language="de"), [self.changed])
        self.assertContains(self.client.get(address("article_changelist")), "By language")
        Article.objects.update(language="en-gb")
        self.assertNotContains(self.client.get(address("article_changelist")), "By language")

    def test_keeps_the_other_choices_with_the_author(self):
        page = self.client.get(address("article_changelist", state="published"))
        self.assertContains(page, '<input type="hidden" name="state" value="published">')

    def test_leads_back_to_the_whole_list_from_nonsense(self):
        for query in ({"author": "x"}, {"author": "9" * 30}):
            page = self.client.get(address("article_changelist", **query))
            self.assertRedirects(page, address("article_changelist") + "?e=1")
        for query in ({"state": "x"}, {"section": "0"}, {"language": "\x00"}, {"published": "2026-99"}):
            self.assertEqual(len(self.shown(**query)), 7)


class MonthsTest(ListCase):
    def test_lead_from_years_to_days(self):
        out = timezone.localdate(self.live.publish_at)
        for written in (f"{out:%Y}", f"{out:%Y-%m}", f"{out:%Y-%m-%d}"):
            with self.subTest(written=written):
                shown = self.shown(published=written)
                self.assertIn(self.live, shown)
                self.assertNotIn(self.scheduled, shown)

    def test_offer_the_years_between_the_first_and_the_last(self):
        page = self.client.get(address("article_changelist"))
        for year in {self.live.publish_at.year, self.scheduled.publish_at.year}:
            self.assertContains(page, f'<a href="?published={year}">{year}</a>')

    def test_lead_back(self):
        page = self.client.get(address("article_changelist", published="2026-11", state="published"))
        self.assertContains(page, 'href="?published=2026&amp;state=published" class="days__back">')

    def test_stand_in_the_order_of_publishing(self):
        year = timezone.localdate().year
        times = [article.publish_at for article in self.shown(published=year)]
        self.assertEqual(times, sorted(times, reverse=True))


class CostTest(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        authors = [make.author("Mara Ellis"), make.author("Jonas Okafor")]
        sections = [make.section("World"), make.section("Harbours", parent=make.section("World"))]
        pictures = [make.image(), make.image()]
        for number in range(50):
            make.published_article(
                section=sections[number % 2],
                authors=authors,
                lead_image=pictures[number % 2],
                tags=("coast",),
            )

    def test_of_fifty_rows_stays_small(self):
        # Session, user, permissions (2), their sections, sections, languages, count, rows, open windows, bylines, the bell,
        # first and last time.
        with self.assertNumQueries(14):
            page = self.client.get(address("article_changelist"))
        self.assertEqual(len(page.context["cl"].result_list), 50)

    def test_of_a_search_stays_small(self):
        self.enterContext(within_a_minute())
        page = address("article_changelist", q="harbour price")
        self.client.get(page)
        with self.assertNumQueries(16 if connection.vendor == "sqlite" else 17):
            self.client.get(page)

    def test_of_a_filtered_list_stays_small(self):
        with self.assertNumQueries(14):
            self.client.get(address("article_changelist", state="published"))

    def test_of_the_first_page_of_the_desk_stays_small(self):
        # Of them are those that judge the articles that are about to go out.
        with CaptureQueriesContext(connection) as queries:
            self.client.get("/admin/")
        self.assertLess(len(queries), 40)


class CappedPaginatorTest(DeskTestCase):
    def test_counts_no_further_than_its_cap(self):
        for _ in range(4):
            make.article()
        paginator = CappedPaginator(Article.objects.order_by("-pk"), 2)
        paginator.most = 3
        with CaptureQueriesContext(connection) as queries:
            self.assertEqual((paginator.count, paginator.goes_on, paginator.num_pages), (3, True, 2))
        self.assertEqual(len(queries), 1)
        self.assertIn("LIMIT 4", queries[0]["sql"])

    def test_counts_fewer_exactly(self):
        make.article()
        paginator = CappedPaginator(Article.objects.order_by("-pk"), 2)
        self.assertEqual((paginator.count, paginator.goes_on), (1, False))


class FirstPageTest(ListCase):
    def test_offers_writing_first(self):
        page = self.client.get("/admin/").content.decode()
        self.assertLess(page.index("Write an article"), page.index("Waiting for you"))

    def test_lists_what_waits(self):
        lists = {name: [article for article, *_ in rows] for name, _, rows in self.waiting()}
        self.assertEqual(lists["Waiting for you"], [self.in_review])
        self.assertEqual(lists["Your drafts"], [self.draft])
        self.assertEqual(lists["Live with unpublished changes"], [self.changed])

    def test_lists_the_same_as_the_lists_it_links_to(self):
        for name, query, rows in self.waiting():
            if not query:
                continue
            with self.subTest(name=name):
                cl = self.client.get(f"{address('article_changelist')}?{query}").context["cl"]
                self.assertLessEqual({article for article, *_ in rows}, set(cl.result_list))

    def test_lists_what_goes_out_in_24_hours_what_was_published_last_and_what_was_sent_back(self):
        now, hour = timezone.now(), datetime.timedelta(hours=1)
        soon = make.published_article(at=now + 3 * hour)
        changes = make.published_article(at=now - 3 * hour)
        publishing.publish(changes, make.content(), by=None, at=now + 2 * hour)
        make.published_article(at=now + 30 * hour)
        last = make.published_article(at=now)
        back = publishing.return_to_draft(
            publishing.submit(make.article(by=self.user), by=self.user), by=None, reason="Why?"
        )
        again = publishing.submit(
            publishing.return_to_draft(publishing.submit(make.article(by=self.user), by=None), by=None),
            by=None,
        )
        lists = {name: [article for article, *_ in rows] for name, _, rows in self.waiting()}
        self.assertEqual(lists["Going out in the next 24 hours"], [changes, soon, self.scheduled])
        self.assertEqual(lists["Just published"][0], last)
        self.assertEqual(lists["Sent back to you"], [back])
        self.assertIn(again, lists["Waiting for you"])

    def test_says_what_keeps_an_article_that_is_about_to_go_out_from_it(self):
        article = publishing.submit(make.article(lead_image=make.image(alt="")), by=None)
        page = self.client.get("/admin/")
        sentence = dict(page.context["not_ready"])[article]
        self.assertIn("alt", sentence)
        self.assertContains(page, "Not ready to go out")

    def test_takes_the_same_queries_however_many_articles_there_are(self):
        def number():
            with CaptureQueriesContext(connection) as queries:
                self.client.get("/admin/")
            return len(queries)

        for _ in range(12):
            publishing.submit(make.article(by=self.user), by=None)
            make.published_article(at=timezone.now() + datetime.timedelta(hours=1))
        first = number()
        for _ in range(6):
            publishing.submit(make.article(by=self.user), by=None)
            make.published_article(at=timezone.now() + datetime.timedelta(hours=1))
            make.published_article()
        self.assertEqual(number(), first)
        self.assertLess(first, 100)

    def test_has_the_tables_of_operation_for_those_who_may(self):
        self.assertNotContains(self.client.get("/admin/"), address("outboxentry_changelist"))
        self.client.force_login(make.editor("operator"))
        page = self.client.get("/admin/").content.decode()
        below = page.split('aria-labelledby="operation"')[1]
        for name in ("outboxentry", "outboxconsumer", "pressstatus", "printfailure", "task", "email"):
            self.assertIn(f'<a href="{address(f"{name}_changelist")}"', below)

    def test_names_in_its_head_what_editors_work_in_and_the_rest_below(self):
        page = self.client.get("/admin/").content.decode()
        head, below = page.split('aria-label="Behind the desk"')
        for name in ("article", "image", "section", "author", "tag", "page"):
            with self.subTest(name=name):
                self.assertIn(f'<li><a href="{address(f"{name}_changelist")}"', head)
                self.assertNotIn(f'<a href="{address(f"{name}_changelist")}"', below)
        self.assertNotIn(address("act_changelist"), head)
        self.assertIn(address("act_changelist"), below)

    def test_bears_the_papers_name(self):
        self.assertContains(self.client.get("/admin/"), '<a href="/admin/">The Newsroom</a>')

    def test_has_the_trades_order(self):
        apps = self.client.get("/admin/").context["available_apps"]
        names = [model["object_name"] for model in apps[0]["models"]]
        rooms = ["Article", "Board", "Image", "Section", "Author", "Tag", "Page"]
        others = ["OldAddress", "MissedAddress", "BinnedArticle", "Act", "ApiToken", "Document"]
        self.assertEqual(names, [*rooms, *others])

    def test_is_there_for_somebody_without_any_right(self):
        user = get_user_model().objects.create_user("guest", is_staff=True)
        self.client.force_login(user)
        self.assertNotContains(self.client.get("/admin/"), "Write an article")

    def waiting(self):
        return self.client.get("/admin/").context["short_lists"]
