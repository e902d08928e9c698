"""What comes out of the printer: all words of every kind of page, in black on white, whatever the screen shows."""

import io
import re
import unicodedata
from collections import Counter

import pytest
from pypdf import PdfReader

from articles import publishing
from tests import factories

from .people import DESKTOP

pytestmark = pytest.mark.django_db(transaction=True)
SIZES = ({"format": "A4"}, {"format": "A5"}, {"format": "A4", "landscape": True})
# What is for the screen alone: ways to other pages, fields, and what a tap does.
FURNITURE = (
    "form, .more, .tags, .series, .paging, .contents, .subsections, nav[aria-label^='In '],"
    ".embed__label, .embed__note, .story-tools"
)
OWN_WORDS = """(furniture) => {
    const main = document.querySelector("main").cloneNode(true);
    main.querySelectorAll(furniture).forEach((each) => each.remove());
    const texts = document.createNodeIterator(main, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) found.push(texts.referenceNode.data);
    return found;
}"""
WORDS = "Donaudampfschifffahrtsgesellschaft", "Reichsnetzagentur", "1,234,567,890", "Verantwortungsgefühl"
ROW = "".join(f"<td>{WORDS[number % 4]} {number}</td>" for number in range(14))
TABLE = f"<table><tr>{ROW.replace('td>', 'th>')}</tr>{f'<tr>{ROW}</tr>' * 3}</table>"
CODE = "<pre>" + "A line that is far longer than any sheet of paper is wide. " * 5 + "The end.</pre>"
FILM = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
LINKS = (
    '<p><a href="https://example.org/a/report">The report</a>, <a href="/world/">our pages</a>, '
    'and a <a href="#part">part</a>.</p><h2 id="part">Part</h2>'
)
BODY = f"{TABLE}{CODE}<p>{FILM}</p>{LINKS}<blockquote><p>We knew.</p></blockquote><ul><li>One</li></ul>"
ARABIC = "<p>قبل أن يطلع الضوء على السوق</p><p>In English in between.</p>"


@pytest.fixture
def article(site):
    image = factories.image(width=900, height=1400, alt="A wall", caption="At high tide.", credit="Ana Lind")
    world = factories.section("World", description="From abroad.")
    mara = factories.author("Mara Ellis", biography="Writes on coasts.", portrait=image)
    kept = {"section": world, "authors": [mara], "tags": ("coast",)}
    factories.published_articles(12, lead_image=image, **kept)
    factories.published_articles(5, section=factories.section("Sport"), lead_image=image)
    factories.published_article(headline="خبر من السوق", body=ARABIC, language="ar", **kept)
    factories.page("About", body=BODY)
    found = factories.published_article(headline="The wall", body=BODY, lead_image=image, **kept)
    publishing.correct(found, by=None, text="Five metres, not four.")
    return found


@pytest.fixture
def addresses(article):
    """Of each kind of page, and of those that are laid out by their width in the first places."""
    day = article.address_date
    arabic = f"/{day:%Y/%m/%d}/خبر-من-السوق/"
    return [
        *(
            "/",
            "/world/",
            article.get_absolute_url(),
            arabic,
            "/tag/coast/",
            "/author/mara-ellis/",
            "/about/",
        ),
        *("/archive/", f"/{day:%Y}/", f"/{day:%Y/%m}/", "/search/?q=wall", "/nothing/here/", "/most-read/"),
    ]


def printed(page, **size):
    return PdfReader(io.BytesIO(page.pdf(**(size or SIZES[0]))))


def letters(text):
    """Without spaces, hyphens and the shapes that letters have side by side."""
    return "".join(re.findall(r"[^\W_]", unicodedata.normalize("NFKC", text)))


def from_right_to_left(text):
    """The letters of such words. A PDF has them in another order, and some twice, where they are drawn as one."""
    return [Counter(letters(word)) for word in re.findall(r"\S*[֐-ࣿﭐ-ﻼ]\S*", text)]


def missing(texts, sheets):
    paper = "".join(sheet.extract_text() for sheet in sheets)
    squeezed, there = letters(paper), from_right_to_left(paper)
    own = Counter(letters(text) for text in texts if letters(text) and not from_right_to_left(text))
    lost = [text for text, times in own.items() if squeezed.count(text) < times]
    return lost + [
        word for word in from_right_to_left(" ".join(texts)) if not any(word <= each for each in there)
    ]


def test_every_word_of_every_kind_of_page_is_on_paper(site, desktop, addresses):
    for number, address in enumerate(addresses):
        desktop.goto(site.url + address)
        texts = desktop.evaluate(OWN_WORDS, FURNITURE)
        assert len(texts) > 2
        for size in SIZES if number < 3 else SIZES[:1]:
            assert missing(texts, printed(desktop, **size).pages) == [], (address, size)


def test_what_is_cut_off_is_missed(desktop):
    desktop.set_content(f"<main>{CODE}</main><style>pre {{ overflow: hidden }}</style>")
    assert missing(desktop.evaluate(OWN_WORDS, FURNITURE), printed(desktop).pages)
    desktop.set_content(f"<main>{CODE}</main><style>pre {{ white-space: pre-wrap }}</style>")
    assert not missing(desktop.evaluate(OWN_WORDS, FURNITURE), printed(desktop).pages)


def drawn(page):
    """What is drawn on each sheet, letter for letter and colour for colour, once all pictures are there."""
    # A picture that has come but is not decoded yet is left out on paper.
    page.evaluate(
        """() => Promise.all([...document.images].map((each) => {
            each.loading = "eager";
            return each.decode();
        }))"""
    )
    return [sheet.get_contents().get_data() for sheet in printed(page).pages]


def test_what_the_screen_shows_changes_nothing_on_paper(site, reader, article):
    sheets = []
    for choice in ({}, {"color_scheme": "dark"}, {"version": "desktop"}, {"version": "mobile"}):
        version = choice.pop("version", None)
        page = reader(**DESKTOP, **choice)
        if version:
            page.context.add_cookies([{"name": "site_version", "value": version, "url": site.url}])
        page.goto(site.url + article.get_absolute_url())
        assert page.locator("html").get_attribute("data-site-version") == version
        sheets.append(drawn(page))
        assert sheets[-1] == sheets[0], choice or version


def test_links_have_their_addresses_and_a_film_is_one_line(site, desktop, article):
    desktop.route("https://www.youtube-nocookie.com/**", lambda route: route.fulfill(body="A film"))
    desktop.goto(site.url + article.get_absolute_url())
    before = drawn(desktop)
    text = "".join(sheet.extract_text() for sheet in printed(desktop).pages)
    for address in ("https://example.org/a/report", f"{site.url}/world/", FILM):
        assert f"({address})" in re.sub(r"[\s\u2066\u2069]", "", text)
    assert "#part" not in text
    desktop.get_by_role("link", name="Watch on YouTube").click()
    assert drawn(desktop) == before
    desktop.emulate_media(media="print")
    assert desktop.locator(".embed").bounding_box()["height"] < 24
