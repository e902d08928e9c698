"""Brings in many articles that another site had, in one transaction.

The rows are those that the verbs of one article would have written one after the other, at the same times.
But each kind of row is written for all articles at once, and one entry in the outbox names everything that
readers get. What was public elsewhere becomes public here even if it has no text or its picture no words,
because readers had it like that.
"""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import transaction
from django.utils import timezone

from articles.conf import paper
from articles.models import (
    Act,
    Article,
    ArticlePicture,
    ArticleTag,
    Author,
    Byline,
    Correction,
    Image,
    OldAddress,
    Revision,
    Section,
    State,
    Tag,
)
from articles.models.addresses.paths import article_address, shortened
from articles.publishing.article.content.apply import make_missing_tags
from articles.publishing.article.content.content import COLUMNS, Content
from articles.publishing.article.content.named_rows import named_in, names_now, tags_named
from articles.publishing.article.content.seen_by_readers import quiet
from articles.publishing.article.content.slugs import (
    LENGTH,
    LONGEST,
    LONGEST_WORD,
    ROOM_FOR_NUMBER,
    slug_from,
)
from articles.publishing.article.drafts import User
from articles.publishing.shared.locks import lock
from articles.publishing.shared.prepared_body import image_ids, prepare_article
from articles.publishing.shared.records import Where, announce, hold_named_pictures, in_series, together
from articles.search.desk import store_versions

from .imported_article import PUBLIC, Brought, acts_of, check, last_act

# So many tags are asked for in one query.
AT_ONCE = 200


@dataclass(slots=True)
class Made:
    """An article on its way: its row, and the content in stored form with the rows that it names."""

    brought: Brought
    article: Article
    content: Content
    tags: list[Tag]
    authors: list[Author]


@transaction.atomic
def bring_in(batch: Sequence[Brought], *, by: User) -> list[Article]:
    """The new articles, in the order of the batch. NotReady names what keeps an article from being in its
    state; then nothing of the batch is saved. An IntegrityError means that somebody took an address at the
    same moment: try the whole transaction again.
    """
    for brought in batch:
        check(brought)
    batch = [replace(each, content=cleaned(each.content)) for each in batch]
    tags = tags_of(name for each in batch for name in each.content.tags)
    named = named_in([replace(each.content, tags=()) for each in batch])
    lock(named={**named, Tag: {tag.pk for tag in tags.values()}})
    sections = Section.objects.select_related("parent").in_bulk(named[Section])
    authors = Author.objects.in_bulk(named[Author])
    made = [made_of(each, sections, authors, tags) for each in batch]
    give_addresses([each for each in made if each.article.state in PUBLIC])
    Article.objects.bulk_create([each.article for each in made])
    write_links(made, images=set(Image.objects.filter(pk__in=named[Image]).values_list("pk", flat=True)))
    # Read once, so that an article whose time comes just now is on the same side everywhere.
    now = timezone.now()
    write_history(made, by=by, now=now)
    announce_all(made, now)
    return [each.article for each in made]


def cleaned(content: Content) -> Content:
    return replace(content.cleaned(), language=content.language or paper().language)


def tags_of(names: Iterable[str]) -> dict[str, Tag]:
    """The tags with these names, by the names in capitals. Those that do not exist yet are made."""
    wanted = sorted(set(names_now(dict.fromkeys(names))))
    found: dict[str, Tag] = {}
    for start in range(0, len(wanted), AT_ONCE):
        part = wanted[start : start + AT_ONCE]
        make_missing_tags(part)
        found |= {tag.name.upper(): tag for tag in tags_named(part)}
    return found


def made_of(
    brought: Brought, sections: dict[int, Section], authors: dict[int, Author], tags: dict[str, Tag]
) -> Made:
    """The row of the article, with all that is prepared of its text. Not saved."""
    content, state = brought.content, brought.state
    article = Article(guid=brought.guid, state=state, created_at=brought.created)
    for name in COLUMNS:
        setattr(article, name, getattr(content, name))
    section = article.section = sections.get(content.section_id)
    article.department_id = (section.parent_id or section.pk) if section else None
    article.version = 1
    prepare_article(article, brought.prepared)
    if state in PUBLIC:
        article.publish_at = article.first_published_at = brought.at
        article.expires_at, article.updated_at = brought.until, brought.updated
    article.modified_at = brought.updated or last_act(brought)
    lines = [line for line in content.bylines if line.author_id in authors]
    unique = {tags[name.upper()].pk: tags[name.upper()] for name in content.tags if name.upper() in tags}
    return Made(brought, article, content, list(unique.values()), [authors[each.author_id] for each in lines])


def give_addresses(made: list[Made]) -> None:
    """The address of each day and slug. If another article has or had it, a number is added to the slug."""
    for each in made:
        article = each.article
        article.address_date = timezone.localdate(article.publish_at)
        article.slug = shortened(article.slug or slug_from(article.headline), LONGEST)
    taken = taken_addresses([each.article for each in made])
    for each in made:
        each.article.slug = free(each.article.address_date, each.article.slug, taken)
        taken.add(article_address(each.article.address_date, each.article.slug))


def taken_addresses(articles: list[Article]) -> set[str]:
    """Those of all articles of these days, and those wanted ones that lead elsewhere."""
    days = {article.address_date for article in articles}
    rows = Article.including_bin.filter(address_date__in=days).values_list("address_date", "slug")
    wanted = {article_address(article.address_date, article.slug) for article in articles}
    old = OldAddress.objects.filter(path__in=wanted).values_list("path", flat=True)
    return {article_address(day, slug) for day, slug in rows} | set(old)


def free(day: datetime.date, wanted: str, taken: set[str]) -> str:
    start, slug, number = shortened(wanted, LENGTH + 30, LONGEST_WORD - ROOM_FOR_NUMBER), wanted, 1
    while (path := article_address(day, slug)) in taken or (number > 1 and led_elsewhere(path)):
        number += 1
        slug = f"{start}-{number}"
    return slug


def led_elsewhere(path: str) -> bool:
    return OldAddress.objects.filter(path=path).exists()


def write_links(made: list[Made], *, images: set[int]) -> None:
    """The rows between an article and its tags, authors and pictures, its former addresses, and its notes to
    readers."""
    links, lines, pictures, formerly, corrections = [], [], [], [], []
    for each in made:
        article = each.article
        at = article.publish_at if article.state == State.PUBLISHED else None
        links += [ArticleTag(content_object=article, tag=tag, published_at=at) for tag in each.tags]
        roles = {line.author_id: line.role for line in each.content.bylines}
        lines += [
            Byline(article=article, author=author, role=roles[author.pk], order=order, published_at=at)
            for order, author in enumerate(each.authors)
        ]
        shown = sorted(image_ids(article.body) & images)
        pictures += [ArticlePicture(article=article, image_id=number) for number in shown]
        paths = set(each.brought.formerly) - {article.get_absolute_url()}
        formerly += [OldAddress(path=path, article=article) for path in sorted(paths)]
        corrections += [Correction(article=article, **note._asdict()) for note in each.brought.corrections]
    ArticleTag.objects.bulk_create(links)
    Byline.objects.bulk_create(lines)
    ArticlePicture.objects.bulk_create(pictures)
    Correction.objects.bulk_create(corrections)
    # What has such an address or had it here keeps it.
    OldAddress.objects.bulk_create(formerly, ignore_conflicts=True)


def write_history(made: list[Made], *, by: User, now: datetime.datetime) -> None:
    """The first version of each article, and who did what."""
    revisions = [
        Revision(
            article=each.article,
            number=1,
            base=0,
            content=each.content.as_json(),
            note=each.brought.note,
            by=by,
            at=each.brought.created,
        )
        for each in made
    ]
    Revision.objects.bulk_create(revisions)
    hold_named_pictures((each.article, each.content) for each in made)
    Act.objects.bulk_create(
        Act(article=each.article, verb=verb, detail=detail, by=by, at=at, version=1)
        for each in made
        for verb, detail, at in acts_of(each.brought)
    )
    # The outbox names what readers have now, and the consumer that keeps the desk's index follows that. Here
    # its words would be most of the work, and be stored twice.
    store_versions(
        [(each.article, each.content.as_json()) for each in made if not each.article.is_public(now)]
    )


def announce_all(made: list[Made], now: datetime.datetime) -> None:
    """One entry for all that readers have now, and one for each time at which one is to come or to end."""
    public = [each for each in made if each.article.state == State.PUBLISHED]
    if out := [each for each in public if each.article.is_public(now)]:
        first, *others = (each.article.pk for each in out)
        shown = together(*(where_shown(each) for each in out), {"shown_in": others})
        earliest = min(each.article.publish_at for each in out)
        announce("article", first, shown | quiet(earliest))
    for each in public:
        for moment in (each.article.publish_at, each.article.expires_at):
            if moment and moment > now:
                announce("article", each.article.pk, where_shown(each), due_at=moment)


def where_shown(each: Made) -> Where:
    """As records.where_it_stands(), of rows in hand."""
    article, section = each.article, each.article.section
    days = {article.address_date, timezone.localdate(article.publish_at)}
    return {
        "addresses": [article.get_absolute_url()],
        "uids": [str(article.uid)],
        "sections": [section.get_absolute_url(), section.department.get_absolute_url()],
        "tags": [tag.slug for tag in each.tags],
        "authors": [author.slug for author in each.authors],
        "days": [f"{day:%Y-%m-%d}" for day in days],
        "places": [(section.pk, article.publish_at.isoformat())],
        "related": [article.pk],
        **in_series(article, dict.fromkeys(each.tags)),
    }
