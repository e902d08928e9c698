"""The texts of plans, converted, and what was found in them for the report."""

import datetime
from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlsplit

from articles.importers.wordpress.deciding.states import Kind as ItemKind
from articles.importers.wordpress.media import Pictures
from articles.importers.wordpress.surveying import Survey
from articles.importers.wordpress.text import Converted, LeftOut, OldSite, Picture, convert
from articles.importers.wordpress.text import Kind as LeftOutKind

from .plan import Plan
from .resolver import AddressOf, Decided, WithoutMedia
from .with_media import WithMedia

# So many names and hosts are told apart.
MOST_NAMES = 2_000
OTHERS = "(others)"


class Texts:
    """Converts the texts of a run, and remembers what is worth telling."""

    def __init__(
        self,
        survey: Survey,
        zones: Mapping[str, datetime.tzinfo],
        address_of: AddressOf,
        pictures: Pictures | None = None,
    ):
        """Without `pictures`, figures become links to where they were."""
        self.survey, self.zones, self.pictures = survey, zones, pictures
        self.decided = Decided(survey.now, survey.options, address_of)
        self.old_sites = {
            key: OldSite.of(site.base_blog_url or site.link, site.base_site_url, site.link)
            for key, site in survey.sites.items()
        }
        self.left_out: dict[tuple[LeftOutKind, str], LeftOut] = {}
        self.hosts: Counter[str] = Counter()
        self.links_not_found: Counter[str] = Counter()
        self.notes: Counter[str] = Counter()
        self.in_pages = 0

    def converted(self, plan: Plan) -> Converted:
        item, lead = plan.item, self.lead(plan)
        found = convert(
            item.body,
            self.resolver(plan),
            site=self.old_sites[plan.site],
            # Addresses without host are those of the site, also in items without an address of their own.
            address=item.link or self.survey.sites[plan.site].base_blog_url,
            footnotes=item.last_meta("footnotes"),
            lead=lead.image if lead else None,
        )
        self.remember(found)
        return found

    def lead(self, plan: Plan) -> Picture | None:
        """The picture above the text of an article. Pages of ours have none."""
        resolver = self.resolver(plan)
        is_with = isinstance(resolver, WithMedia) and plan.decision.kind is ItemKind.ARTICLE
        return resolver.lead(plan.item.last_meta("_thumbnail_id")) if is_with else None

    def resolver(self, plan: Plan) -> WithoutMedia:
        scratch, zone = self.survey.scratch, self.zones[plan.site]
        site = scratch.site(plan.site)
        if self.pictures is None:
            return WithoutMedia(scratch, site, zone, self.decided)
        return WithMedia(
            scratch,
            site,
            zone,
            self.decided,
            post_id=plan.item.post_id,
            old_site=self.old_sites[plan.site],
            pictures=self.pictures,
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


def count(names: Counter[str], name: str) -> None:
    names[name if name in names or len(names) < MOST_NAMES else OTHERS] += 1


def host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
