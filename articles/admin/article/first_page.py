"""The lists of the desk's first page: a few articles of each kind, in queries whose number does not depend on
how many articles there are."""

import datetime

from django.db.models import F, OuterRef, Q, Subquery
from django.utils import timezone

from articles.admin.presence import mark
from articles.models import Act, Revision, State
from articles.publishing import Content
from articles.publishing.article.judging import faults_brought
from articles.publishing.article.readiness import problems_of
from articles.publishing.rights.of_articles import readable
from articles.publishing.rights.reach import may_somewhere

from .filters import mine
from .list import rows
from .state import GOES_OUT, DeskState, only_in_state

SHOWN = 6
SOON = datetime.timedelta(hours=24)
DECISIONS = (Act.Verb.RETURN, Act.Verb.SUBMIT)


def short_lists(user, standing):
    """What concerns this person: the name of each list, the query of the whole list, and its first articles,
    each with its state and who else has it open. `standing` says the state of an article, as HTML."""
    return [
        (name, query, [(article, standing(article), mark(article)) for article in rows(found[:SHOWN], user)])
        for name, query, found in lists_for(user)
    ]


def lists_for(user):
    """Name, query of the whole list, articles in their order."""
    desk = readable(user)
    newest = ("-modified_at", "-pk")
    drafts = mine(desk.filter(state=State.DRAFT), user).order_by(*newest)
    if may_somewhere(user, "approve"):
        waiting = only_in_state(desk, DeskState.IN_REVIEW).order_by(*newest)
        yield "Waiting for you", "state=in_review", waiting
    if may_somewhere(user, "publish"):
        approved = only_in_state(desk, DeskState.APPROVED).order_by(*newest)
        yield "Approved, waiting for you", "state=approved", approved
    yield "Sent back to you", "", sent_back(drafts)
    yield "Going out in the next 24 hours", "state=scheduled", going_out_soon(desk)
    yield "Just published", "state=published", desk.published().newest_first()
    yield "Your drafts", "state=draft&author=me", drafts
    yield "Live with unpublished changes", "state=changed", only_in_state(desk, "changed").order_by(*newest)


def sent_back(drafts):
    decided = Act.objects.filter(article=OuterRef("pk"), verb__in=DECISIONS).order_by("-pk").values("verb")
    return drafts.annotate(decided=Subquery(decided[:1])).filter(decided=Act.Verb.RETURN)


def going_out_soon(desk):
    soon = desk.alias(goes_out=GOES_OUT).filter(goes_out__lte=timezone.now() + SOON)
    return only_in_state(soon, DeskState.SCHEDULED).order_by(GOES_OUT, "-pk")


def not_ready(user):
    """What keeps articles that are about to go out from it: pairs of an article and a sentence. Only those
    that the lists show are looked at; what the text of one links to takes as many queries, however many links
    it has."""
    desk = readable(user).defer("prepared_body")
    in_review = only_in_state(desk, DeskState.IN_REVIEW).order_by("-modified_at", "-pk")
    found = {article.pk: article for article in (*going_out_soon(desk)[:SHOWN], *in_review[:SHOWN])}
    scheduled = Q(pk__in=[each.scheduled_revision_id for each in found.values()])
    newest = Q(article__scheduled_revision=None, number=F("article__version"))
    # One for each article: what goes out, or else what was saved last.
    for revision in Revision.objects.filter(scheduled | newest, article__in=found).order_by("article"):
        article, content = found[revision.article_id], Content.of_revision(revision)
        if problems := [*problems_of(content), *faults_brought(article, content)]:
            yield article, problems[0].message
