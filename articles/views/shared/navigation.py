"""The navigation of every page, read with one query: the sections in its head and the paper's own pages in
its foot."""

from dataclasses import dataclass
from functools import cached_property

from django.db import connection

from articles.models import Page, Section
from articles.models.addresses import address


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
    # (number, parent's number, name, slug, description), in order.
    section_rows: tuple[tuple, ...] = ()
    # (title, path), in order.
    page_rows: tuple[tuple, ...] = ()

    @cached_property
    def sections(self):
        return tuple(self._listed(row, ()) for row in self._below.get(None, ()))

    @cached_property
    def pages(self):
        return tuple(ListedPage(title, path, address(path)) for title, path in self.page_rows)

    def section_by_pk(self, pk):
        """The section as a model instance with its parent, without a query; None if there is none. It is made
        only when asked for, because a page shows few sections."""
        if pk not in self._made and pk in self._rows:
            _, parent, name, slug, description = self._rows[pk]
            found = Section(pk=pk, parent_id=parent, name=name, slug=slug, description=description)
            # Also set for a top-level section, to None, so that templates cause no query.
            found.parent = self.section_by_pk(parent)
            self._made[pk] = found
        return self._made.get(pk)

    def section(self, *slugs):
        """The section of that address, or None."""
        parent = None
        for slug in slugs:
            parent = next(
                (pk for pk, above, _, own, _ in self.section_rows if own == slug and above == parent),
                0,
            )
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
        """Parent's number → rows of its subsections; None → those of the departments."""
        found = {}
        for row in self.section_rows:
            found.setdefault(row[1], []).append(row)
        return found

    def _listed(self, row, above):
        pk, _, name, slug, _ = row
        path = (*above, slug)
        below = tuple(self._listed(each, path) for each in self._below.get(pk, ()))
        return ListedSection(pk, name, slug, address(*path), below)


def read_navigation():
    with connection.cursor() as cursor:
        cursor.execute(sql())
        rows = sorted(cursor.fetchall())
    return Navigation(
        section_rows=tuple(
            (pk, parent or None, name, slug, description)
            for kind, _, pk, parent, name, slug, description in rows
            if kind == "section"
        ),
        page_rows=tuple((name, slug) for kind, _, _, _, name, slug, _ in rows if kind == "page"),
    )


def sql():
    # Written by hand, because every page needs it, and the ORM takes longer to write it than the database to
    # answer it.
    section, page = Section._meta.db_table, Page._meta.db_table
    return (
        f"SELECT 'section', \"order\", id, COALESCE(parent_id, 0), name, slug, description FROM {section} "  # noqa: S608 - our own table names
        f"UNION ALL SELECT 'page', \"order\", id, 0, title, path, '' FROM {page} WHERE published"
    )
