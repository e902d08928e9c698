"""Sections, tags, authors and the paper's own pages: what many pages show."""

from django.db import transaction
from django.db.models import Min

from articles.body import number_parts, sanitise
from articles.models import Article, ArticleTag, Author, Image, Page, Section, Tag

from .errors import Problem, Refused
from .locks import lock
from .old_addresses import hand_over, leave_behind, with_subsections
from .prepare import image_ids, prepare_page
from .records import Where, announce, together, where_shown
from .section_order import lock_all_sections
from .working_copies import retag

SEEN_EVERYWHERE = ("name", "slug", "parent_id", "order")
# What shows on the cards of more articles than this is printed by printing everything.
MOST_SINGLE = 300


def addresses_of(articles) -> list[str]:
    """Of those that readers can see, as their own pages show the change too."""
    public = articles.published().only("uid", "slug", "address_date")
    return [article.get_absolute_url() for article in public.iterator()]


def on_pages_of(articles) -> dict:
    """The articles' own pages one by one; very many by way of everything, in slices between other changes."""
    return everywhere_if_many(articles) or {"beside": addresses_of(articles)}


def articles_tagged(tags: list[Tag]):
    return Article.objects.filter(tag_links__tag__in=tags).distinct()


@transaction.atomic
def save_section(section: Section) -> Section:
    """Its articles follow into their new department; every page carries the list of sections."""
    lock_all_sections()
    was = Section.objects.filter(pk=section.pk).select_related("parent").first()
    stood = with_subsections(was)
    section.save()
    for each, here in with_subsections(section).items():
        if here != stood.get(each, here):
            leave_behind([stood[each]], each)
    follow = Article.objects.filter(section=section).exclude(department_id=section.department.pk)
    lock(changed={Article: follow.values_list("pk", flat=True)})
    follow.update(department_id=section.department.pk)
    # The description alone stands on the section's own page.
    seen = was is None or any(getattr(was, name) != getattr(section, name) for name in SEEN_EVERYWHERE)
    change = {"sections": [section.get_absolute_url()], "moved": moved_section(was, section)}
    announce("section", section.pk, change | {"everywhere": seen})
    return section


def moved_section(was: Section | None, now: Section) -> list[tuple[str, str]]:
    """Its archive goes to its new address, and into that of a new department."""
    if was is None or was.get_absolute_url() == now.get_absolute_url():
        return []
    to = dict.fromkeys([now.get_absolute_url(), now.department.get_absolute_url()])
    return [(was.get_absolute_url(), address) for address in to]


@transaction.atomic
def save_author(author: Author) -> Author:
    """An author's own words stand on their articles' pages; the name also wherever those are listed."""
    lock(changed={Author: [author.pk]}, named={Image: [author.portrait_id]})
    was = Author.objects.filter(pk=author.pk).first()
    author.save()
    leave_address_of(was, author)
    change = moved_from(was, author) | {"authors": sorted({(was or author).slug, author.slug})}
    if was and was.name != author.name:
        listed = where_all_shown(author.articles)
        change = together(change, listed) | everywhere_if_many(author.articles)
    announce("author", author.pk, change | on_pages_of(author.articles))
    return author


def where_all_shown(articles) -> Where:
    public = articles.published().select_related("section__parent").defer("body", "prepared_body")
    some = public.prefetch_related("tag_links__tag", "bylines__author")[:MOST_SINGLE]
    return together(*map(where_shown, some))


def everywhere_if_many(articles) -> dict:
    return {"everywhere": True} if articles.published().count() > MOST_SINGLE else {}


def leave_address_of(was: Tag | Author | Page | None, now: Tag | Author | Page) -> None:
    if was and was.get_absolute_url() != now.get_absolute_url():
        leave_behind([was.get_absolute_url()], now)


def moved_from(was: Tag | Author | None, now: Tag | Author) -> dict:
    """What is printed below the address, the months, shows its name; and it may have a new address."""
    if was is None:
        return {}
    old, new = was.get_absolute_url(), now.get_absolute_url()
    return {"below": [old], "moved": [(old, new)] if old != new else []}


@transaction.atomic
def save_tag(tag: Tag) -> Tag:
    lock(changed={Tag: [tag.pk]})
    was = Tag.objects.filter(pk=tag.pk).first()
    tag.save()
    leave_address_of(was, tag)
    change = {"tags": sorted({(was or tag).slug, tag.slug})}
    # The description stands on its own page alone.
    if was and (was.name, was.slug) != (tag.name, tag.slug):
        retag([was.name], tag.name)
        change |= moved_from(was, tag) | on_pages_of(articles_tagged([tag]))
    announce("tag", tag.pk, change)
    return tag


@transaction.atomic
def merge_tags(tags: list[Tag], *, into: Tag) -> int:
    """Articles with any of the tags get the one instead; the others go. Answers how many articles changed."""
    others = [tag for tag in tags if tag.pk != into.pk]
    if not others:
        raise Refused([Problem("", "Choose at least one other tag to merge.")])
    lock(changed={Tag: [into.pk, *(tag.pk for tag in others)]})
    articles = set(ArticleTag.objects.filter(tag__in=others).values_list("content_object_id", flat=True))
    pages = on_pages_of(articles_tagged(others))
    put_in_place_of(others, into)
    retag([tag.name for tag in others], into.name)
    slugs = [tag.slug for tag in others] + [into.slug]
    gone = [tag.get_absolute_url() for tag in others]
    hand_over(others, to=into)
    Tag.objects.filter(pk__in=[tag.pk for tag in others]).delete()
    stay = into.get_absolute_url()
    moved = {"below": [*gone, stay], "moved": [(old, stay) for old in gone]}
    announce("tag", into.pk, {"tags": slugs, **pages, **moved})
    return len(articles)


def put_in_place_of(others: list[Tag], into: Tag) -> None:
    """On each article the first of the others becomes the one, unless it has that already."""
    links = ArticleTag.objects.filter(tag__in=others).order_by()
    first = links.values("content_object").annotate(first=Min("pk")).values("first")
    have = into.article_links.values("content_object")
    ArticleTag.objects.filter(pk__in=first).exclude(content_object__in=have).update(tag=into)


@transaction.atomic
def save_page(page: Page) -> Page:
    """The foot of every page lists the paper's own pages; their text stands on them alone."""
    page.body = sanitise(page.body)
    lock(named={Image: image_ids(page.body)}, changed={Page: [page.pk]})
    was = Page.objects.filter(pk=page.pk).first()
    page.body = number_parts(page.body, was.body if was else "")
    prepare_page(page)
    page.save()
    leave_address_of(was, page)
    addresses = {page.get_absolute_url()} | ({was.get_absolute_url()} if was else set())
    announce(
        "page", page.pk, {"addresses": sorted(addresses), "everywhere": listed_as(was) != listed_as(page)}
    )
    return page


def listed_as(page: Page | None) -> tuple:
    """What the foot shows of it."""
    return (page.title, page.path, page.order) if page and page.published else ()
