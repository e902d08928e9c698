"""The whole text of an article as a feed carries it: every address absolute, and nothing that only works on
our own page."""

import re
from html import escape, unescape
from typing import NamedTuple
from urllib.parse import urljoin

from django.template.defaultfilters import linebreaksbr
from django.utils.formats import number_format
from django.utils.translation import gettext

from articles.body import fill_pictures
from articles.conf import absolute, media, paper
from articles.images import ROLES, PictureSource, files_named, picture_html
from articles.models import Article, Correction, Page
from articles.words import dates
from articles.words.languages import speaking

# An address in a prepared body. `<` and `>` are escaped in values too, so this is found in tags only.
LINK = re.compile(r'(<a\b[^<>]*? href=")([^"]*)(")')
# What our script needs to open a frame, and the note about it. A feed has the link alone.
FRAME = re.compile(r'(<figure class="embed[^"]*")(?: data-[a-z]+="[^"]*")+>')
# A gallery that can be scrolled by keyboard. In a feed its pictures stand one below the other.
GALLERY = re.compile(r'(<figure class="gallery")[^>]*')
FRAME_NOTE = re.compile(r'<figcaption class="embed__note">.*?</figcaption>', re.DOTALL)


class Text(NamedTuple):
    """The HTML, and the files of pictures that it names beside those of the lead picture."""

    html: str
    files: tuple[str, ...]


def full_text(article: Article, sources: dict[int, PictureSource]) -> Text:
    body = body_alone(article, sources)
    parts = [
        f"<p>{escape(article.standfirst)}</p>" if article.standfirst else "",
        stars(article),
        lead_picture(article),
        body.html,
        *notes(article),
    ]
    return Text(in_its_language("\n".join(filter(None, parts)), article), body.files)


def stars(article: Article) -> str:
    if not (number := article.stars):
        return ""
    with speaking(article.language):
        words = gettext("%(rating)s out of 5") % {"rating": number_format(number, use_l10n=True)}
    return f"<p>{'★' * number}{'☆' * (5 - number)} {words}</p>"


def body_alone(article: Article, sources: dict[int, PictureSource]) -> Text:
    filled = with_pictures(without_our_scripts(article.prepared_body), sources)
    return Text(with_absolute_links(filled.html, article), filled.files)


def with_pictures(html: str, sources: dict[int, PictureSource]) -> Text:
    files: list[str] = []

    def picture(number: int, role: str, alt: str | None) -> str | None:
        if (source := sources.get(number)) is None:
            return None
        files.extend(files_named(source, ROLES[role]))
        return picture_html(source, ROLES[role], alt=alt, base=media())

    return Text(fill_pictures(html, picture), tuple(files))


def lead_picture(article: Article) -> str:
    if article.lead_image is None:
        return ""
    words = article.lead_words
    picture = picture_html(article.lead_image.source, ROLES["lead"], alt=words.alt, base=media())
    caption = " ".join(filter(None, [escape(words.caption), credit(words.credit)]))
    return f"<figure>{picture}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def credit(text: str) -> str:
    return f'<span class="credit">{escape(text)}</span>' if text else ""


def without_our_scripts(html: str) -> str:
    return GALLERY.sub(r"\1", FRAME_NOTE.sub("", FRAME.sub(r"\1>", html)))


def with_absolute_links(html: str, article: Article | Page) -> str:
    own = absolute(article.get_absolute_url())

    def whole(found: re.Match) -> str:
        before, address, after = found.groups()
        try:
            return f"{before}{escape(urljoin(own, unescape(address)))}{after}"
        except ValueError:
            # No address at all, such as http://[. It leads nowhere on our page either.
            return found[0]

    return LINK.sub(whole, html)


def notes(article: Article) -> list[str]:
    with speaking(article.language):
        return [note(correction) for correction in article.corrections.all()]


def note(correction: Correction) -> str:
    named = gettext("%(kind)s, %(time)s:") % {
        "kind": correction.get_kind_display(),
        "time": dates.clock(correction.at),
    }
    return f"<p><strong>{named}</strong> {linebreaksbr(correction.text)}</p>"


def in_its_language(html: str, article: Article) -> str:
    """Readers' programs know a feed's language only, and the direction of none."""
    if article.language == paper().language and article.text_direction == "ltr":
        return html
    return f'<div lang="{escape(article.language)}" dir="{article.text_direction}">\n{html}\n</div>'
