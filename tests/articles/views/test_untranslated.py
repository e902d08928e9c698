"""Every word that a page says by itself is a message of the catalogues.

The pages are asked for in a language made up for this, in which each message stands in brackets, and of a newsroom
whose own texts all have a mark. What has neither is a word that no translator can reach.
"""

import datetime
import re

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.template.loader import get_template
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import trans_real
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.models import Correction, Tag
from articles.publishing import BylineContent
from articles.publishing.shared.prepared_body import words_in
from articles.views import errors
from articles.views.search import page as search_page
from articles.words import languages
from tests import factories

MADE_UP = "eo"
MARK = "¤"
FILLED_IN = re.compile(r"(<[^>]+>|%\(\w+\)s)")
ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "value", "data-suggest", "data-edit")
METAS = ("description", "og:title", "og:description")
# Names of providers and time zones, and the words that are searched for.
NAMES = re.compile(r"YouTube|GMT|UTC|harbou?r|rises|zzzz|wo(rd)?\d*", re.IGNORECASE)
BODY = (
    f"<p>{MARK} It begins.</p><h2>{MARK} One</h2><p>{MARK}</p><h2>{MARK} Two</h2><p>{MARK}</p><h2>{MARK} Three</h2>"
    f"<p>{MARK}</p><p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p><table><tr><td>{MARK}</td></tr></table>"
)


def bracketed(text):
    return "".join(
        piece if FILLED_IN.fullmatch(piece) or not piece.strip() else f"⟦{piece}⟧"
        for piece in FILLED_IN.split(text)
    )


@pytest.fixture
def made_up_language(tmp_path, settings):
    with next(languages.CATALOGUES.glob("de/*/django.po")).open("rb") as file:
        messages = read_po(file)
    made = Catalog(locale=MADE_UP)
    for each in messages:
        if each.id:
            texts = each.id if isinstance(each.id, tuple) else (each.id,)
            written = tuple(map(bracketed, texts))
            made.add(each.id, written if isinstance(each.id, tuple) else written[0], context=each.context)
    folder = tmp_path / MADE_UP / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, made)
    settings.LOCALE_PATHS = [str(tmp_path)]
    settings.NEWSROOM = {
        **settings.NEWSROOM,
        "LANGUAGE": MADE_UP,
        "NAME": f"{MARK} Post",
        "TAGLINE": f"{MARK} Daily",
    }
    trans_real._translations.pop(MADE_UP, None)
    words_in.cache_clear()
    with translation.override(MADE_UP):
        yield
    trans_real._translations.pop(MADE_UP, None)
    words_in.cache_clear()


@pytest.fixture
def newsroom(db):
    world = factories.section(f"{MARK} World", slug="world", description=f"{MARK} Far")
    letters = factories.section(f"{MARK} Letters", slug="letters", parent=world)
    image = factories.image(f"{MARK} A wall")
    mara = factories.author(
        f"{MARK} Mara", slug="mara", role=f"{MARK} Editor", biography=f"{MARK} Writes.", portrait=image
    )
    tom = factories.author(f"{MARK} Tom", slug="tom")
    series = Tag.objects.create(name=f"{MARK} Coast", slug="coast", description=f"{MARK} Sea", is_series=True)
    common = {
        "standfirst": f"{MARK} It rises.",
        "body": BODY,
        "language": MADE_UP,
        "tags": (series.name,),
        "bylines": (
            BylineContent(mara.pk),
            BylineContent(tom.pk),
            BylineContent(factories.author(f"{MARK} Pim", slug="pim").pk, f"{MARK} Photographs"),
        ),
    }
    now = timezone.now()
    articles = [
        factories.published_article(
            headline=f"{MARK} Harbour {number}",
            section=(world, letters)[number % 2],
            lead_image=(image, None)[number % 2],
            at=now - datetime.timedelta(days=40 * number, hours=1),
            **common,
        )
        for number in range(40)
    ]
    for kind in Correction.Kind:
        publishing.correct(articles[0], kind=kind, text=f"{MARK} It was four.", by=None)
    publishing.withdraw(articles[39], by=None)
    factories.page(f"{MARK} About", path="about", body=BODY)
    return articles


def untranslated(html):
    page = LexborHTMLParser(html)
    for node in page.css("script, style"):
        node.decompose()
    texts = [
        node.text(deep=False)
        for node in page.root.traverse(include_text=True)
        if node.tag in {"-text", "title"}
    ]
    texts += [
        node.attributes[name] or ""
        for name in ATTRIBUTES
        for node in page.css(f"[{name}]")
        # What a form sends, and no reader sees.
        if not (name == "value" and node.tag in {"input", "button", "option"})
    ]
    texts += [
        node.attributes["content"]
        for name in METAS
        for node in page.css(f'[name="{name}"], [property="{name}"]')
    ]
    return {
        text.strip()
        for text in texts
        if re.search(r"[^\W\d_]", NAMES.sub("", text)) and MARK not in text and "⟦" not in text
    }


def addresses(articles):
    day = timezone.localdate(articles[1].publish_at)
    yield from ("/", "/world/", "/world/letters/", "/tag/coast/", "/author/mara/", "/about/", "/archive/")
    yield from (f"/{day:%Y}/", f"/{day:%Y/%m}/", f"/{day:%Y/%m/%d}/", f"/world/{day:%Y/%m}/")
    yield from (each.get_absolute_url() for each in articles[:3])
    yield from ("/nothing/there/", articles[39].get_absolute_url(), reverse("embed", args=[articles[0].uid]))
    yield from (
        reverse("embed", args=[articles[39].uid]),
        "/search/",
        "/search/?q=harbour",
        "/search/?q=rises&order=newest",
    )
    yield from (
        "/search/?q=harbor",
        "/search/?q=zzzz",
        f"/search/?q=zzzz&tag=coast&author=mara&section=world&from={day}",
    )
    yield "/search/?q=harbour&tag=none&author=none&section=none&from=once&to=2020"
    yield "/search/?q=" + "+".join(f"word{number}" for number in range(80))


def test_no_page_has_words_that_cannot_be_translated(made_up_language, newsroom, client):
    for address in addresses(newsroom):
        answer = client.get(address)
        assert answer.status_code in {200, 404, 410}, address
        assert untranslated(answer.text) == set(), address


def test_no_page_of_an_error_has(made_up_language, db, settings):
    request = RequestFactory().get("/here/")
    answers = [
        errors.bad_request(request),
        errors.forbidden(request),
        errors.server_error(request),
        errors.away(request),
    ]
    answers += [errors.bad_request(request, errors.TOO_LARGE[0]()), errors.gone(request, was_story=False)]
    for answer in answers:
        assert untranslated(answer.text) == set(), answer.status_code
    assert untranslated(search_page.too_often(request, 3).text) == set()


def test_nor_has_a_preview(made_up_language, newsroom, admin_client):
    draft = factories.article(headline=f"{MARK} Draft", standfirst=MARK, body=BODY, bylines=())
    answer = admin_client.get(reverse("preview", args=[draft.uid]))
    assert untranslated(answer.text) == set()


def test_words_without_brackets_are_found(made_up_language):
    html = (
        get_template("410.html", using="readers")
        .template.environment.from_string("<p>Gone for good</p>")
        .render({})
    )
    assert untranslated(html) == {"Gone for good"}
