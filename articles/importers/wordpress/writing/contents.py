"""A plan → what the verbs take: the text converted, everything that it names as numbers of rows."""

import datetime
import re
import unicodedata
from collections.abc import Iterator
from operator import itemgetter
from urllib.parse import unquote_to_bytes, urlsplit

from django.utils import timezone
from django.utils.encoding import iri_to_uri, repercent_broken_unicode

from articles.conf import languages
from articles.importers.wordpress.deciding.dates import in_zone
from articles.importers.wordpress.deciding.own import Own
from articles.importers.wordpress.deciding.permalinks import number_in
from articles.importers.wordpress.deciding.states import State as Planned
from articles.importers.wordpress.deciding.wording import plain, slug_from
from articles.importers.wordpress.planning import Plan, Text, Texts
from articles.importers.wordpress.surveying import Survey
from articles.importers.wordpress.text import Converted
from articles.importers.wordpress.text.addresses import split
from articles.models import Correction, State
from articles.models.articles.article import Direction, Kind
from articles.publishing import Brought, BylineContent, Content, Note
from articles.publishing.addresses.old_addresses import LONGEST
from articles.publishing.shared.text import plain_text

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

    def brought(self, plan: Plan, text: Text) -> Brought:
        decision = plan.decision
        state = STATES[decision.state or Planned.DRAFT]
        was_public = state in (State.PUBLISHED, State.WITHDRAWN)
        modified = plan.modified if plan.modified and plan.modified <= timezone.now() else None
        own = plan.own or Own()
        return Brought(
            content=self.content(plan, text.converted),
            prepared=text.prepared,
            state=state,
            created=created_at(plan),
            at=decision.instant.at if was_public and decision.instant else None,
            updated=modified if state == State.PUBLISHED else None,
            until=own.until if state == State.PUBLISHED else None,
            guid=plan.item.guid if len(plan.item.guid) <= LONGEST_GUID else "",
            note=note_of(plan),
            formerly=tuple(old_paths(plan)) if was_public else (),
            corrections=tuple(notes_of(own)) if was_public else (),
        )

    def content(self, plan: Plan, found: Converted) -> Content:
        own, seo = plan.own or Own(), plan.seo
        tags = [self.tags[self.survey.tags.use(label).slug] for label in plan.labels.tags]
        categories = self.survey.categories.by_slug
        if self.survey.choices.extra_categories_as_tags:
            tags += [categories[slug].name for slug in plan.labels.further]
        lead = self.texts.lead(plan)
        return Content(
            headline=plan.headline.text or UNTITLED,
            slug=plan.slug,
            kicker=own.kicker,
            standfirst=plan.standfirst.standfirst,
            body=found.html,
            section_id=self.sections.by_category[plan.category].pk,
            lead_image_id=lead.image if lead else None,
            **(own.words or words_of_figure(found.lead_figure)),
            language=own.language if own.language in dict(languages()) else "",
            direction=own.direction if own.direction in Direction.values else Direction.AUTOMATIC,
            kind=own.kind if own.kind in Kind.values else Kind.NEWS,
            reviewed=own.reviewed,
            rating=own.rating,
            search_title=seo.title,
            search_description=seo.description or plan.standfirst.description,
            canonical_url=self.foreign(plan, seo.canonical),
            noindex=seo.is_hidden,
            tags=tuple(tags),
            bylines=tuple(
                BylineContent(self.authors.of(author), own.roles.get(author.slug, "")[:80])
                for author in plan.authors
            ),
        )

    def foreign(self, plan: Plan, address: str) -> str:
        """A canonical address on another site. One of the old site itself would lead there for ever."""
        parts = split(address)
        is_web = parts is not None and parts.scheme in ("http", "https") and len(address) <= 500
        return address if is_web and self.texts.old_sites[plan.site].own(address) is None else ""


def notes_of(own: Own) -> Iterator[Note]:
    """Notes to readers, the first one first. None is from the future."""
    for kind, text, at in sorted(own.corrections, key=itemgetter(2)):
        if kind in Correction.Kind.values and at <= timezone.now():
            yield Note(kind, plain_text(text), at)


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
    path, own = stored_path(link), plan.own or Own()
    if path == "/" or number_in(link) or urlsplit(link).query:
        return []
    folder = path.rstrip("/").rpartition("/")[0]
    slash = "/" if path.endswith("/") else ""
    slugs = filter(None, map(slug_from, item.all_meta("_wp_old_slug")))
    named = [path, *(f"{folder}/{iri_to_uri(slug)}{slash}" for slug in slugs)]
    dates = [date.replace("-", "/") for date in item.all_meta("_wp_old_date") if OLD_DATE.fullmatch(date)]
    dated = [DATE_IN_PATH.sub(rf"\g<1>/{date}/", each, count=1) for date in dates for each in named]
    return [each for each in dict.fromkeys([*named, *dated, *own.formerly]) if len(each) <= LONGEST]


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
