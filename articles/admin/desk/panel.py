"""The content of the side column: the state, what readers see, which buttons there are, what has happened."""

import datetime
from dataclasses import dataclass

from django.utils import timezone
from django.utils.encoding import uri_to_iri

from articles.admin.article.state import DeskState, Outlook, desk_state, outlook_of
from articles.models import Act, State
from articles.models.desk.people import name_of
from articles.publishing.article.scheduling.publish_time import has_come_out
from articles.publishing.rights.of_fronts import fronts_for

from .rights import ACTS, applicable, needs_reason
from .times import spoken


@dataclass(frozen=True)
class Stands:
    """The state of the article. `word` names it, `key` sets its colour, `readers` says what readers see."""

    key: str
    word: str
    readers: str


WORDS = {
    DeskState.DRAFT: ("Draft", "Readers see nothing of it."),
    DeskState.IN_REVIEW: ("In review", "Waiting for an editor; readers see nothing of it."),
    DeskState.APPROVED: ("Approved", "Waiting for a publisher; readers see nothing of it."),
    DeskState.SCHEDULED: ("Scheduled", ""),
    DeskState.PUBLISHED: ("Live", "Readers see this text."),
    DeskState.CHANGED: ("Live, with unpublished changes", "Readers see the text published before."),
    DeskState.EXPIRED: ("Ended", ""),
    DeskState.WITHDRAWN: ("Withdrawn", "Readers are told that it is gone."),
}


TIMES_WAIT = "What you typed here is kept with the text, and counts when you publish or schedule."


@dataclass(frozen=True)
class Preset:
    label: str
    value: str


def stands(article):
    if article is None:
        return Stands(DeskState.DRAFT, "New", "Not saved yet.")
    state = desk_state(article)
    word, readers = WORDS[state]
    if state == DeskState.SCHEDULED:
        readers = f"Goes out on {spoken(article.publish_at)}."
    elif state == DeskState.EXPIRED:
        readers = f"Readers saw it until {spoken(article.expires_at)}."
    elif state == DeskState.PUBLISHED and article.has_scheduled_changes:
        word, readers = "Live, with changes scheduled", "Readers see the text published before."
    elif article.changes_in_review:
        said = "approved" if article.is_approved else "in review"
        word, readers = f"Live, with changes {said}", "Readers see the text published before."
    return Stands(state, word, readers)


@dataclass(frozen=True)
class Scheduled:
    """What will happen with the scheduled changes. `key` sets the colour of the words."""

    key: str
    words: str
    more: str = ""


NEWER_STAYS = "What was saved since is not part of it."
PUBLISHED_BEFORE = (
    "If another text is published before that, it takes their place: then nothing goes out at this time."
)


def scheduled(article):
    outlook = article and outlook_of(article)
    if not outlook:
        return None
    time = spoken(article.scheduled_for)
    goes, went, was_to = (
        ("The changes go out", "The changes did not go out", "The changes were to go out")
        if article.is_public()
        else ("It comes back", "It did not come back", "It was to come back")
    )
    if outlook == Outlook.HELD:
        words = f"{went} on {time}: {article.scheduled_problem}"
        return Scheduled(outlook, words, "Mend this, then publish it or choose another time.")
    if outlook == Outlook.OVERDUE:
        more = "No press has come to it; one that runs publishes it at once."
        return Scheduled(outlook, f"{was_to} on {time}.", more)
    until = f" It ends on {spoken(article.scheduled_until)}." if article.scheduled_until else ""
    newer = NEWER_STAYS if article.has_unscheduled_changes else ""
    return Scheduled(outlook, f"{goes} on {time}.{until}", f"{newer} {PUBLISHED_BEFORE}".strip())


def presets(now=None):
    """Times with a name, such as “Tonight”, in the site's zone."""
    now = timezone.localtime(now)
    today = now.date()
    tomorrow = today + datetime.timedelta(days=1)
    monday = today + datetime.timedelta(days=7 - today.weekday())
    named = [
        ("Tonight 18:00", today, 18),
        ("Tomorrow 06:00", tomorrow, 6),
        ("Tomorrow 18:00", tomorrow, 18),
        ("Monday 06:00", monday, 6),
    ]
    return [
        Preset(label, f"{day:%Y-%m-%d}T{hour:02}:00")
        for label, day, hour in named
        if (day, hour) > (today, now.hour) and not (day == tomorrow and label.startswith("Monday"))
    ]


@dataclass(frozen=True)
class Label:
    """What a button says. On a phone it says only `short`."""

    short: str
    more: str = ""

    def __str__(self):
        return f"{self.short} {self.more}".strip()


def zone(now=None):
    """The name of the site's zone, with its abbreviation at this time of the year."""
    now = timezone.localtime(now)
    name = timezone.get_default_timezone_name()
    return f"{name.replace('_', ' ')}, {now:%Z}" if name != f"{now:%Z}" else name


def publish_label(article):
    if article is None or (article.state != State.PUBLISHED and not article.has_scheduled_changes):
        return Label("Publish")
    if article.is_scheduled or article.has_scheduled_changes:
        return Label("Publish now")
    return Label("Publish", "changes")


def save_label(article):
    if article and article.has_scheduled_changes:
        return Label("Save", "for later")
    if article is None or article.state != State.PUBLISHED:
        return Label("Save", "draft")
    return Label("Save") if article.is_scheduled else Label("Save", "for later")


def return_label(article):
    if article and article.is_scheduled:
        return "Take off the schedule"
    return "Send the changes back" if article and article.changes_in_review else "Send back to draft"


def address_help(article):
    """Where the address of an article leads that readers have or had, if its last word is changed."""
    if article is None or article.address_date is None:
        return ""
    address = uri_to_iri(article.get_absolute_url())
    return f"Its address is {address}. If you change the last word, that address leads to the new one."


def schedule_label(article):
    if article is None:
        return "Schedule"
    if article.has_scheduled_changes:
        return "Schedule this text instead"
    if article.is_scheduled:
        return "Change the time"
    return "Schedule the changes" if article.is_public() else "Schedule"


def schedule_help(article):
    """What is said before changes are scheduled. Once they are, `scheduled` says it."""
    if article is None or not article.has_been_out or article.has_scheduled_changes:
        return ""
    return f"Until then readers keep what they have. {PUBLISHED_BEFORE}"


@dataclass(frozen=True)
class Since:
    """A version that was submitted or approved, who did that, and the names of those who have saved newer
    ones."""

    version: int
    by: str
    names: str


def since(article, verb):
    """What has become of the text since the newest such act; None if nothing was done, or there is none."""
    act = article.acts.filter(verb=verb).select_related("by").first()
    if act is None or act.version is None:
        return None
    newer = article.revisions.filter(number__gt=act.version).select_related("by").only("by")
    names = {name_of(each.by): None for each in newer.order_by("number")}
    return Since(act.version, act.who, ", ".join(names))


def since_submitted(article):
    """What an editor who reviews has to know besides the text; None if it is the text that was submitted."""
    if article is None or not article.is_in_review:
        return None
    found = since(article, Act.Verb.SUBMIT)
    return found if found and found.names else None


def approval(article):
    """Of which version somebody has said that it may go out; also if it counts no longer."""
    if article is None or not article.is_in_review or article.approved_version is None:
        return None
    return since(article, Act.Verb.APPROVE)


def panel(article, user):
    offered = applicable(user, article)
    return {
        "stands": stands(article),
        "acts": {act.lstrip("_"): act in offered for act in ACTS},
        "scheduled": scheduled(article),
        "publish_label": publish_label(article),
        "schedule_label": schedule_label(article),
        "time_label": "When the changes go out" if article and article.has_been_out else "Publish time",
        "schedule_help": schedule_help(article),
        "save_label": save_label(article),
        "return_label": return_label(article),
        "return_asks": bool(article) and needs_reason(article, user),
        "published": spoken(article.publish_at) if article and has_come_out(article) else "",
        "presets": presets(),
        "zone": zone(),
        "address_help": address_help(article),
        "times_wait": TIMES_WAIT if article and article.typed_times else "",
        "since_submitted": since_submitted(article),
        "approval": approval(article),
        "history": article.acts.select_related("by")[:8] if article else [],
        "corrections": article.corrections.all() if article else [],
        "may_upload": user.has_perm("articles.add_image"),
        "may_make_tags": user.has_perm("articles.add_tag"),
        "fronts": fronts_for(user, article),
        "live_url": article.get_absolute_url() if article and article.is_public() else "",
    }
