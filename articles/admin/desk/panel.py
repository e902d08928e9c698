"""What the side column says: the state, who sees what, which buttons, what happened."""

import datetime
from dataclasses import dataclass

from django.utils import timezone

from articles.admin.standing import Standing, standing_of
from articles.models import State

from . import acts


@dataclass(frozen=True)
class Stands:
    """Where the article stands: `key` colours the word, `readers` says what they see of it."""

    key: str
    word: str
    readers: str


WORDS = {
    Standing.DRAFT: ("Draft", "Readers see nothing of it."),
    Standing.IN_REVIEW: ("In review", "Waiting for an editor; readers see nothing of it."),
    Standing.SCHEDULED: ("Scheduled", ""),
    Standing.PUBLISHED: ("Live", "Readers see this text."),
    Standing.CHANGED: ("Live, with unpublished changes", "Readers see the text published before."),
    Standing.EXPIRED: ("Ended", ""),
    Standing.WITHDRAWN: ("Withdrawn", "Readers are told that it is gone."),
}


@dataclass(frozen=True)
class Preset:
    label: str
    value: str


def stands(article):
    if article is None:
        return Stands(Standing.DRAFT, "New", "Not saved yet.")
    standing = standing_of(article)
    word, readers = WORDS[standing]
    if standing == Standing.SCHEDULED:
        readers = f"Goes out on {acts.spoken(article.publish_at)}."
    elif standing == Standing.EXPIRED:
        readers = f"Readers saw it until {acts.spoken(article.expires_at)}."
    return Stands(standing, word, readers)


def presets(now=None):
    """Times that editors mean by a word, in the site's zone."""
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


def zone(now=None):
    """The site's zone by its name and by what it is called at this time of the year."""
    now = timezone.localtime(now)
    name = timezone.get_default_timezone_name()
    return f"{name.replace('_', ' ')}, {now:%Z}" if name != f"{now:%Z}" else name


def publish_label(article):
    if article is None or article.state != State.PUBLISHED:
        return "Publish"
    return "Publish now" if article.is_scheduled else "Publish changes"


def save_label(article):
    if article is None or article.state != State.PUBLISHED:
        return "Save draft"
    return "Save" if article.is_scheduled else "Save for later"


def panel(article, user):
    offered = acts.applicable(user, article)
    return {
        "stands": stands(article),
        "acts": {act.lstrip("_"): act in offered for act in acts.ACTS},
        "publish_label": publish_label(article),
        "save_label": save_label(article),
        "return_label": "Take off the schedule" if article and article.is_scheduled else "Send back to draft",
        "presets": presets(),
        "zone": zone(),
        "history": article.acts.select_related("by")[:8] if article else [],
        "corrections": article.corrections.all() if article else [],
        "may_upload": user.has_perm("articles.add_image"),
        "may_make_tags": user.has_perm("articles.add_tag"),
        "live_url": article.get_absolute_url() if article and article.is_public() else "",
    }
