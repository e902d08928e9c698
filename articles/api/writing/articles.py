"""Writing, submitting, publishing, correcting and withdrawing articles."""

from collections.abc import Callable
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from articles import publishing
from articles.admin.desk import rights
from articles.api.errors import Unable, absent
from articles.api.schemas import Error
from articles.conf import absolute, paper
from articles.models import Article
from articles.models.desk.api_token import Scope
from articles.publishing import BylineContent, Conflict, Content, Gone, NotReady, Refused
from articles.publishing.article.content.named_rows import held
from articles.publishing.rights.of_articles import may_read
from articles.publishing.shared.locks import tried_again

from .contents import content_shown, written_over
from .matching import etag_of, refuse_older, seen_in
from .schemas import ContentWritten, CorrectAct, NewWritten, OnDesk, PublishAct, WithdrawAct
from .tokens import Token

router = Router(tags=["Desk"])
WRONG = {400: Error, 401: Error, 403: Error, 413: Error, 422: Error, 429: Error}
OF_ONE = {404: Error, 410: Error, 412: Error, 428: Error, **WRONG}
CHANGE = {"response": {200: OnDesk, **OF_ONE}}
IF_MATCH = {
    "openapi_extra": {
        "parameters": [
            {
                "in": "header",
                "name": "If-Match",
                "required": True,
                "description": "The ETag of the article as you have seen it.",
                "schema": {"type": "string", "example": '"812.live"'},
            }
        ]
    }
}


@router.post(
    "/articles",
    auth=Token(Scope.WRITE),
    response={201: OnDesk, 409: Error, **WRONG},
    operation_id="writeArticle",
)
def begin(request: HttpRequest, response: HttpResponse, written: NewWritten):
    """A new draft. Without authors it has the byline of the token's owner."""
    by = request.user
    content, notes = written_over(Content(language=paper().language, bylines=own_byline(by)), written)

    def act():
        rights.refuse_what_is_not_theirs(rights.SAVE, by, None, content.section_id)
        return publishing.begin(content, by=by, uid=written.id, note=written.note)

    return Status(201, answered(response, done(act), notes))


def own_byline(user):
    author = getattr(user, "author", None)
    return (BylineContent(author.pk),) if author else ()


@router.get(
    "/articles/{uuid:uid}",
    auth=Token(Scope.READ),
    response={200: OnDesk, 404: Error, **WRONG},
    operation_id="readAtDesk",
)
def read(request: HttpRequest, response: HttpResponse, uid: UUID):
    """The newest text of an article that the token's owner may read, with the ETag that its acts have to
    name."""
    return answered(response, found(request.user, uid))


@router.patch(
    "/articles/{uuid:uid}",
    auth=Token(Scope.READ, Scope.WRITE),
    operation_id="saveArticle",
    **CHANGE,
    **IF_MATCH,
)
def save(request: HttpRequest, response: HttpResponse, uid: UUID, written: ContentWritten):
    """What is left out stays as it is. Of a public article readers see nothing of it until it is
    published."""
    seen, by = seen_in(request), request.user
    content, notes = written_over(Content.newest(found(by, uid)), written)

    def act():
        article = as_seen(request, uid, seen, rights.SAVE, content)
        return publishing.save_draft(article, content, by=by, expected=article.version, note=written.note)

    return answered(response, done(act), notes)


@router.post(
    "/articles/{uuid:uid}/submit",
    auth=Token(Scope.READ, Scope.WRITE),
    operation_id="submitArticle",
    **CHANGE,
    **IF_MATCH,
)
def submit(request: HttpRequest, response: HttpResponse, uid: UUID):
    """Hand a draft to the editors, or the changes of an article that readers have."""
    return acted(request, response, uid, rights.SUBMIT, publishing.submit)


@router.post(
    "/articles/{uuid:uid}/publish",
    auth=Token(Scope.READ, Scope.PUBLISH),
    operation_id="publishArticle",
    **CHANGE,
    **IF_MATCH,
)
def publish(request: HttpRequest, response: HttpResponse, uid: UUID, said: PublishAct):
    """Give readers the newest text now."""

    def act(article, by):
        return publishing.publish(article, by=by, expected=article.version, note=said.note)

    return acted(request, response, uid, rights.PUBLISH, act)


@router.post(
    "/articles/{uuid:uid}/corrections",
    auth=Token(Scope.READ, Scope.PUBLISH),
    operation_id="correctArticle",
    **CHANGE,
    **IF_MATCH,
)
def correct(request: HttpRequest, response: HttpResponse, uid: UUID, said: CorrectAct):
    """Add a dated note to readers to a published article."""

    def act(article, by):
        return publishing.correct(article, by=by, text=said.text, kind=said.kind).article

    return acted(request, response, uid, rights.CORRECT, act)


@router.post(
    "/articles/{uuid:uid}/withdraw",
    auth=Token(Scope.READ, Scope.PUBLISH),
    operation_id="withdrawArticle",
    **CHANGE,
    **IF_MATCH,
)
def withdraw(request: HttpRequest, response: HttpResponse, uid: UUID, said: WithdrawAct):
    """Take an article away from readers. Its address then says that it is gone."""

    def act(article, by):
        return publishing.withdraw(article, by=by, reason=said.reason)

    return acted(request, response, uid, rights.WITHDRAW, act)


def acted(request, response, uid, act, do):
    seen = seen_in(request)
    return answered(response, done(lambda: do(as_seen(request, uid, seen, act), by=request.user)))


def found(by, uid):
    """Whoever may not read it is told what is told of one that does not exist."""
    rows = Article.objects.select_related("working_copy", "scheduled_revision")
    article = rows.filter(uid=uid).first()
    if article is None or not may_read(by, article):
        raise absent("article")
    return article


def as_seen(request, uid, seen, act, content=None):
    """The article, locked, if it is as the sender has seen it and the token and its owner may do the act."""
    by = request.user
    article = held(found(by, uid), [content] if content else [])
    if article is None or article.binned_at:
        raise Gone
    refuse_older(article, seen)
    if rights.reaches_readers(act, article) and Scope.PUBLISH not in request.auth.scopes:
        raise Unable(403, "Readers would get this; that takes a token that may publish.")
    section = (content or Content.newest(article)).section_id
    rights.refuse_what_is_not_theirs(act, by, article, section)
    return article


def done(act: Callable[[], Article]) -> Article:
    """Do the act in a transaction of its own; what a verb refuses is an answer."""
    try:
        return tried_again(transaction.atomic(act))
    except Conflict as refusal:
        raise Unable(409, "There is an article with this id already.") from refusal
    except Gone as refusal:
        raise Unable(410, "Somebody has deleted this article.") from refusal
    except NotReady as refusal:
        raise Unable(422, str(refusal), named(refusal.problems)) from refusal
    except Refused as refusal:
        raise Unable(status_of(refusal), str(refusal), named(refusal.problems)) from refusal


def status_of(refusal):
    return 403 if str(refusal).startswith("You may not ") else 422


def named(problems):
    """By the names that the API has for the desk's fields."""
    own = {"body": "html", "bylines": "authors", "lead_image_id": "lead_image"}
    return [publishing.Problem(own.get(each.field, each.field), each.message) for each in problems]


def answered(response, article, notes=()):
    article = Article.objects.select_related("working_copy").get(pk=article.pk)
    response["ETag"] = etag_of(article)
    response["Cache-Control"] = "no-store"
    return {
        "id": article.uid,
        "state": article.state,
        "is_public": article.is_public(),
        "has_changes": article.has_unscheduled_changes,
        "changes_in_review": article.changes_in_review,
        "scheduled_for": article.scheduled_for,
        "published_at": article.publish_at,
        "version": article.version,
        "url": absolute(article.get_absolute_url()),
        **content_shown(Content.newest(article)),
        "notes": list(notes),
    }
