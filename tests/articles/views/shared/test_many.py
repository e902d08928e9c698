"""With ten thousand sections, tags, authors and pages, readers' pages ask what they ask with a few of each."""

import re

from django.db import connection
from django.test import Client, TestCase
from django.utils import timezone

from articles.models import Article, Author, Page, Section, Tag
from articles.views.front import NEEDED, NEWEST_OF
from articles.views.shared.navigation import SECTIONS, Navigation
from tests import factories
from tests.asked import asked

MANY = 10_000
LAST = MANY // 2 - 1


def queries_of(address):
    with asked() as queries:
        response = Client().get(address)
    assert response.status_code in {200, 404}, (address, response.status_code)
    return queries


class ManyTests(TestCase):
    """All sections are shown, so each page lists all of them."""

    @classmethod
    def setUpTestData(cls):
        cls.world, sport = factories.section("World"), factories.section("Sport")
        coast = factories.section("Coast", parent=cls.world)
        factories.page("About")
        article = cls.stories((cls.world, sport, coast), factories.author(), "coast")[0]
        # Each page, and the one of the same kind that is asked for when there are many.
        cls.pages = {
            **dict.fromkeys(
                ("/", "/world/", "/about/", "/nowhere/", "/archive/", f"/{article.address_date:%Y/%m}/")
            ),
            article.get_absolute_url(): None,
            "/sport/": f"/department-{LAST}/",
            "/world/coast/": f"/world/part-{LAST}/",
            "/tag/coast/": f"/tag/tag-{MANY - 1}/",
            "/author/mara-ellis/": f"/author/author-{MANY - 1}/",
        }
        for address in cls.pages:
            queries_of(address)  # What is asked once a process has been asked now.
        cls.with_few = {address: queries_of(address) for address in cls.pages}
        cls.many()

    @staticmethod
    def stories(sections, author, tag):
        return [
            factories.published_article(section=section, authors=[author], tags=(tag,))
            for section in sections
        ]

    @classmethod
    def many(cls):
        for name, parent in (("Department", None), ("Part", cls.world)):
            Section.objects.bulk_create(
                Section(
                    name=f"{name} {n}",
                    slug=f"{name}-{n}".lower(),
                    order=n,
                    parent=parent,
                    shown_without_stories=True,
                )
                for n in range(MANY // 2)
            )
        Tag.objects.bulk_create(Tag(name=f"Tag {n}", slug=f"tag-{n}") for n in range(MANY))
        Author.objects.bulk_create(Author(name=f"Author {n}", slug=f"author-{n}") for n in range(MANY))
        Page.objects.bulk_create(Page(title=f"Page {n}", path=f"page-{n}") for n in range(MANY // 10))
        cls.department = Section.objects.get(slug=f"department-{LAST}")
        part = Section.objects.get(slug=f"part-{LAST}")
        author = Author.objects.get(slug=f"author-{MANY - 1}")
        cls.stories((cls.department, part, cls.world), author, f"Tag {MANY - 1}")

    def test_every_page_asks_the_same_as_with_a_few(self):
        for address, among_many in self.pages.items():
            with self.subTest(address):
                self.assertEqual(queries_of(among_many or address), self.with_few[address])

    def test_a_page_lists_all_of_them(self):
        page = self.client.get(self.pages["/world/coast/"]).content.decode()
        for words in ("/department-", "/world/part-"):
            links = re.findall(f'href="({words}[0-9]+/)"', page)
            self.assertEqual(len(set(links)), MANY // 2)

    def test_the_front_shows_every_department_that_has_stories(self):
        blocks = self.client.get("/").context["front"]
        self.assertIn(self.department.pk, {card.section.pk for card in blocks.cards})


class DepartmentsOwnIndexTests(TestCase):
    # PostgreSQL sorts what it takes to be a few.
    DOUBLED = {"postgresql": 12, "sqlite": 6}

    @classmethod
    def setUpTestData(cls):
        sections = [factories.section(f"Department {number}") for number in range(8)]
        cls.numbers = [section.pk for section in sections] + [factories.section("Without stories").pk]
        for section in sections:
            factories.published_article(section=section)
        for _ in range(cls.DOUBLED[connection.vendor]):
            cls.double()

    @staticmethod
    def double():
        """Every article once more, under another slug; on PostgreSQL an older one."""
        other = {
            "postgresql": {
                "uid": "gen_random_uuid()",
                "slug": "gen_random_uuid()",
                "publish_at": "publish_at - id * interval '1 minute'",
            },
            "sqlite": {"uid": "lower(hex(randomblob(16)))", "slug": "lower(hex(randomblob(16)))"},
        }[connection.vendor]
        columns = [field.column for field in Article._meta.concrete_fields if not field.primary_key]
        names = ", ".join(f'"{column}"' for column in columns)
        values = ", ".join(other.get(column, f'"{column}"') for column in columns)
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO articles_article ({names}) SELECT {values} FROM articles_article")  # noqa: S608 - our own names

    def plan(self, sql, params):
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                cursor.execute("ANALYZE articles_article")
            explain = "EXPLAIN" if connection.vendor == "postgresql" else "EXPLAIN QUERY PLAN"
            cursor.execute(f"{explain} {sql}", params)
            return "\n".join(map(str, cursor.fetchall()))

    def test_is_where_each_ones_stories_are_looked_for(self):
        plan = self.plan(*NEWEST_OF.sql_for_each("department", self.numbers, at=timezone.now()))
        self.assertIn("newest_of_department", plan)
        self.assertNotRegex(plan, r"(?i)\bsort\b|order by")

    def test_and_that_of_sections_says_whether_a_section_has_one(self):
        shown = Section.objects.shown().order_by().values("pk").query
        for sql, params in (SECTIONS.sql(at=timezone.now()), shown.sql_with_params()):
            plan = self.plan(sql, params)
            self.assertIn("newest_of_section", plan)
            self.assertNotRegex(
                plan, r"(?i)\bsort\b|order by|seq scan on articles_article|scan articles_article"
            )

    def test_holds_what_the_front_shows(self):
        lists = NEWEST_OF.rows_for_each("department", self.numbers, at=timezone.now())
        for number, rows in zip(self.numbers, lists, strict=True):
            newest = Article.objects.published().filter(department=number).newest_first()[:NEEDED]
            wanted = [(article.publish_at, article.pk, article.lead_image_id) for article in newest]
            self.assertEqual(sorted(map(tuple, rows), reverse=True), wanted)


class Counted(tuple):
    """Counts how many of its rows are read."""

    def __iter__(self):
        self.read = getattr(self, "read", 0)
        for row in super().__iter__():
            self.read += 1
            yield row


class NavigationOfManyTests(TestCase):
    def test_reads_each_section_a_few_times(self):
        departments = [(pk, None, f"D {pk}", f"d-{pk}", "", False) for pk in range(1, 3_001)]
        parts = [(pk + 3_000, pk, f"P {pk}", f"p-{pk}", "", True) for pk in range(1, 3_001)]
        navigation = Navigation(section_rows=Counted([*departments, *parts]))
        self.assertEqual(len(navigation.sections), 3_000)
        self.assertEqual(navigation.sections[-1].subsections[0].url, "/d-3000/p-3000/")
        self.assertEqual(navigation.section("d-3000", "p-3000").parent.name, "D 3000")
        self.assertEqual(navigation.listed(navigation.section("d-7")).name, "D 7")
        self.assertLess(navigation.section_rows.read, 6 * 6_000)
