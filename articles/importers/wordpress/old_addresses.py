"""Every address that an export knows, and what is to be found there after the import, for the check that none
of them is broken."""

import csv
import datetime
import tempfile
import zoneinfo
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from itertools import chain
from pathlib import Path
from typing import TextIO

from django.utils import timezone
from django.utils.encoding import iri_to_uri

from articles.importers.wordpress.deciding.permalinks import base_path
from articles.importers.wordpress.deciding.states import Kind, State
from articles.importers.wordpress.dry_run import Settings, scratch_in, surveyed, zones_of
from articles.importers.wordpress.planning import Plan, plans
from articles.importers.wordpress.reading import sources
from articles.importers.wordpress.surveying import Survey
from articles.importers.wordpress.writing.addresses import in_path
from articles.importers.wordpress.writing.contents import old_paths, stored_path, title_of
from articles.models.addresses.paths import address

GONE = "410"


@dataclass(frozen=True, slots=True)
class Known:
    """An address of the old site, what it is there and of which item. `end` is where it must lead: an address
    here, or 410, or empty if only `words` tell, which that page must have."""

    address: str
    form: str
    source_id: str = ""
    end: str = ""
    words: str = ""


class Listing:
    def __init__(self, survey: Survey, settings: Settings):
        self.survey, self.settings = survey, settings
        self.public: dict[str, set[str]] = {key: set() for key in survey.sites}
        # Of public articles only: categories, tags, people and months, each with the site's base.
        self.used: dict[tuple[str, ...], Known] = {}
        self.bases = {key: iri_to_uri(base_path(site)) for key, site in survey.sites.items()}

    def of_plan(self, plan: Plan) -> Iterator[Known]:
        decision = plan.decision
        instant = decision.instant.at if decision.instant else None
        is_article = decision.kind is Kind.ARTICLE
        is_out = not is_article or (instant is not None and instant <= self.survey.now)
        if decision.state is not State.PUBLISHED or not is_out:
            return
        number, base = plan.entry.source_id, self.bases[plan.site]
        self.public[plan.site].add(number)
        end = {"source_id": number, "words": title_of(plan)}
        if number.isdigit():
            yield Known(f"{base}/?{'p' if is_article else 'page_id'}={number}", "number", **end)
            yield Known(f"{base}/index.php?p={number}", "number behind index.php", **end)
        path, *former = old_paths(plan) or [""]
        if path:
            yield from (Known(each, form, **end) for each, form in of_path(path))
        yield from (Known(each, "former slug or date", **end) for each in former)
        if is_article and instant:
            self.note_lists(plan, base, instant)

    def note_lists(self, plan: Plan, base: str, instant: datetime.datetime) -> None:
        survey = self.survey
        for slug in plan.labels.categories:
            category = survey.categories.by_slug[slug]
            line = address(*in_path(survey.choices.category_base), *survey.categories.line(slug))
            self.note(f"{base}{line}", "category", feeds=True)
            for number in category.term_ids:
                self.note(f"{base}/?cat={number}", "category by number")
        for label in plan.labels.tags:
            tag = survey.tags.use(label)
            for slug in (tag.slug, *tag.others):
                self.note(f"{base}{address(*in_path(survey.choices.tag_base), slug)}", "tag", feeds=True)
        for author in plan.authors:
            self.note(f"{base}{address('author', author.slug)}", "author", feeds=True)
            if author.author_id:
                self.note(f"{base}/?author={author.author_id}", "author by number")
        at = timezone.localtime(instant)
        # Below a path there may be a section today, with months of its own.
        self.note(f"{base}/{at:%Y/%m}/", "month", end="" if base else f"/{at:%Y/%m}/")
        self.note(f"{base}/?m={at:%Y%m}", "month", end=f"/{at:%Y/%m}/")

    def note(self, path: str, form: str, *, feeds: bool = False, end: str = "") -> None:
        self.used.setdefault((path,), Known(path, form, end=end))
        if feeds:
            self.used.setdefault((path, "feed"), Known(f"{path}feed/", f"feed of a {form}"))
            self.used.setdefault((path, "page"), Known(f"{path}page/2/", f"part of a {form}"))

    def of_attachments(self) -> Iterator[Known]:
        scratch = self.survey.scratch
        for key in self.survey.sites:
            site = scratch.site(key)
            for each in scratch.attachments_of(site):
                showing = [each.parent, *scratch.shown_by(site, each.post_id)]
                end = "" if any(number in self.public[key] for number in showing) else GONE
                more = {"source_id": each.post_id, "end": end}
                if each.post_id:
                    yield Known(f"/?attachment_id={each.post_id}", "attachment by number", **more)
                if each.link and "?" not in each.link and (path := stored_path(each.link)) != "/":
                    yield Known(path, "attachment page", **more)

    def of_files(self) -> Iterator[Known]:
        """Each file of the media library, in each size. Words tell nothing of a file."""
        scratch = self.survey.scratch
        for key in self.survey.sites:
            for each in scratch.attachments_of(scratch.site(key)):
                folder = each.url.rpartition("/")[0]
                named = [(each.url, "file"), *((f"{folder}/{size}", "size of a file") for size in each.sizes)]
                for url, form in named:
                    if (path := stored_path(url)) != "/":
                        yield Known(path, form, each.post_id)

    def of_site(self) -> Iterator[Known]:
        yield Known("/page/2/", "part of the front", end="/")
        for base in dict.fromkeys(self.bases.values()):
            for path in ("feed/", "feed/rss2/", "?feed=rss2", "comments/feed/", "wp-rss2.php"):
                yield Known(f"{base}/{path}", "feed of the site", end="" if base else "/feed/")
            for path in ("wp-sitemap.xml", "sitemap_index.xml", "post-sitemap.xml"):
                yield Known(f"{base}/{path}", "sitemap", end="/sitemap.xml")
            yield Known(f"{base}/type/aside/", "post format", end=GONE)
            yield Known(f"{base}/?s=harbour", "search", end="/search/?q=harbour")


def of_path(path: str) -> Iterator[tuple[str, str]]:
    """The permalink, and the forms that are derived from it."""
    yield path, "permalink"
    bare = path.rstrip("/")
    yield f"{path}?utm_source=check", "permalink with a query"
    if path.endswith("/"):
        yield bare, "permalink without its slash"
        yield path.upper() if "%" not in path else f"{bare}//", "permalink written otherwise"
        yield from ((f"{path}{tail}", "part of an item") for tail in ("feed/", "comment-page-2/", "2/"))
        yield from ((f"{path}{tail}", "AMP") for tail in ("amp/", "amp", "?amp=1", "?noamp=mobile"))
        yield f"/amp{path}", "AMP"


def list_all(
    paths: Sequence[Path],
    out: TextIO,
    *,
    settings: Settings,
    now: datetime.datetime,
    with_files: bool = False,
) -> int:
    """Raises FileRefused and NoRoom. Answers how many addresses were written."""
    files, number = sources(paths, limits=settings.limits), 0
    lines = csv.writer(out, delimiter="\t", lineterminator="\n")
    lines.writerow(field.name for field in fields(Known))
    with tempfile.TemporaryDirectory() as folder, scratch_in(Path(folder), files) as scratch:
        survey = surveyed(files, scratch, settings, now, lambda done, total: None)
        zones = {site: zoneinfo.ZoneInfo(zone) for site, zone in zones_of(survey, settings).items()}
        listing = Listing(survey, settings)
        found = every(listing, plans(survey, files, zones=zones))
        for known in chain(found, listing.of_files() if with_files else ()):
            lines.writerow(astuple(known))
            number += 1
    return number


def every(listing: Listing, planned: Iterator[object]) -> Iterator[Known]:
    for each in planned:
        if isinstance(each, Plan):
            yield from listing.of_plan(each)
    yield from listing.used.values()
    yield from listing.of_attachments()
    yield from listing.of_site()
