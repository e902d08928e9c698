"""A plan → what the verbs take: the text converted, everything that it names as numbers of rows."""

import datetime
import re
import unicodedata
from urllib.parse import unquote_to_bytes, urlsplit

from django.utils import timezone
from django.utils.encoding import iri_to_uri, repercent_broken_unicode

from articles.importers.wordpress.deciding.dates import in_zone
from articles.importers.wordpress.deciding.permalinks import number_in
from articles.importers.wordpress.deciding.states import State as Planned
from articles.importers.wordpress.deciding.wording import plain, slug_from
from articles.importers.wordpress.planning import Plan, Texts
from articles.importers.wordpress.surveying import Survey
from articles.importers.wordpress.text.addresses import split
from articles.models import State
from articles.publishing import Brought, BylineContent, Content
from articles.publishing.old_addresses import LONGEST

from .furniture import Authors, Sections
from .pictures import words_of_figure

STATES = {
    Planned.PUBLISHED: State.PUBLISHED,
    Planned.SCHEDULED: State.PUBLISHED,
    Planned.WITHDRAWN: State.WITHDRAWN,
    Planned.IN_REVIEW: State.IN_REVIEW,
    Planned.DRAFT: State.DRAFT,
}
# When something was begun of which no field says when. Nothing gets the time of the import.
LONG_AGO = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
UNTITLED = "Untitled"
LONGEST_GUID = 500
SLASHES = re.compile("/{2,}")
OLD_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
# Where a permalink has the day; it may stand below the base of the old site.
DATE_IN_PATH = re.compile(r"^((?:/[^/]+)*?)/\d{4}/\d{2}/\d{2}/", re.ASCII)


class Contents:
    def __init__(
        self, survey: Survey, texts: Texts, sections: Sections, authors: Authors, tags: dict[str, str]
    ):
        self.survey, self.texts = survey, texts
        self.sections, self.authors, self.tags = sections, authors, tags

    def brought(self, plan: Plan) -> Brought:
        decision = plan.decision
        state = STATES[decision.state or Planned.DRAFT]
        was_public = state in (State.PUBLISHED, State.WITHDRAWN)
        modified = plan.modified if plan.modified and plan.modified <= timezone.now() else None
        return Brought(
            content=self.content(plan),
            state=state,
            created=created_at(plan),
            at=decision.instant.at if was_public and decision.instant else None,
            updated=modified if state == State.PUBLISHED else None,
            guid=plan.item.guid if len(plan.item.guid) <= LONGEST_GUID else "",
            note=note_of(plan),
            formerly=tuple(old_paths(plan)) if was_public else (),
        )

    def content(self, plan: Plan) -> Content:
        seo, tags = plan.seo, [self.tags[self.survey.tags.use(label).slug] for label in plan.labels.tags]
        categories = self.survey.categories.by_slug
        tags += [categories[slug].name for slug in plan.labels.further]
        lead, found = self.texts.lead(plan), self.texts.converted(plan)
        return Content(
            headline=plan.headline.text or UNTITLED,
            slug=plan.slug,
            standfirst=plan.standfirst.standfirst,
            body=found.html,
            section_id=self.sections.by_category[plan.category].pk,
            lead_image_id=lead.image if lead else None,
            **words_of_figure(found.lead_figure),
            search_title=seo.title,
            search_description=seo.description or plan.standfirst.description,
            canonical_url=self.foreign(plan, seo.canonical),
            noindex=seo.is_hidden,
            tags=tuple(tags),
            bylines=tuple(BylineContent(self.authors.of(author)) for author in plan.authors),
        )

    def foreign(self, plan: Plan, address: str) -> str:
        """A canonical address on another site. One of the old site itself would lead there for ever."""
        parts = split(address)
        is_web = parts is not None and parts.scheme in ("http", "https") and len(address) <= 500
        return address if is_web and self.texts.old_sites[plan.site].own(address) is None else ""


def created_at(plan: Plan) -> datetime.datetime:
    """When it was published, or else last written; both in the past."""
    item = plan.item
    at = plan.decision.instant.at if plan.decision.instant else None
    written = in_zone(item.modified_gmt, datetime.UTC)
    return next((each for each in (at, written) if each and each <= timezone.now()), LONG_AGO)


def note_of(plan: Plan) -> str:
    """For colleagues, beside the first version."""
    parts = [f"Imported from {plan.site}, number {plan.entry.source_id}"]
    parts += [f"held back: {plan.decision.reason}"] if plan.decision.reason else []
    parts += [f"its state was “{plan.decision.word}”"] if plan.decision.word else []
    return "; ".join(parts)[:300]


def old_paths(plan: Plan) -> list[str]:
    """The paths at which readers found it: its permalink, and those with the slugs and dates that it had
    before."""
    link, item = plan.item.link, plan.item
    path = stored_path(link)
    if path == "/" or number_in(link) or urlsplit(link).query:
        return []
    folder = path.rstrip("/").rpartition("/")[0]
    slash = "/" if path.endswith("/") else ""
    slugs = filter(None, map(slug_from, item.all_meta("_wp_old_slug")))
    named = [path, *(f"{folder}/{iri_to_uri(slug)}{slash}" for slug in slugs)]
    dates = [date.replace("-", "/") for date in item.all_meta("_wp_old_date") if OLD_DATE.fullmatch(date)]
    dated = [DATE_IN_PATH.sub(rf"\g<1>/{date}/", each, count=1) for date in dates for each in named]
    return [each for each in dict.fromkeys([*named, *dated]) if len(each) <= LONGEST]


def stored_path(link: str) -> str:
    """The path of an address of the old site as redirects have it: encoded, with composed letters and single
    slashes; "/" if it is no address. Bytes that are no text, as at the end of a slug that WordPress has cut,
    stay as they are."""
    try:
        path = unquote_to_bytes(urlsplit(link).path or "/")
    except ValueError:
        return "/"
    text = unicodedata.normalize("NFC", repercent_broken_unicode(path).decode())
    return iri_to_uri(SLASHES.sub("/", text))


def title_of(plan: Plan) -> str:
    return plain(plan.headline.text)[:120] or UNTITLED
