"""The twin of an article in Markdown, for programs that read texts: the whole text without its page."""

import datetime
from functools import cache

from django.http import Http404, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from articles.conf import paper
from articles.http.caching import file_answer, short_answer
from articles.models import Article
from articles.models.addresses.paths import article_address, twin_address
from articles.words import dates
from articles.words.languages import speaking

from .entries import Entry, Person, entries_of


@cache
def converter():
    """Imported when the first twin is made, because most web workers make none, and it takes 7 MB."""
    from markdownify import MarkdownConverter

    # Characters that mean something in Markdown are escaped, so a text says what its page says.
    return MarkdownConverter(heading_style="atx", bullets="-", escape_misc=True)


@require_safe
def of_article(request, year, month, day, slug):
    try:
        date = datetime.date(year, month, day)
    except ValueError as error:
        raise Http404 from error
    here = Article.objects.published(timezone.now()).filter(address_date=date, slug=slug)
    entries = entries_of(here)
    if not entries:
        return elsewhere(date, slug)
    response = file_answer(request, in_its_language(entries[0]), "text/markdown")
    # The page is what search engines are to list.
    response["X-Robots-Tag"] = "noindex"
    return response


def elsewhere(date, slug):
    rows = Article.including_bin
    article = (
        rows.filter(address_date=date, slug=slug).first()
        or rows.filter(old_addresses__path=article_address(date, slug)).first()
    )
    if article is None or not article.has_been_out:
        raise Http404
    if article.is_public():
        return HttpResponsePermanentRedirect(twin_address(article.get_absolute_url()))
    return short_answer(410, gettext("This story has been withdrawn."))


def in_its_language(entry: Entry) -> str:
    with speaking(entry.language):
        return write(entry)


def write(entry: Entry) -> str:
    parts = [
        f"# {escaped(entry.title)}",
        f"{line_of(entry)}  \n<{entry.address}>",
        converter().convert(entry.html).strip(),
    ]
    return "\n\n".join(parts) + "\n"


def line_of(entry: Entry) -> str:
    """Like “Review · Mara Ellis, Photographs by Pim Oduya · The Newsroom · 22 November 2026, 06:00”."""
    names = ", ".join(map(in_words, entry.people))
    day = dates.clock(entry.published)
    return " · ".join(filter(None, [escaped(entry.kind), escaped(names), escaped(paper().name), day]))


def in_words(person: Person) -> str:
    return f"{person.role} {person.name}".strip()


def escaped(text: str) -> str:
    return converter().escape(" ".join(text.split()), ["p"])
