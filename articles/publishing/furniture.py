"""Sections, tags, authors and the paper's own pages: what many pages show."""

from django.db import transaction

from articles.body import number_parts, sanitise
from articles.models import Article, ArticleTag, Author, Page, Section, Tag

from .errors import Problem, Refused
from .prepare import prepare_page
from .records import announce


def addresses_of(articles) -> list[str]:
    """Of those that readers can see, as their own pages show the change too."""
    public = articles.published().only("uid", "slug", "address_date")
    return [article.get_absolute_url() for article in public.iterator()]


def articles_tagged(tags: list[Tag]):
    return Article.objects.filter(tag_links__tag__in=tags).distinct()


@transaction.atomic
def save_section(section: Section) -> Section:
    """Its articles follow into their new department; every page carries the list of sections."""
    section.save()
    Article.objects.filter(section=section).exclude(department_id=section.department.pk).update(
        department_id=section.department.pk
    )
    announce("section", section.pk, {"sections": [section.get_absolute_url()]})
    return section


@transaction.atomic
def save_author(author: Author) -> Author:
    was = Author.objects.filter(pk=author.pk).values_list("slug", flat=True)
    slugs = [*was, author.slug]
    author.save()
    announce("author", author.pk, {"authors": slugs, "beside": addresses_of(author.articles)})
    return author


@transaction.atomic
def save_tag(tag: Tag) -> Tag:
    was = Tag.objects.filter(pk=tag.pk).values_list("slug", flat=True)
    slugs = [*was, tag.slug]
    tag.save()
    announce("tag", tag.pk, {"tags": slugs, "beside": addresses_of(articles_tagged([tag]))})
    return tag


@transaction.atomic
def merge_tags(tags: list[Tag], *, into: Tag) -> int:
    """Articles with any of the tags get the one instead; the others go. Answers how many articles changed."""
    others = [tag for tag in tags if tag.pk != into.pk]
    if not others:
        raise Refused([Problem("", "Choose at least one other tag to merge.")])
    links = ArticleTag.objects.filter(tag__in=others)
    articles = set(links.values_list("content_object_id", flat=True))
    beside = addresses_of(articles_tagged(others))
    have = set(into.article_links.values_list("content_object_id", flat=True))
    ArticleTag.objects.bulk_create(
        ArticleTag(tag=into, content_object_id=pk, published_at=at)
        for pk, at in dict(links.values_list("content_object_id", "published_at")).items()
        if pk not in have
    )
    slugs = [tag.slug for tag in others] + [into.slug]
    Tag.objects.filter(pk__in=[tag.pk for tag in others]).delete()
    announce("tag", into.pk, {"tags": slugs, "beside": beside})
    return len(articles)


@transaction.atomic
def save_page(page: Page) -> Page:
    was = Page.objects.filter(pk=page.pk).first()
    page.body = number_parts(sanitise(page.body), was.body if was else "")
    prepare_page(page)
    page.save()
    addresses = {page.get_absolute_url()} | ({was.get_absolute_url()} if was else set())
    announce("page", page.pk, {"addresses": sorted(addresses)})
    return page
