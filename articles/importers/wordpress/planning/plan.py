"""Each item of an export with all that is decided of it. Nothing is written or converted here."""

import datetime
import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from articles.importers.wordpress.deciding.dates import modified_of
from articles.importers.wordpress.deciding.identity import site_key
from articles.importers.wordpress.deciding.own import Own, own_of
from articles.importers.wordpress.deciding.people import Author
from articles.importers.wordpress.deciding.permalinks import base_path, words_above
from articles.importers.wordpress.deciding.seo import Seo, seo_of
from articles.importers.wordpress.deciding.states import Decision, Kind, decide
from articles.importers.wordpress.deciding.terms import FALLBACK, Sorted
from articles.importers.wordpress.deciding.wording import (
    Headline,
    Standfirst,
    headline_of,
    plain,
    plain_lines,
    slug_from,
    slug_of_item,
    standfirst_of,
)
from articles.importers.wordpress.reading import OnComment, Source, read
from articles.importers.wordpress.records import Item, RefusedItem, Site
from articles.importers.wordpress.surveying import Entry, Survey


class Outcome(enum.StrEnum):
    """What becomes of an item. Each item has exactly one."""

    IMPORTED = "imported"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REFUSED = "refused"


REPETITION = "exact repetition"
# Items that become no article or page of their own, and where they are found again.
REASONS = {
    Kind.MEDIA: "file of the media library",
    Kind.BLOCK: "reusable block; it stands in the texts that name it",
    Kind.PERSON: "guest author; an author of the paper if a byline has the name",
}


@dataclass(frozen=True, slots=True)
class Plan:
    """An article or page that is to be made. `modified` is when readers got a changed text."""

    site: str
    item: Item
    entry: Entry
    decision: Decision
    headline: Headline
    # Of a page its whole path, such as about/team.
    slug: str
    standfirst: Standfirst
    # What a newsroom has written of its own item; None of those of any other site.
    own: Own | None
    seo: Seo
    labels: Sorted
    authors: tuple[Author, ...]
    modified: datetime.datetime | None

    @property
    def category(self) -> str:
        return self.labels.main or FALLBACK


@dataclass(frozen=True, slots=True)
class Rest:
    """An item that becomes no article or page, and why."""

    item: Item | RefusedItem
    outcome: Outcome
    reason: str


def plans(
    survey: Survey,
    sources: Iterable[Source],
    *,
    zones: Mapping[str, datetime.tzinfo],
    on_comment: OnComment | None = None,
) -> Iterator[Plan | Rest]:
    """Every item once, in the order of the files. The survey has read the same files before. `zones` has one
    for the key of each site."""
    for source in sources:
        site, key = Site(), ""
        for record in read(source, limits=survey.limits, repairs=again(survey), on_comment=on_comment):
            match record:
                case Site():
                    site, key = record, site_key(record)
                case RefusedItem():
                    note = record.note
                    yield Rest(record, Outcome.REFUSED, f"{note.fault}: {note.of}" if note.of else note.fault)
                case Item():
                    zone = zones[key]
                    decision = decide(record, now=survey.now, zone=zone, options=survey.options)
                    yield planned(survey, site, key, record, decision, zone)


def planned(
    survey: Survey, site: Site, key: str, item: Item, decision: Decision, zone: datetime.tzinfo
) -> Plan | Rest:
    if decision.kind is Kind.REFUSED:
        return Rest(item, Outcome.REFUSED, decision.reason)
    if decision.kind not in (Kind.ARTICLE, Kind.PAGE):
        return Rest(item, Outcome.SKIPPED, decision.reason or REASONS[decision.kind])
    entry = survey.scratch.entry_of(survey.scratch.site(key), item)
    if entry is None or not entry.is_met_first_in(item):
        return Rest(item, Outcome.REFUSED, REPETITION)
    language = survey.choices.language
    headline = headline_of(item, language)
    seo = seo_of(item, headline=headline.text, site=plain(site.title))
    is_page = decision.kind is Kind.PAGE
    published, own = decision.instant.at if decision.instant else None, own_of(item)
    slug = slug_from(item.slug) if own else slug_of_item(item, headline.text)
    return Plan(
        site=key,
        item=item,
        entry=entry,
        decision=decision,
        headline=headline,
        slug="/".join((*(words_above(item, base_path(site)) if is_page else ()), slug)),
        standfirst=Standfirst(plain_lines(item.excerpt)) if own else standfirst_of(item, language),
        own=own,
        seo=seo,
        labels=survey.categories.sort(item, primary=seo.primary, base=base_path(site)),
        authors=survey.people.of(item),
        modified=modified_of(item, zone, published) if published else None,
    )


def again(survey: Survey) -> Counter[str] | None:
    """A file that was repaired in the first pass is repaired again. The repairs have been counted."""
    return None if survey.repairs is None else Counter()
