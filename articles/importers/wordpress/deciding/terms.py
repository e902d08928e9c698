"""Categories → sections of two levels, and tags. A term is known by its slug, and never by its name."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from articles.importers.wordpress.records import Item, Label, Term

from .permalinks import path_below
from .wording import plain, slug_from

CATEGORY, TAG = "category", "post_tag"
# The oldest exports say `tag`, and write each label twice: once without a domain and a slug.
DOMAINS = {"category": CATEGORY, "post_tag": TAG, "tag": TAG, "": CATEGORY}
FALLBACK = "uncategorized"
FALLBACK_NAME = "Uncategorized"
# What is put behind a slug that belongs to the site itself, or would be taken for a year.
SUFFIX = "-section"
# Meta keys of terms in a newsroom's own export.
OWN_SLUG, OWN_SERIES = "_newsroom_slug", "_newsroom_series"


@dataclass(slots=True)
class Category:
    slug: str
    name: str = ""
    parent: str = ""
    description: str = ""
    term_ids: list[str] = field(default_factory=list)
    # Its slug in a newsroom, where two departments may each have a section of that slug.
    own_slug: str = ""
    # Whether the export declares it; else only items name it.
    is_declared: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A section to be made. `was_below` is the parent that it had if it stood too deep."""

    category: str
    slug: str
    name: str
    description: str = ""
    parent: str = ""
    was_below: str = ""


@dataclass(frozen=True, slots=True)
class Sorted:
    """The labels of an item: its main category, all of them, its tags, and the taxonomies of all else."""

    main: str = ""
    categories: tuple[str, ...] = ()
    tags: tuple[Label, ...] = ()
    dropped: tuple[str, ...] = ()

    @property
    def further(self) -> tuple[str, ...]:
        """What may become tags. That an article is in no category says nothing beside another one."""
        return tuple(slug for slug in self.categories if slug not in (self.main, FALLBACK))


class Categories:
    """All categories of a run, of every file. Those that only items name are known by their labels."""

    def __init__(self, as_tags: Iterable[str] = ()) -> None:
        """`as_tags` are other taxonomies whose terms are tags here."""
        self.domains = {**DOMAINS, **dict.fromkeys(as_tags, TAG)}
        self.by_slug: dict[str, Category] = {}
        self.by_term_id: dict[str, str] = {}

    def declare(self, term: Term) -> None:
        slug = slug_from(term.slug or term.name)
        if not slug:
            return
        category = self.by_slug.setdefault(slug, Category(slug))
        category.name = plain(term.name) or category.name or slug
        category.parent = slug_from(term.parent) or category.parent
        category.description = plain(term.description) or category.description
        category.own_slug = slug_from(dict(term.meta).get(OWN_SLUG, "")) or category.own_slug
        category.is_declared = True
        if term.term_id:
            category.term_ids.append(term.term_id)
            self.by_term_id[term.term_id] = slug

    def meet(self, label: Label) -> str:
        """The slug of an item's category, which is known from now on."""
        slug = slug_from(label.slug or label.name)
        if slug and slug not in self.by_slug:
            self.by_slug[slug] = Category(slug, plain(label.name) or slug)
        return slug

    def line(self, slug: str) -> list[str]:
        """The category and those above it, from the top. A circle ends where it closes."""
        line: list[str] = []
        while slug in self.by_slug and slug not in line:
            line.append(slug)
            slug = self.by_slug[slug].parent
        return line[::-1]

    def sort(self, item: Item, *, primary: str = "", base: str = "") -> Sorted:
        """`primary` is the term id that an SEO plugin has for the main category."""
        categories: dict[str, None] = {}
        tags: dict[str, Label] = {}
        dropped = []
        for label in without_doubles(item.labels):
            domain = self.domains.get(label.domain)
            if domain == CATEGORY:
                categories.setdefault(self.meet(label))
            elif domain == TAG:
                tags.setdefault(slug_from(label.slug or label.name), label)
            else:
                dropped.append(label.domain)
        slugs = [slug for slug in categories if slug]
        main = self.main_of(slugs, self.by_term_id.get(primary, ""), path_below(item.link, base))
        named = tuple(label for slug, label in tags.items() if slug)
        return Sorted(main, tuple(slugs), named, tuple(dropped))

    def main_of(self, slugs: Sequence[str], primary: str, path: str) -> str:
        """What the plugin says, else what the address has, else the deepest, else the first."""
        slugs = [slug for slug in slugs if slug != FALLBACK] or list(slugs)
        if len(slugs) < 2:
            return slugs[0] if slugs else ""
        if primary in slugs:
            return primary
        above = [slug_from(part) for part in path.split("/")[:-1]]
        in_path = [slug for slug in slugs if slug in above]
        return max(in_path or slugs, key=lambda slug: len(self.line(slug)))

    def sections(self, used: Iterable[str], is_reserved: Callable[[str], bool]) -> list[Section]:
        """The sections of these categories and of those above them, parents first."""
        wanted = dict.fromkeys(each for slug in used for each in self.line(slug))
        return sorted(
            (self.section(slug, is_reserved) for slug in wanted), key=lambda each: bool(each.parent)
        )

    def section(self, slug: str, is_reserved: Callable[[str], bool]) -> Section:
        category, line = self.by_slug[slug], self.line(slug)
        top = line[0]
        return Section(
            category=slug,
            slug=free_of(category.own_slug or slug, is_reserved),
            name=category.name,
            description=category.description,
            parent=free_of(top, is_reserved) if top != slug else "",
            was_below=category.parent if len(line) > 2 else "",
        )


def free_of(slug: str, is_reserved: Callable[[str], bool]) -> str:
    return slug + SUFFIX if slug.isdigit() or is_reserved(slug) else slug


def without_doubles(labels: Sequence[Label]) -> list[Label]:
    """Without those that have only a name if there is one with a slug of the same name."""
    named = {label.name for label in labels if label.slug}
    return [label for label in labels if label.slug or label.name not in named]


@dataclass(slots=True)
class Tag:
    slug: str
    name: str
    # Other slugs that lead here, and the names that they had.
    others: dict[str, str] = field(default_factory=dict)
    description: str = ""
    is_series: bool = False


class Tags:
    """The tags of a run. Those of one slug, or of names that differ in capitals only, are one tag."""

    def __init__(self) -> None:
        self.by_slug: dict[str, Tag] = {}
        self.by_name: dict[str, Tag] = {}
        self.names: dict[str, str] = {}
        self.described: dict[str, tuple[str, bool]] = {}

    def declare(self, term: Term) -> None:
        """The name that a declared tag has is the one it gets, if an article has the tag."""
        slug, is_series = slug_from(term.slug or term.name), OWN_SERIES in dict(term.meta)
        self.names[slug] = plain(term.name)
        if term.description or is_series:
            self.described[slug] = plain(term.description), is_series

    def use(self, label: Label) -> Tag:
        slug = slug_from(label.slug or label.name)
        name = self.names.get(slug) or plain(label.name) or slug
        known = self.by_slug.get(slug)
        if known is None:
            new = Tag(slug, name, {}, *self.described.get(slug, ()))
            known = self.by_name.get(name.casefold()) or new
            if known.slug != slug:
                known.others[slug] = name
            self.by_slug[slug] = known
            self.by_name.setdefault(name.casefold(), known)
        return known

    def use_declared(self) -> None:
        for slug, name in self.names.items():
            if slug:
                self.use(Label(TAG, slug, name))

    def all(self) -> list[Tag]:
        return [tag for slug, tag in self.by_slug.items() if slug == tag.slug]
