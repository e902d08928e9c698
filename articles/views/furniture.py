"""What stands around every page: the sections in its head, the paper's own pages in its foot. One query."""

from dataclasses import dataclass
from functools import cached_property

from django.db import connection
from django.utils.html import escape

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
class Furniture:
    # (number, parent's number, name, slug, description), in order.
    section_rows: tuple[tuple, ...] = ()
    # (title, path), in order.
    page_rows: tuple[tuple, ...] = ()

    @cached_property
    def sections(self):
        return self._listed(None, ())

    @cached_property
    def pages(self):
        return tuple(ListedPage(title, path, escape(address(path))) for title, path in self.page_rows)

    @cached_property
    def by_pk(self):
        """Every section as a row of its model, its parent with it, without asking the database again."""
        found = {
            pk: Section(pk=pk, parent_id=parent, name=name, slug=slug, description=description)
            for pk, parent, name, slug, description in self.section_rows
        }
        for section in found.values():
            # A top-level section gets None here, which keeps templates from asking.
            section.parent = found.get(section.parent_id)
        return found

    def section(self, *slugs):
        """The section of that address, or None."""
        parent = None
        for slug in slugs:
            parent = next(
                (pk for pk, above, _, own, _ in self.section_rows if own == slug and above == parent),
                0,
            )
        return self.by_pk.get(parent)

    def listed(self, section):
        """The top-level section as the head lists it, with its subsections."""
        top = section.parent_id or section.pk
        return next((item for item in self.sections if item.pk == top), None)

    def _listed(self, parent, above):
        return tuple(
            ListedSection(pk, name, slug, escape(address(*above, slug)), self._listed(pk, (*above, slug)))
            for pk, under, name, slug, _ in self.section_rows
            if under == parent
        )


def furniture():
    with connection.cursor() as cursor:
        cursor.execute(sql())
        rows = sorted(cursor.fetchall())
    return Furniture(
        section_rows=tuple(
            (pk, parent or None, name, slug, description)
            for kind, _, pk, parent, name, slug, description in rows
            if kind == "section"
        ),
        page_rows=tuple((name, slug) for kind, _, _, _, name, slug, _ in rows if kind == "page"),
    )


def sql():
    # By hand, because the ORM takes longer to write this query than the database to answer it, and every
    # page needs it.
    section, page = Section._meta.db_table, Page._meta.db_table
    return (
        f"SELECT 'section', \"order\", id, COALESCE(parent_id, 0), name, slug, description FROM {section} "  # noqa: S608 - our own table names
        f"UNION ALL SELECT 'page', \"order\", id, 0, title, path, '' FROM {page} WHERE published"
    )
