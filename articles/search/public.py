"""The readers' index: what readers can see, written by a consumer of the outbox."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any

from articles.body import words_of
from articles.models import Article, ArticleTag, Byline, PublicEntry

from .documents import Texts, author_fact, joined, section_fact, tag_fact
from .index import PUBLIC

# Raised when texts are folded, or stored, in another way.
VERSION = 2
# Articles in a transaction of building everything: some tenths of a second.
PART = 500
COLUMNS = ("id", "publish_at", "language", "headline", "standfirst", "kicker", "prepared_body", "section_id")


class PublicSearch:
    """The consumer (outbox/consumers.py)."""

    name = "search"
    version = VERSION

    def start_over(self, done: str) -> str | None:
        """The newest articles first, because they are asked for most. `done` is the lowest number so far."""
        before = int(done) if done else 2**63 - 1
        numbers = (
            Article.objects.published().filter(pk__lt=before).order_by("-pk").values_list("pk", flat=True)
        )
        part = list(numbers[:PART])
        # What is in the index and not public has been left behind by another database or another release.
        stored = PublicEntry.objects.filter(article_id__lt=before, article_id__gte=part[-1] if part else 0)
        bring_up_to_date({*part, *stored.values_list("article_id", flat=True)})
        return str(part[-1]) if len(part) == PART else None

    def take(self, changes: Sequence[dict[str, Any]]) -> None:
        bring_up_to_date({number for change in changes for number in articles_in(change)})


def articles_in(change: dict[str, Any]) -> Iterable[int]:
    """The articles whose words may have changed: itself, or those that show it."""
    if change["kind"] == "article":
        yield change["id"]
    yield from change.get("shown_in", ())


def bring_up_to_date(numbers: Collection[int]) -> None:
    """Store the texts of those that are public now, and remove the others."""
    texts = list(texts_of(numbers))
    PUBLIC.remove(set(numbers) - {each.article for each in texts})
    PUBLIC.put(texts)


def texts_of(numbers: Collection[int]) -> Iterator[Texts]:
    rows = list(Article.objects.published().filter(pk__in=numbers).order_by("-pk").values_list(*COLUMNS))
    tags = links(ArticleTag.objects.filter(content_object__in=numbers), "content_object_id", "tag")
    authors = links(Byline.objects.filter(article__in=numbers).order_by(), "article_id", "author")
    for number, at, language, headline, standfirst, kicker, body, section in rows:
        own_tags, own_authors = tags.get(number, ()), authors.get(number, ())
        yield Texts(
            article=number,
            at=at,
            language=language,
            headline=headline,
            standfirst=standfirst,
            names=joined(kicker, (name for _, name in (*own_tags, *own_authors))),
            body=words_of(body),
            facts=(
                section_fact(section),
                *(tag_fact(tag) for tag, _ in own_tags),
                *(author_fact(author) for author, _ in own_authors),
            ),
        )


def links(rows: Any, article: str, thing: str) -> dict[int, list[tuple[int, str]]]:
    """Article → number and name of each of its tags, or authors."""
    found: dict[int, list[tuple[int, str]]] = {}
    for number, other, name in rows.values_list(article, f"{thing}_id", f"{thing}__name"):
        found.setdefault(number, []).append((other, name))
    return found
