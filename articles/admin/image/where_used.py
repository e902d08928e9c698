"""Where a picture is used, as links for whoever looks at its page."""

from django.urls import reverse
from django.utils.html import format_html, format_html_join

from articles.admin.article.actions import link
from articles.models import Article
from articles.publishing.picture_library.uses import boards_naming, uses_of_image
from articles.publishing.pictures import articles_showing, pages_showing
from articles.publishing.rights.of_articles import readable_by

MOST_SHOWN = 20
HIDDEN = "articles that you may not see"
# Uses to which no link leads.
TOLD_ALONE = {"binned", "working_copies", "versions", "typed"}


def where_used(image, user):
    articles = Article.objects.filter(pk__in=articles_showing(image))
    articles = articles.only("headline", "state", "publish_at", "expires_at")
    seen = articles.filter(readable_by(user))
    parts = [
        *some_of(seen, article_link),
        *([HIDDEN] if articles.exclude(pk__in=seen.values("pk")).exists() else []),
        *some_of(image.portrait_of.all(), portrait_link),
        *some_of(pages_showing(image), lambda page: admin_link("page", page)),
        *some_of(boards_naming(image), front_link),
        *(str(use) for use in uses_of_image(image) if use.name in TOLD_ALONE),
    ]
    return format_html_join(", ", "{}", [[part] for part in parts]) or "nowhere"


def some_of(rows, link_to):
    """Links to the first of them; of what more there is, only that there is more."""
    found = list(rows[: MOST_SHOWN + 1])
    more = ["more of these"] if len(found) > MOST_SHOWN else []
    return [link_to(row) for row in found[:MOST_SHOWN]] + more


def article_link(article):
    return format_html("{} ({})", link(article), "public" if article.is_public() else "not public")


def portrait_link(author):
    return format_html("{} (portrait)", admin_link("author", author))


def front_link(board):
    address = reverse("admin:articles_board_front", args=[board.section_id or "paper"])
    return format_html('<a href="{}">{}</a>', address, board)


def admin_link(name, row):
    return format_html('<a href="{}">{}</a>', reverse(f"admin:articles_{name}_change", args=[row.pk]), row)
