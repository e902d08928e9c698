"""What somebody is told, in words, as long as they may read what it is about."""

from django.db.models import Q, QuerySet
from django.urls import reverse

from articles.models import Notification
from articles.models.desk.notification import Kind
from articles.models.desk.people import name_of
from articles.publishing.rights.of_articles import User, readable
from articles.publishing.shared.records import in_words

MOST_COUNTED = 99


def told_to(user: User) -> QuerySet:
    """The notifications of this person, without those about articles that the person may no longer read."""
    articles = readable(user).order_by().values("pk")
    return Notification.objects.filter(Q(article=None) | Q(article__in=articles), person=user)


def unread(user: User) -> int:
    """The number of unread notifications, at most MOST_COUNTED + 1. Makes one query if there are none."""
    if not Notification.objects.filter(person=user, read_at=None).exists():
        return 0
    return told_to(user).filter(read_at=None).order_by()[: MOST_COUNTED + 1].count()


def line_of(told: Notification) -> str:
    """One sentence: in the list, and as the subject of an e-mail."""
    who = name_of(told.by)
    what = f"“{told.article}”" if told.article_id else "A page"
    return {
        Kind.MENTIONED: f"{who} mentions you in a note on {what}",
        Kind.ANSWERED: f"{who} has answered in a thread on {what}",
        Kind.COMMENTED: f"{told.note.who}, who has a draft link, comments on {what}" if told.note else "",
        Kind.SENT_BACK: f"{who} has sent {what} back",
        Kind.APPROVED: f"{who} has approved {what}",
        Kind.SOON: f"{what} goes out at {in_words(told.time)}" if told.time else "",
        Kind.FAILED: f"{what} cannot be printed, readers get the last good copy: {told.address}",
    }[told.kind]


def link_of(told: Notification) -> str:
    """The path at the desk."""
    if told.article_id is None:
        return reverse("admin:articles_printfailure_changelist")
    path = reverse("admin:articles_article_change", args=[told.article_id])
    return f"{path}#note-{told.note.thread_id or told.note_id}" if told.note_id else path
