"""The navigation of every page, read with one query: the sections in its head, the paper's own pages in its
foot, and the line of breaking news. A section without a public story is not in it, unless the desk shows
it."""

from dataclasses import dataclass
from functools import cached_property, lru_cache
from math import floor

from django.db.models.functions import Coalesce
from django.utils import timezone

from articles.database.compiled_queries import CompiledQuery, fetched
from articles.fronts.breaking import Line
from articles.models import BreakingLine, Page, Section
from articles.models.addresses.paths import address
from articles.models.collections.page import nearest_above

# In the place of a parent's number, of the row of breaking news.
OF_LINE = -1


@dataclass(frozen=True)
class ListedSection:
    pk: int
    name: str
    slug: str
    url: str
    subsections: tuple["ListedSection", ...] = ()

    def get_absolute_url(self):
        return self.url


@dataclass(frozen=True)
class ListedPage:
    title: str
    path: str
    url: str


@dataclass(frozen=True)
class Navigation:
    # (number, parent's number, name, slug, description, whether it is shown for itself), in order.
    section_rows: tuple[tuple, ...] = ()
    # (title, path), in order.
    page_rows: tuple[tuple, ...] = ()
    # Of breaking news, if there is any.
    line: Line | None = None

    @cached_property
    def sections(self):
        """Those that readers find."""
        return tuple(self._listed(row, ()) for row in self._below.get(None, ()))

    @property
    def departments_and_subsections(self):
        """The same in one row, each department before its subsections."""
        return [each for department in self.sections for each in (department, *department.subsections)]

    @cached_property
    def pages(self):
        """Those of the foot. The others are listed on the page that they are below."""
        return tuple(page for page in self._pages.values() if self.page_above(page.path) is None)

    def has_page(self, path):
        return path in self._pages

    def page_above(self, path):
        """The nearest page of the paper's own that this one is below; or None."""
        return self._pages.get(nearest_above(path, self._pages))

    def pages_below(self, path):
        """Those of which that page is the nearest one above them."""
        own = self._pages[path]
        return tuple(page for page in self._pages.values() if self.page_above(page.path) is own)

    @cached_property
    def _pages(self):
        """Path → page, in order."""
        return {path: ListedPage(title, path, address(*path.split("/"))) for title, path in self.page_rows}

    def section_by_pk(self, pk):
        """The section as a model instance with its parent, without a query; None if there is none. It is made
        only when asked for, because a page shows few sections. Whether it is shown is not asked: a story may
        have come between two queries of one page."""
        if pk not in self._made and pk in self._rows:
            _, parent, name, slug, description, _ = self._rows[pk]
            found = Section(pk=pk, parent_id=parent, name=name, slug=slug, description=description)
            # Also set for a top-level section, to None, so that templates cause no query.
            found.parent = self.section_by_pk(parent)
            self._made[pk] = found
        return self._made.get(pk)

    def section(self, *slugs):
        """The section of that address, if readers find it; or None."""
        parent = None
        for slug in slugs:
            rows = self._below.get(parent, ())
            parent = next((pk for pk, _, _, own, *_ in rows if own == slug), 0)
        return self.section_by_pk(parent)

    def listed(self, section):
        """The top-level section as the head lists it, with its subsections."""
        top = section.parent_id or section.pk
        return next((item for item in self.sections if item.pk == top), None)

    @cached_property
    def _rows(self):
        """Number → row."""
        return {row[0]: row for row in self.section_rows}

    @cached_property
    def _made(self):
        return {}

    @cached_property
    def _below(self):
        """Parent's number → rows of its subsections that are shown; None → those of the departments."""
        shown = {pk for pk, *_, shown in self.section_rows if shown}
        shown |= {parent for pk, parent, *_ in self.section_rows if pk in shown}
        found = {}
        for row in self.section_rows:
            if row[0] in shown:
                found.setdefault(row[1], []).append(row)
        return found

    def _listed(self, row, above):
        pk, _, name, slug, *_ = row
        path = (*above, slug)
        below = tuple(self._listed(each, path) for each in self._below.get(pk, ()))
        return ListedSection(pk, name, slug, address(*path), below)


SECTIONS = CompiledQuery(
    lambda at: (
        Section.objects.with_newest(at)
        .order_by()
        .values_list(
            "order",
            "pk",
            Coalesce("parent", 0),
            "name",
            "slug",
            "description",
            "shown_without_stories",
            "newest",
        )
    )
)


def read_navigation():
    at = timezone.now()
    sql, params = SECTIONS.sql(at=at)
    sql = f"{sql} UNION ALL {sql_of_pages()} UNION ALL {sql_of_line()}"
    rows = sorted(fetched(sql, [*params, floor(at.timestamp())]), key=place)
    section_rows = tuple(
        (pk, parent or None, name, slug, description, bool(always or newest))
        for _, pk, parent, name, slug, description, always, newest in rows
        if parent is not None and parent != OF_LINE
    )
    page_rows = tuple((name, slug) for _, _, parent, name, slug, *_ in rows if parent is None)
    line_rows = tuple((*times, text, link) for *times, kind, text, link, _, _, _ in rows if kind == OF_LINE)
    return navigation_of(section_rows, page_rows, line_rows)


@lru_cache(maxsize=2)
def navigation_of(section_rows, page_rows, line_rows):
    """Almost always the same as for the page before, with all that was made of it."""
    return Navigation(section_rows, page_rows, next((Line(*row) for row in line_rows), None))


def place(row):
    return row[:2]


def sql_of_pages():
    # Written by hand, because every page needs it, and the ORM takes longer to write it than the database to
    # answer it. Pages have no parent; sections without one have the number 0 there.
    table = Page._meta.db_table
    return f"SELECT \"order\", id, NULL, title, path, '', published, NULL FROM {table} WHERE published"  # noqa: S608 - our own table name


def sql_of_line():
    """The one that readers have, if it ends after the second that is the parameter."""
    table = BreakingLine._meta.db_table
    return (
        f"SELECT ends, since, {OF_LINE}, text, link, '', TRUE, NULL FROM {table}"  # noqa: S608 - our own table name
        " WHERE ended_at IS NULL AND ends > %s"
    )
