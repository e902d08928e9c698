"""What an item becomes, in which state, and why not the state that it had."""

import datetime
import enum
from collections.abc import Mapping
from dataclasses import dataclass, field

from articles.importers.wordpress.records import Item

from .dates import Instant, instant_of
from .own import OVER, WITHDRAWN, Own, own_of


class Kind(enum.StrEnum):
    ARTICLE = "article"
    PAGE = "page"
    MEDIA = "media"
    # Text that other texts show, and a guest author: taken up by those that name them.
    BLOCK = "block"
    PERSON = "person"
    SKIPPED = "skipped"
    REFUSED = "refused"


class State(enum.StrEnum):
    PUBLISHED = "published"
    SCHEDULED = "scheduled"
    IN_REVIEW = "in_review"
    DRAFT = "draft"
    WITHDRAWN = "withdrawn"


class Held(enum.StrEnum):
    """Why something that was public, or was to be, became a draft."""

    PASSWORD = "password"  # noqa: S105 - a reason
    MISSED = "missed schedule"
    PRIVATE = "private"
    NO_DATE = "no date"
    OUT_OF_RANGE = "publish time out of range"


class Skipped(enum.StrEnum):
    TRASH = "in the trash"
    AUTOMATIC = "automatic draft without text"


NO_TYPE = "no type"
EMPTY = "no title, no text and no excerpt"
UNMAPPED = "unmapped type: "

TYPES = {
    "post": Kind.ARTICLE,
    "page": Kind.PAGE,
    "attachment": Kind.MEDIA,
    "wp_block": Kind.BLOCK,
    "guest-author": Kind.PERSON,
    "guest_author": Kind.PERSON,
}
# WordPress's own furniture. Nobody would map these to articles.
FURNITURE = frozenset(
    "nav_menu_item wp_global_styles wp_navigation wp_template wp_template_part wp_font_family wp_font_face"
    " custom_css customize_changeset oembed_cache user_request revision".split()
)


@dataclass(frozen=True, slots=True)
class Options:
    """What the operator decides: other types as articles or pages, and the two doubtful states. The paper can
    publish between `earliest` and `latest`."""

    types: Mapping[str, Kind] = field(default_factory=dict)
    with_trash: bool = False
    publish_due: bool = False
    earliest: datetime.datetime | None = None
    latest: datetime.datetime | None = None

    def allow(self, at: datetime.datetime) -> bool:
        return (self.earliest is None or self.earliest <= at) and (self.latest is None or at <= self.latest)


@dataclass(frozen=True, slots=True)
class Decision:
    """`reason` says why it is skipped, refused or held back; `word` is a state that only its site knew."""

    kind: Kind
    state: State | None = None
    reason: str = ""
    instant: Instant | None = None
    word: str = ""


def kind_of(item: Item, options: Options = Options()) -> Kind | None:
    """What its type alone says; None if that says nothing here."""
    return options.types.get(item.type) or TYPES.get(item.type)


def decide(
    item: Item, *, now: datetime.datetime, zone: datetime.tzinfo, options: Options = Options()
) -> Decision:
    kind = kind_of(item, options)
    if not item.type:
        return Decision(Kind.REFUSED, reason=NO_TYPE)
    if kind is None:
        furniture = item.type in FURNITURE
        return Decision(Kind.SKIPPED, reason=item.type if furniture else UNMAPPED + item.type)
    if kind not in (Kind.ARTICLE, Kind.PAGE):
        return Decision(kind)
    if item.status == "auto-draft" and not (item.body.strip() or item.excerpt):
        return Decision(Kind.SKIPPED, reason=Skipped.AUTOMATIC)
    if not (item.title or item.body.strip() or item.excerpt):
        return Decision(Kind.REFUSED, reason=EMPTY)
    if item.status == "trash" and not options.with_trash:
        return Decision(Kind.SKIPPED, reason=Skipped.TRASH)
    instant = instant_of(item, zone)
    state, reason, word = state_of(item, instant, now, options)
    return Decision(kind, state, reason, instant, word)


def state_of(
    item: Item, instant: Instant | None, now: datetime.datetime, options: Options
) -> tuple[State, str, str]:
    match item.status:
        case "publish" | "future":
            return (*public_state(item, instant, now, options), "")
        case "pending":
            return State.IN_REVIEW, "", ""
        case "private":
            return State.DRAFT, Held.PRIVATE, ""
        case "trash":
            was_out = instant and instant.at <= now and options.allow(instant.at)
            return (State.WITHDRAWN, "", "") if was_out else (State.DRAFT, Held.NO_DATE, "")
        case "draft" if (own := own_of(item)) and own.state:
            return (*state_here(own, item, instant, now, options), "")
        case "draft" | "auto-draft":
            return State.DRAFT, "", ""
    return State.DRAFT, "", item.status


def state_here(
    own: Own, item: Item, instant: Instant | None, now: datetime.datetime, options: Options
) -> tuple[State, str]:
    """Of what a newsroom has written as a draft because WordPress has no such state."""
    was_out = instant is not None and instant.at <= now and options.allow(instant.at)
    if own.state == WITHDRAWN and was_out:
        return State.WITHDRAWN, ""
    if own.state == OVER and own.until and own.until <= now:
        return public_state(item, instant, now, options)
    return State.DRAFT, ""


def public_state(
    item: Item, instant: Instant | None, now: datetime.datetime, options: Options
) -> tuple[State, str]:
    """Published or scheduled, unless something stands against it."""
    if item.has_password:
        return State.DRAFT, Held.PASSWORD
    if instant is None:
        return State.DRAFT, Held.NO_DATE
    if not options.allow(instant.at):
        return State.DRAFT, Held.OUT_OF_RANGE
    if instant.at > now:
        return State.SCHEDULED, ""
    if item.status == "future" and not options.publish_due:
        return State.DRAFT, Held.MISSED
    return State.PUBLISHED, ""
