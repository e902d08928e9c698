"""The texts of plans, converted, and what was found in them for the report."""

import datetime
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Self
from urllib.parse import urlsplit

from articles.body import Prepared
from articles.importers.wordpress.deciding.own import Own, without_notes
from articles.importers.wordpress.deciding.states import Kind as ItemKind
from articles.importers.wordpress.media import Uploads
from articles.importers.wordpress.surveying import Survey
from articles.importers.wordpress.text import Converted, LeftOut, OldSite, Options, Picture, convert
from articles.importers.wordpress.text import Kind as LeftOutKind

from .plan import Plan
from .resolver import AddressOf, Decided, WithoutMedia
from .with_media import WithMedia
from .workers import Workers

# So many names and hosts are told apart.
MOST_NAMES = 2_000
OTHERS = "(others)"
# With fewer items, workers would hardly be there before all is done.
ENOUGH_FOR_WORKERS = 500


@dataclass(frozen=True, slots=True)
class Task:
    """What is needed of a plan to convert its text."""

    site: str
    post_id: str
    body: str
    address: str
    footnotes: str
    lead: int | None
    is_article: bool
    own: Own | None


@dataclass(frozen=True, slots=True)
class Text:
    """A text converted; that of an article also prepared for readers, if that was asked for."""

    converted: Converted
    prepared: Prepared | None = None


class Texts:
    """Converts the texts of a run, and remembers what is worth telling. Used as a context."""

    def __init__(
        self,
        survey: Survey,
        zones: Mapping[str, datetime.tzinfo],
        address_of: AddressOf,
        uploads: Uploads | None = None,
        *,
        options: Options | None = None,
        prepare: Callable[[str], Prepared] | None = None,
        with_html: bool = True,
    ):
        """Without `uploads`, figures become links to where they were. `prepare` makes of a body what readers
        get. Without their HTML, texts are converted for what is told of them alone."""
        self.survey, self.zones, self.uploads = survey, zones, uploads
        self.prepare, self.with_html = prepare, with_html
        given = options or Options()
        self.options = {
            key: replace(given, shortcodes=given.shortcodes | survey.shortcodes_of(key))
            for key in survey.sites
        }
        self.decided = Decided(survey.now, survey.options, address_of)
        self.old_sites = old_sites_of(survey)
        self.left_out: dict[tuple[LeftOutKind, str], LeftOut] = {}
        self.hosts: Counter[str] = Counter()
        self.links_not_found: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.in_pages = 0
        # Files are taken into the database, which only this process may ask.
        with_workers = uploads is None and survey.items >= ENOUGH_FOR_WORKERS
        self.workers = Workers(self.text, begin=survey.scratch.open_again) if with_workers else None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self.workers:
            self.workers.close()

    @property
    def ahead(self) -> int:
        """How many batches may be begun before the first of them is looked at."""
        return self.workers.number if self.workers else 0

    def begin(self, plans: Sequence[Plan]) -> Callable[[], list[Text]]:
        """Begins to convert these. Answers what waits for it, and remembers what is found."""
        if not plans:
            return list
        tasks = list(map(self.task, plans))
        wait = self.workers.begin(tasks) if self.workers else partial(list, map(self.text, tasks))

        def texts() -> list[Text]:
            found = wait()
            for each in found:
                self.remember(each.converted)
            return found

        return texts

    def converted(self, plan: Plan) -> Converted:
        """At once, in this process."""
        found = self.convert(self.task(plan))
        self.remember(found)
        return found

    def task(self, plan: Plan) -> Task:
        # A text of ours never begins with the lead picture because somebody has put it there twice.
        item, lead = plan.item, None if plan.own else self.lead(plan)
        return Task(
            site=plan.site,
            post_id=item.post_id,
            body=without_notes(item.body) if plan.own else item.body,
            # Addresses without host are those of the site, also in items without an address of their own.
            address=item.link or self.survey.sites[plan.site].base_blog_url,
            footnotes=item.last_meta("footnotes"),
            lead=lead.image if lead and not self.survey.choices.keep_duplicate_lead else None,
            is_article=plan.decision.kind is ItemKind.ARTICLE,
            own=plan.own,
        )

    def text(self, task: Task) -> Text:
        converted = self.convert(task)
        is_prepared = self.prepare is not None and task.is_article
        return Text(converted, self.prepare(converted.html) if is_prepared else None)

    def convert(self, task: Task) -> Converted:
        return convert(
            task.body,
            self.resolver(task.site, task.post_id, task.own),
            site=self.old_sites[task.site],
            address=task.address,
            footnotes=task.footnotes,
            lead=task.lead,
            options=self.options[task.site],
            with_html=self.with_html,
        )

    def lead(self, plan: Plan) -> Picture | None:
        """The picture above the text of an article. Pages of ours have none."""
        resolver = self.resolver(plan.site, plan.item.post_id)
        is_with = isinstance(resolver, WithMedia) and plan.decision.kind is ItemKind.ARTICLE
        return resolver.lead(plan.item.last_meta("_thumbnail_id")) if is_with else None

    def resolver(self, key: str, post_id: str, own: Own | None = None) -> WithoutMedia:
        scratch, zone = self.survey.scratch, self.zones[key]
        site = scratch.site(key)
        if self.uploads is None:
            return WithoutMedia(scratch, site, zone, self.decided)
        return WithMedia(
            scratch,
            site,
            zone,
            self.decided,
            post_id=post_id,
            old_site=self.old_sites[key],
            uploads=self.uploads,
            own=own,
        )

    def remember(self, found: Converted) -> None:
        for each in found.left_out:
            self.remember_left_out(each)
        for picture in found.pictures:
            count(self.hosts, host_of(picture.address))
        for address in found.links_not_found:
            count(self.links_not_found, address)
        for note in found.notes:
            count(self.notes, note)
        self.in_pages += found.pages > 1

    def remember_left_out(self, each: LeftOut) -> None:
        name = (each.kind, each.name)
        if name not in self.left_out and len(self.left_out) >= MOST_NAMES:
            name = (each.kind, OTHERS)
        known = self.left_out.get(name)
        number = each.count + (known.count if known else 0)
        self.left_out[name] = LeftOut(each.kind, name[1], number, known.example if known else each.example)


def old_sites_of(survey: Survey) -> dict[str, OldSite]:
    return {
        key: OldSite.of(site.base_blog_url or site.link, site.base_site_url, site.link)
        for key, site in survey.sites.items()
    }


def own_hosts(survey: Survey) -> frozenset[str]:
    """The hosts of the old sites and of their files."""
    sites = old_sites_of(survey).values()
    return frozenset(host for site in sites for host in site.hosts | site.media_hosts)


def count(names: Counter[str], name: str) -> None:
    names[name if name in names or len(names) < MOST_NAMES else OTHERS] += 1


def host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
