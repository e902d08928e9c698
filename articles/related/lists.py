"""Writes the lists of related articles, and says on which pages another list is shown now."""

from collections import defaultdict
from collections.abc import Collection, Iterable

from articles.models import Article, Related
from articles.models.articles.article_queries import RELATED

from .candidates import alike, traits_of
from .likeness import LEAST, Traits

# Rows of each list: more than are shown, because some may be withdrawn.
KEPT = 8
# Other pages that may show another list because of one article.
MOST_OTHERS = 20


def shown_on(articles: Collection[int]) -> dict[int, list[int]]:
    """Article → the numbers that its page shows under “Related”."""
    rows = (
        Article.objects.published()
        .filter(related_to__article__in=articles)
        .order_by()
        .values_list("related_to__article", "pk", "related_to__pinned", "related_to__likeness")
    )
    found = defaultdict(list)
    for article, other, pinned, likeness in rows:
        # Neither is there if two who wrote it at once have each taken out the one.
        place = (RELATED, -(likeness or 0.0)) if pinned is None else (pinned, 0.0)
        found[article].append((*place, -other))
    return {article: [-other for *_, other in sorted(each)[:RELATED]] for article, each in found.items()}


def bring_up_to_date(article: int, *, tell_others: bool) -> set[int]:
    """Write the list of an article that has come or changed. With `tell_others`, also put it into the lists
    of those that are most like it. Answers the articles whose pages show another list now."""
    traits = traits_of([article]).get(article)
    if traits is None:
        return fill_up(article)
    holding = holders(article)[:MOST_OTHERS] if tell_others else []
    judged = alike(traits, also=holding)
    others = dict.fromkeys(holding) | {other: None for _, other in judged}
    touched = {article, *(list(others)[:MOST_OTHERS] if tell_others else ())}
    before = shown_on(touched)
    write_own(traits, judged)
    if tell_others:
        put_into(traits.article, {other: each for each, other in judged if other in touched})
    return differing(before, shown_on(touched))


def differing(before: dict[int, list[int]], after: dict[int, list[int]]) -> set[int]:
    return {number for number in {*before, *after} if before.get(number) != after.get(number)}


def holders(article: int) -> list[int]:
    """The articles in whose lists it is because it is like them."""
    rows = Related.objects.filter(other=article, likeness__isnull=False).order_by("-likeness", "-article")
    return list(rows.values_list("article", flat=True)[: 2 * MOST_OTHERS])


def fill_up(gone: int) -> set[int]:
    """An article is not public any more. Its rows stay, because it may come back. Lists that have become
    short are made anew."""
    holding = holders(gone)
    before = shown_on(holding)
    short = [number for number in holding if len(before.get(number, ())) < RELATED][:MOST_OTHERS]
    for traits in traits_of(short).values():
        write_own(traits, alike(traits))
    return differing({number: before.get(number, []) for number in short}, shown_on(short))


def write_own(article: Traits, judged: Iterable[tuple[float, int]]) -> None:
    """Make these the article's list. Pinned ones stay, and so do those that are not public at the moment."""
    wanted = {other: likeness for likeness, other in judged if likeness >= LEAST}
    wanted = dict(list(wanted.items())[:KEPT])
    rows = Related.objects.filter(article=article.article, likeness__isnull=False)
    public = Article.objects.published().filter(related_to__article=article.article)
    rows.exclude(other__in=wanted).filter(other__in=public.order_by().values("pk")).without("likeness")
    write([Related(article_id=article.article, other_id=pk, likeness=each) for pk, each in wanted.items()])


def put_into(article: int, judged: dict[int, float]) -> None:
    """Put the article into the lists of these others where it is one of the most alike, and take it out of
    those where it is no longer."""
    lists: dict[int, list[Related]] = {number: [] for number in judged}
    for row in Related.objects.filter(article__in=judged, likeness__isnull=False):
        lists[row.article_id].append(row)
    new, gone = [], []
    for number, likeness in judged.items():
        rows = [row for row in lists[number] if row.other_id != article]
        own = [row for row in lists[number] if row.other_id == article]
        if likeness < LEAST:
            gone += own
            continue
        new.append(Related(article_id=number, other_id=article, likeness=likeness))
        rows = sorted([*rows, new[-1]], key=lambda row: (row.likeness, row.other_id), reverse=True)
        if new[-1] in rows[KEPT:]:
            new.pop()
            gone += own
        gone += [row for row in rows[KEPT:] if row.pk]
    Related.objects.filter(pk__in=[row.pk for row in gone]).without("likeness")
    write(new)


def write(rows: list[Related]) -> None:
    """An editor may pin one of them at this moment: then the row gets both."""
    Related.objects.bulk_create(
        sorted(rows, key=lambda row: (row.article_id, row.other_id)),
        update_conflicts=True,
        unique_fields=["article", "other"],
        update_fields=["likeness"],
    )
