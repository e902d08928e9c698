"""The texts of plans, converted, and what was found in them for the report."""

import datetime
from collections import Counter
from collections.abc import Mapping
from urllib.parse import urlsplit

from articles.importers.wordpress.surveying import Survey
from articles.importers.wordpress.text import Converted, LeftOut, OldSite, convert
from articles.importers.wordpress.text import Kind as LeftOutKind

from .plan import Plan
from .resolver import AddressOf, Decided, WithoutMedia

# So many names and hosts are told apart.
MOST_NAMES = 2_000
OTHERS = "(others)"


class Texts:
    """Converts the texts of a run, and remembers what is worth telling."""

    def __init__(self, survey: Survey, zones: Mapping[str, datetime.tzinfo], address_of: AddressOf):
        self.survey, self.zones = survey, zones
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
        scratch, item = self.survey.scratch, plan.item
        found = convert(
            item.body,
            WithoutMedia(scratch, scratch.site(plan.site), self.zones[plan.site], self.decided),
            site=self.old_sites[plan.site],
            address=item.link,
            footnotes=item.last_meta("footnotes"),
        )
        self.remember(found)
        return found

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
