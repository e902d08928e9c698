"""The articles that were opened most often in 24 hours, in the order that the list of them had when it was
made (publishing/counting/reads.py)."""

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.conf import counts_reads, paper
from articles.database.compiled_queries import CompiledQuery
from articles.models import Article
from articles.models.addresses.paths import MOST_READ
from articles.views.shared.cards import cards_from, facts_of_list
from articles.views.shared.navigation import read_navigation
from articles.views.shared.rendering import Meta, absolute, feed_links, render_page

LISTED = CompiledQuery(
    lambda at: (
        Article.objects.published(at).filter(most_read__isnull=False).order_by("most_read__place").for_cards()
    )
)


@require_safe
def most_read(request):
    if not counts_reads():
        raise Http404
    navigation = read_navigation()
    cards = most_read_cards(navigation)
    title = gettext("Most read")
    description = gettext("The stories that were opened most often in the last 24 hours.")
    meta = Meta(
        title=f"{title} – {paper().name}",
        description=description,
        canonical=absolute(MOST_READ),
        feeds=feed_links(),
    )
    context = {"title": title, "description": description, "cards": cards, "meta": meta}
    facts = facts_of_list(cards)
    return render_page(
        request, "pages/most_read.html", "listing", context, navigation=navigation, facts=facts
    )


def most_read_cards(navigation):
    return cards_from(LISTED.rows(at=timezone.now()), navigation)
