from heapq import nlargest

from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.conf import counts_reads, paper
from articles.database.compiled_queries import CompiledQuery
from articles.fronts.composition import DEPARTMENT_NEEDED, NEWEST_NEEDED, Candidate, arranged, compose
from articles.models import Article
from articles.publishing.counting.reads import ON_FRONT
from articles.structured_data import json_ld, web_site
from articles.views.shared.boards import board_of_paper, with_own_words
from articles.views.shared.cards import cards_by_pk, facts_of_list, is_shown
from articles.views.shared.navigation import read_navigation
from articles.views.shared.rendering import Meta, absolute, feed_links, render_page

from .most_read import most_read_cards

# The newest of the whole paper are found among the same number of newest articles of each department.
NEEDED = max(NEWEST_NEEDED, DEPARTMENT_NEEDED)


def newest_of(at, department):
    newest_first = Article.objects.published(at).newest_under("department", department)
    return newest_first.values_list("publish_at", "pk", "lead_image__withheld")[:NEEDED]


NEWEST_OF = CompiledQuery(newest_of)


@require_safe
def front(request):
    at = timezone.now()
    return front_page(request, board_of_paper(at), at=at)


def front_page(request, board, *, at):
    """The front with this board, at that time."""
    navigation = read_navigation()
    standing = board.standing(at)
    plan = planned(navigation, board, standing, at)
    cards = cards_by_pk([card.pk for card in plan.cards], navigation)
    page = plan.filled(with_own_words(cards, standing.values()))
    most_read = most_read_cards(navigation)[:ON_FRONT] if counts_reads() else []
    newspaper = paper()
    meta = Meta(
        title=f"{newspaper.name} – {newspaper.tagline}",
        description=newspaper.tagline,
        canonical=absolute("/"),
        feeds=feed_links(),
        json_ld=(json_ld(web_site()),),
    )
    context = {"front": page, "most_read": most_read, "meta": meta}
    # The press knows the most read ones by themselves: it shows less of them.
    return render_page(
        request,
        "pages/front.html",
        "front",
        context,
        navigation=navigation,
        unused=() if page.has_other_rows else ["top"],
        facts=facts_of_list(page.cards),
        line=navigation.line,
    )


def planned(navigation, board, standing, at):
    """The front in candidates: the newest of the paper and of each department, in one query."""
    numbers = [section.pk for section in navigation.sections]
    lists = NEWEST_OF.rows_for_each("department", numbers, at=at)
    first = nlargest(NEWEST_NEEDED, (row for rows in lists for row in rows), key=age)
    departments = list(zip(navigation.sections, map(candidates, lists), strict=True))
    chosen = {place: slot.story for place, slot in standing.items()}
    return compose(candidates(first), arranged(departments, board.blocks), board.layout, chosen)


def age(row):
    return row[:2]


def candidates(rows):
    """Newest first: neither database promises the order of a subquery."""
    newest_first = sorted(rows, key=age, reverse=True)
    return [Candidate(pk, has_picture=is_shown(withheld)) for _, pk, withheld in newest_first]
