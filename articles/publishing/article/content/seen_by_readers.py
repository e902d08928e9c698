"""Compares an article as readers see it before and after a verb. The press has to print what differs."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from articles.conf import paper
from articles.models import Article, State
from articles.models.articles.article import Kind
from articles.models.articles.byline import names_of
from articles.publishing.shared.records import Where, announce, is_out, together, where_it_stands

# Values that the article's own page shows and cards do not. Feeds show some of them.
ON_ITS_PAGE = (
    "standfirst",
    "prepared_body",
    "contents",
    "word_count",
    "section_id",
    "kind",
    "reviewed",
    "rating",
    "updated_at",
    "search_title",
    "search_description",
    "canonical_url",
    "noindex",
    "pinned",
)
# What happened longer ago than this is no news.
EARLIER = datetime.timedelta(minutes=1)
LISTS = ("sections", "tags", "authors")


@dataclass(frozen=True)
class Seen:
    """`where` says where the article is shown; it is empty if it was never out. `values` are the values that
    readers see; empty if they do not see the article at the moment."""

    where: Where = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def addresses(self) -> list[str]:
        return self.where.get("addresses", [])


def as_seen(article: Article) -> Seen:
    """The article as readers see it according to the database. Five queries; none if it was never out."""
    if not is_out(article):
        return Seen()
    row = (
        Article.including_bin.select_related("section__parent", "lead_image")
        .prefetch_related("tag_links__tag", "bylines__author")
        .get(pk=article.pk)
    )
    values = {**on_cards(row), **on_its_page(row)} if row.is_public() else {}
    return Seen(where_it_stands(row), values)


def on_cards(article: Article) -> dict[str, Any]:
    """The values named in CARD, as cards show them."""
    names = names_of([(line.role, line.author.name) for line in article.bylines.all()])
    kicker = article.kicker or (Kind.OPINION if article.kind == Kind.OPINION else "")
    foreign = article.language != paper().language
    return {
        "address": article.get_absolute_url(),
        "headline": article.headline,
        "kicker": kicker,
        # Cards show the kicker above the headline; only if there is none, they show the section's name.
        "section_name": "" if article.kicker else article.section.name,
        "summary": article.standfirst or article.excerpt,
        "author_names": names,
        "language": (article.language, article.text_direction) if foreign else None,
        "publish_at": article.publish_at,
        "reading_minutes": article.reading_minutes,
        "has_picture": article.lead_image is not None and not article.lead_image.withheld,
        "picture": article.lead_image_id,
    }


def on_its_page(article: Article) -> dict[str, Any]:
    # In the order of their rows, which is the editor's.
    tags = sorted(article.tag_links.all(), key=lambda link: link.pk)
    return {name: getattr(article, name) for name in ON_ITS_PAGE} | {
        "words_of_picture": article.lead_words,
        "language_of_text": (article.language, article.text_direction),
        "tags": [(link.tag.name, link.tag.slug) for link in tags],
        "bylines": [(line.author_id, line.role) for line in article.bylines.all()],
        # Feeds do not show the roles of those who did not write it.
        "who_wrote": [(line.author_id, not line.role) for line in article.bylines.all()],
    }


def difference(before: Seen, after: Seen, *, also: Iterable[str] = ()) -> Where:
    """The change for the outbox entry; empty if readers see no difference. OutboxEntry describes its
    shape."""
    both = together(before.where, after.where)
    if not before.values and not after.values:
        # Readers do not see the article; only its addresses matter, which answer “gone” or redirect.
        moved = sorted(before.addresses) != sorted(after.addresses)
        return {"addresses": both["addresses"], "changed": ["address"]} if moved else {}
    names = {name for name in after.values if before.values.get(name) != after.values[name]}
    if not before.values or not after.values or "publish_at" in names:
        # The article appears, disappears, or moves to another place in every list.
        return both
    if changed := sorted(names.union(also)):
        return {**both, "changed": changed, "came_or_left": came_or_left(before.where, after.where)}
    return {}


def came_or_left(before: Where, after: Where) -> Where:
    """The lists that the article has joined or left."""
    found = {name: sorted(set(before[name]) ^ set(after[name])) for name in LISTS}
    return {name: lists for name, lists in found.items() if lists}


def announce_article(
    article: Article,
    before: Seen,
    *,
    also: Iterable[str] = (),
    when: datetime.datetime | None = None,
) -> None:
    """Write an outbox entry for what readers see of the verb now, and one for each future time at which the
    article will appear or end.

    `before` is the result of as_seen() from the beginning of the verb; call this after the article is saved.
    `also` names values that have changed in rows that as_seen() does not read. The press looks at the rows
    again when it prints, so an entry that is due later need not foresee what other verbs do until then.
    `when` is the time of the verb: of what happened earlier, as in an import, nobody elsewhere is told.
    """
    if change := difference(before, as_seen(article), also=also):
        announce("article", article.pk, change | quiet(when))
    now = timezone.now()
    for moment in (article.publish_at, article.expires_at):
        if moment and moment > now and article.state == State.PUBLISHED:
            announce("article", article.pk, where_it_stands(article), due_at=moment)


def quiet(when: datetime.datetime | None) -> dict[str, bool]:
    """What an entry says of something that happened earlier."""
    return {"quiet": True} if when and timezone.now() - when > EARLIER else {}
