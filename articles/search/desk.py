"""The desk's index: the newest saved version of every article. It is written with each version, and by a
consumer of the outbox when names change or everything is built anew."""

import datetime
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from django.db.models import Q

from articles.body import words_of
from articles.models import Article, ArticleTag, Author, Byline, DeskEntry

from .documents import Texts, joined, years
from .index import DESK
from .public import PART, VERSION, articles_in, links

COLUMNS = ("id", "modified_at", "publish_at", "language", "headline", "standfirst", "kicker", "body")


class DeskSearch:
    """The consumer (outbox/consumers.py)."""

    name = "desk search"
    version = VERSION

    def start_over(self, done: str) -> str | None:
        before = int(done) if done else 2**63 - 1
        rows = Article.including_bin.filter(pk__lt=before).order_by("-pk")
        part = list(rows.values_list("pk", flat=True)[:PART])
        stored = DeskEntry.objects.filter(article_id__lt=before, article_id__gte=part[-1] if part else 0)
        bring_up_to_date({*part, *stored.values_list("article_id", flat=True)})
        return str(part[-1]) if len(part) == PART else None

    def take(self, changes: Sequence[dict[str, Any]]) -> None:
        bring_up_to_date({number for change in changes for number in concerned(change)})


def concerned(change: dict[str, Any]) -> Iterator[int]:
    """Also drafts with the tag or the author, which stand in no list of what readers see."""
    yield from articles_in(change)
    named = {"tag": Q(tag_links__tag=change.get("id")), "author": Q(bylines__author=change.get("id"))}
    if change["kind"] in named:
        rows = Article.including_bin.filter(named[change["kind"]])
        yield from rows.exclude(pk__in=Article.objects.published()).values_list("pk", flat=True)


def bring_up_to_date(numbers: Collection[int]) -> None:
    store(list(texts_of(numbers)), instead_of=numbers)


def store_version(article: Article, content: dict[str, Any], *, at: datetime.datetime) -> None:
    """`content` as a revision has it."""
    names = dict(Author.objects.filter(pk__in=authors_in(content)).values_list("pk", "name"))
    store([texts_of_version(article.pk, at, article.publish_at, content, names)], instead_of=[article.pk])


def store_versions(versions: Sequence[tuple[Article, dict[str, Any]]]) -> None:
    """The first version of many articles at once, each with the content of its revision."""
    wanted = {author for _, content in versions for author in authors_in(content)}
    names = dict(Author.objects.filter(pk__in=wanted).values_list("pk", "name"))
    texts = [
        texts_of_version(article.pk, article.modified_at, article.publish_at, content, names)
        for article, content in versions
    ]
    store(texts, instead_of=())


def forget(number: int) -> None:
    """The article is deleted for good."""
    DESK.remove([number])


def store(texts: list[Texts], *, instead_of: Collection[int]) -> None:
    DESK.remove(set(instead_of) - {each.article for each in texts})
    DESK.put(texts)


def texts_of(numbers: Collection[int]) -> Iterator[Texts]:
    rows = Article.including_bin.filter(pk__in=numbers).order_by("-pk")
    rows = list(rows.values_list(*COLUMNS, "working_copy__content"))
    tags = links(ArticleTag.objects.filter(content_object__in=numbers), "content_object_id", "tag")
    authors = links(Byline.objects.filter(article__in=numbers).order_by(), "article_id", "author")
    named = {author for *_, copy in rows if copy for author in authors_in(copy)}
    names = dict(Author.objects.filter(pk__in=named).values_list("pk", "name")) if named else {}
    for number, saved, published, language, headline, standfirst, kicker, body, copy in rows:
        if copy:
            yield texts_of_version(number, saved, published, copy, names)
            continue
        own = [name for _, name in (*tags.get(number, ()), *authors.get(number, ()))]
        yield Texts(
            article=number,
            at=saved,
            language=language,
            headline=headline,
            standfirst=standfirst,
            names=joined(kicker, own, years(published, saved)),
            body=words_of(body),
        )


def texts_of_version(
    number: int,
    saved: datetime.datetime,
    published: datetime.datetime | None,
    content: dict[str, Any],
    names: dict[int, str],
) -> Texts:
    authors = [names[author] for author in authors_in(content) if author in names]
    return Texts(
        article=number,
        at=saved,
        language=content.get("language", ""),
        headline=content.get("headline", ""),
        standfirst=content.get("standfirst", ""),
        names=joined(content.get("kicker", ""), content.get("tags", ()), authors, years(published, saved)),
        body=words_of(content.get("body", "")),
    )


def authors_in(content: dict[str, Any]) -> list[int]:
    return [line[0] for line in content.get("bylines", ())]
