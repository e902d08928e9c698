"""Refuses acts whose form is older than the article, so that nobody undoes a decision without knowing it.

A form, and a row of a list, has a token: the number of the newest act, and whether the article is waiting,
live or ended by time alone. If the token of a form differs from that of the article now, the act is refused,
and the editor is told who has done what meanwhile. (Changes of the text are found by the article's version:
see Conflict.)
"""

from itertools import takewhile

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from articles.models import Act, Article, State
from articles.publishing.shared.errors import Problem, Refused
from articles.publishing.shared.records import in_words

MOST_TOLD = 5
# Acts that change the text and decide nothing.
SAVES = {Act.Verb.SAVE, Act.Verb.RESTORE}


class ChangedMeanwhile(Refused):
    """Somebody has done something with the article since the form was opened, or it went live or ended."""

    def __init__(self, acts: list[Act], message: str) -> None:
        self.acts = acts
        super().__init__([Problem("", message)])


def token_of(article: Article) -> str:
    """Like “812.live”."""
    if hasattr(article, "newest_act"):
        newest = article.newest_act
    else:
        newest = article.acts.order_by("-pk").values_list("pk", flat=True).first()
    return f"{newest or 0}.{by_time(article)}"


def with_newest_act(articles: QuerySet) -> QuerySet:
    """The queryset with the newest acts, so that token_of() makes no query for its articles."""
    newest = Act.objects.filter(article=OuterRef("pk")).order_by("-pk").values("pk")[:1]
    return articles.annotate(newest_act=Subquery(newest))


def by_time(article: Article) -> str:
    if article.state != State.PUBLISHED:
        return "off"
    if article.is_scheduled:
        return "waiting"
    return "ended" if article.expires_at and article.expires_at <= timezone.now() else "live"


def acts_since(article: Article, token: str) -> list[Act]:
    """The acts since the token, the oldest first."""
    return list(article.acts.filter(pk__gt=act_of(token)).select_related("by").order_by("pk"))


def decided_since(article: Article, token: str, user: AbstractBaseUser) -> Act | None:
    """The newest act of somebody else since the token that is more than a save."""
    acts = article.acts.filter(pk__gt=act_of(token)).exclude(verb__in=SAVES)
    # Also those of nobody, which a plain exclude() would leave out.
    return acts.filter(Q(by=None) | ~Q(by=user)).select_related("by").order_by("-pk").first()


def act_of(token: str) -> int:
    """The number of the newest act that the form knew."""
    number = token.partition(".")[0]
    return int(number) if number.isascii() and number.isdecimal() and len(number) < 19 else 0


def past_saves(article: Article, token: str) -> str:
    """The token after the saves that followed it, up to the next act that is none. For a form that has the
    newest text: it knows what they have saved, but not what was decided after them."""
    number, _, time = token.partition(".")
    saves = list(takewhile(lambda act: act.verb in SAVES, acts_since(article, token))) if number else []
    return f"{saves[-1].pk}.{time}" if saves else token


def refuse_if_changed(article: Article, token: str) -> None:
    """Raise ChangedMeanwhile if the token is not that of the article now; the caller has locked `article`. An
    empty token is not checked."""
    if token and (told := meanwhile(article, token)):
        acts = acts_since(article, token)
        raise ChangedMeanwhile(
            acts, f"{told} Nothing was done: look at it, and press again if you still want to."
        )


def meanwhile(article: Article, token: str) -> str:
    """What has happened since the token, in words; empty if nothing has."""
    if token == token_of(article):
        return ""
    acts = acts_since(article, token)
    told = [f"{in_past(act)}." for act in acts[-MOST_TOLD:]]
    if not acts and by_time(article) == "live":
        told = [f"It went live at {in_words(article.publish_at)}."]
    elif not acts and by_time(article) == "ended":
        told = [f"It ended at {in_words(article.expires_at)}."]
    return " ".join(["Since you opened this:", *told]) if told else ""


def in_past(act: Act) -> str:
    """Like “Ana withdrew it at 28 November 2026 14:02 (the friends could not be found)”."""
    detail = f" ({act.detail})" if act.detail else ""
    return f"{act.who} {PAST[act.verb]} at {in_words(act.at)}{detail}"


PAST = {
    Act.Verb.CREATE: "began it",
    Act.Verb.SAVE: "saved it",
    Act.Verb.RESTORE: "brought back an older version",
    Act.Verb.DISCARD: "discarded the unpublished changes",
    Act.Verb.SUBMIT: "submitted it for review",
    Act.Verb.APPROVE: "approved it",
    Act.Verb.RETURN: "sent it back to draft",
    Act.Verb.PUBLISH: "published it",
    Act.Verb.SCHEDULE: "scheduled it",
    Act.Verb.CANCEL: "cancelled what was scheduled",
    Act.Verb.HOLD: "could not publish what was scheduled",
    Act.Verb.WITHDRAW: "withdrew it",
    Act.Verb.CORRECT: "corrected it",
    Act.Verb.MEND: "mended a note to readers",
    Act.Verb.UNCORRECT: "removed a note to readers",
    Act.Verb.REDATE: "changed its publish time",
    Act.Verb.MOVE: "moved it",
    Act.Verb.TAG: "tagged it",
    Act.Verb.BIN: "put it into the bin",
    Act.Verb.UNBIN: "took it out of the bin",
}
