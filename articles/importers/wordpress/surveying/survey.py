"""The first pass: every file is read to its end before the run writes anything.

It finds out whether all files can be read, who and what is declared anywhere, and what the site's time zone
is. It fills the scratch file, so that nothing in the second pass depends on the order of items or files.
"""

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from articles.importers.wordpress.deciding.choices import Choices
from articles.importers.wordpress.deciding.identity import site_key
from articles.importers.wordpress.deciding.media import attachment_of
from articles.importers.wordpress.deciding.menus import MENU_ITEM, Menus
from articles.importers.wordpress.deciding.people import DOMAINS, People
from articles.importers.wordpress.deciding.permalinks import Form, base_path, form_of
from articles.importers.wordpress.deciding.seo import KEYS, primary_of
from articles.importers.wordpress.deciding.states import Kind, Options, decide
from articles.importers.wordpress.deciding.terms import CATEGORY, TAG, Categories, Tags
from articles.importers.wordpress.deciding.wording import headline_of, slug_of_item
from articles.importers.wordpress.deciding.zones import Offsets
from articles.importers.wordpress.reading import FileRefused, Limits, Reason, Source, read
from articles.importers.wordpress.records import (
    CommentKind,
    Item,
    Note,
    Person,
    Record,
    RefusedItem,
    Site,
    Term,
)
from articles.importers.wordpress.text import in_blocks, proven

from .scratch import Scratch

# The class by which WordPress marks a picture of the media library in a text.
SHOWN = re.compile(r"wp-image-(\d{1,18})\b", re.ASCII)
# Kept in memory, unlike items.
MOST_PEOPLE, MOST_TERMS, MOST_NAMES = 100_000, 200_000, 10_000
OTHERS = "(others)"
# So many texts have to show that a word is the name of a shortcode. One in which it has a block of its own is
# enough.
SHOWN_BY = 3
# Meta keys that are taken over; all others are counted as dropped.
TAKEN = KEYS | frozenset(
    "_thumbnail_id _wp_attached_file _wp_attachment_metadata _wp_attachment_image_alt _wp_old_slug"
    " _wp_old_date _media_credit _navis_media_credit_org _wp_attachment_source_name _molongui_author"
    " footnotes enclosure cap-display_name cap-user_login cap-description cap-linked_account"
    " _newsroom _expiration-date _expiration-date-status".split()
)


# What each run gives a survey, also one that an earlier run has made.
GIVEN = frozenset({"scratch", "limits", "options", "now", "choices"})


class Survey:
    """What is known after the first pass."""

    def __init__(
        self,
        scratch: Scratch,
        *,
        limits: Limits,
        options: Options,
        now: datetime.datetime,
        choices: Choices | None = None,
    ):
        self.scratch, self.limits, self.options, self.now = scratch, limits, options, now
        self.choices = choices = choices or Choices()
        self.people = People()
        self.categories, self.tags = Categories(choices.taxonomies), Tags()
        self.menus = Menus()
        self.sites: dict[str, Site] = {}
        self.offsets: dict[str, Offsets] = {}
        self.items = 0
        self.types: Counter[tuple[str, str]] = Counter()
        self.forms: Counter[Form] = Counter()
        self.comments: Counter[CommentKind] = Counter()
        self.dropped_meta: Counter[str] = Counter()
        self.dropped_taxonomies: Counter[str] = Counter()
        self.used: Counter[str] = Counter()
        self.without_category = 0
        self.repetitions = 0
        self.notes: Counter[Note] = Counter()
        self.repairs: Counter[str] | None = None
        self.shortcodes: dict[str, Counter[str]] = {}
        self.key, self.site = "", Site()

    def read_all(self, sources: Iterable[Source], *, with_repair: bool = False) -> Iterator[int]:
        """Reads on as long as it is asked for the number of items so far. Raises FileRefused; then nothing of
        the run may be done."""
        self.repairs = Counter() if with_repair else None
        for source in sources:
            self.key, self.site = "", Site()
            for record in read(source, limits=self.limits, repairs=self.repairs):
                self.add(record)
                yield self.items
        if self.choices.with_empty_terms:
            self.use_all_terms()
        self.scratch.finish()

    def state(self) -> dict[str, Any]:
        """What it has found out itself, besides what is in its scratch file."""
        return {name: value for name, value in vars(self).items() if name not in GIVEN}

    def use_all_terms(self) -> None:
        """Also what is declared and no article has."""
        for category in self.categories.by_slug.values():
            if category.is_declared:
                self.used.setdefault(category.slug, 0)
        self.tags.use_declared()

    def add(self, record: Record) -> None:
        if isinstance(record, Item | RefusedItem) and record.place.number == 1:
            self.scratch.add_beginning(record.place)
        match record:
            case Item():
                self.add_item(record)
            case Person():
                self.people.declare(record)
            case Term():
                self.add_term(record)
            case Site():
                self.key, self.site = site_key(record), record
                self.sites[self.key] = record
            case RefusedItem():
                self.count_item()
                self.notes[record.note] += 1
        self.check_memory()

    def add_term(self, term: Term) -> None:
        if term.taxonomy == CATEGORY:
            self.categories.declare(term)
        elif term.taxonomy == TAG:
            self.tags.declare(term)
        else:
            self.people.declare_term(term)

    def add_item(self, item: Item) -> None:
        self.count_item()
        self.offsets.setdefault(self.key, Offsets()).add(item)
        count(self.types, (item.type, item.status))
        self.comments.update(item.comments)
        self.notes.update(item.notes)
        if item.type == MENU_ITEM:
            self.menus.add(item)
        site = self.scratch.site(self.key)
        # The zone is not known yet. It has no say in what kind of thing an item becomes.
        match decide(item, now=self.now, zone=datetime.UTC, options=self.options).kind:
            case Kind.ARTICLE | Kind.PAGE as kind:
                self.add_text(site, item, kind)
            case Kind.MEDIA:
                self.scratch.add_attachment(site, attachment_of(item))
            case Kind.BLOCK:
                self.scratch.add_block(site, item)
            case Kind.PERSON:
                self.people.declare_guest(item)
        for key, _ in item.meta:
            if key not in TAKEN:
                count(self.dropped_meta, key)

    def add_text(self, site: int, item: Item, kind: Kind) -> None:
        """An article or page: its number and its address, and the terms and the form of it if it is new."""
        slug = slug_of_item(item, headline_of(item, self.choices.language).text)
        if not self.scratch.add(site, item, kind, slug):
            self.repetitions += 1
            return
        self.scratch.add_shown(
            site, {item.last_meta("_thumbnail_id"), *SHOWN.findall(item.body)}, item.post_id
        )
        if "[" in item.body:
            names = self.shortcodes.setdefault(self.key, Counter())
            for name in proven(item.body):
                count(names, name)
            for name in in_blocks(item.body):
                count(names, name, SHOWN_BY)
        labels = self.categories.sort(item, primary=primary_of(dict(item.meta)), base=base_path(self.site))
        for taxonomy in labels.dropped:
            if taxonomy not in DOMAINS:
                count(self.dropped_taxonomies, taxonomy)
        for label in labels.tags:
            self.tags.use(label)
        if kind is Kind.ARTICLE:
            self.forms[form_of(item, base_path(self.site))] += 1
            self.used.update(labels.categories)
            self.without_category += not labels.categories

    def shortcodes_of(self, site: str) -> frozenset[str]:
        """Names that its texts show to be those of shortcodes, so that they are in all its texts. A word that
        stands in prose too has to be shown by several texts, or by a block for shortcodes."""
        names = self.shortcodes.get(site, Counter())
        return frozenset(name for name, number in names.items() if number >= SHOWN_BY or not name.isalpha())

    def count_item(self) -> None:
        self.items += 1
        if self.items > self.limits.items:
            raise FileRefused(
                Reason.TOO_LARGE, f"the files have more than {self.limits.items} items together"
            )

    def check_memory(self) -> None:
        terms = len(self.categories.by_slug) + len(self.tags.names) + len(self.tags.by_slug)
        if len(self.people.authors) > MOST_PEOPLE or terms > MOST_TERMS:
            detail = f"the files name more than {MOST_PEOPLE} people or {MOST_TERMS} terms"
            raise FileRefused(Reason.TOO_LARGE, detail)


def count(names: Counter[Any], name: Any, times: int = 1) -> None:
    """Names come from the file, so only so many are told apart."""
    names[name if name in names or len(names) < MOST_NAMES else OTHERS] += times
