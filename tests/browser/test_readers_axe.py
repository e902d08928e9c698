"""What the rules of WCAG that a program can check say of each kind of page that readers get."""

import pytest

from articles import publishing
from tests import corpora, factories

from .axe import COLOURS, KINDS, WCAG, found_by_axe

pytestmark = pytest.mark.django_db(transaction=True)
RULES = [*WCAG, "best-practice"]
BODY = (
    f"{factories.BODY}<blockquote><p>We knew.</p><p><cite>The mayor</cite></p></blockquote>"
    "<table><caption>Prices</caption><thead><tr><th>Year</th><th>Crowns</th></tr></thead>"
    "<tbody><tr><td>2025</td><td>12</td></tr></tbody></table>"
    "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p><ul><li>One</li><li>Two</li></ul>"
)


@pytest.fixture
def addresses(site):
    image = factories.image(width=1200, height=800, alt="A wall", caption="At high tide.", credit="Ana Lind")
    world = factories.section("World", description="From abroad.")
    harbours = factories.section("Harbours", parent=world)
    mara = factories.author("Mara Ellis", biography="Writes on coasts.", portrait=image)
    kept = {"section": harbours, "authors": [mara], "tags": ("coast",)}
    factories.published_articles(8, lead_image=image, **kept)
    article = factories.published_article(headline="The wall", body=BODY, lead_image=image, **kept)
    publishing.correct(article, by=None, text="Five metres, not four.")
    gone = factories.published_article(headline="Withdrawn", **kept)
    publishing.withdraw(gone, by=None)
    factories.page("About", body="<h2>Us</h2><p>We print the paper.</p>")
    day = article.address_date
    return [
        *("/", "/world/", "/world/harbours/", "/tag/coast/", mara.get_absolute_url(), "/about/"),
        *(article.get_absolute_url(), f"/embed/{article.uid}/", gone.get_absolute_url(), "/nothing/here/"),
        *("/archive/", f"/{day:%Y}/", f"/{day:%Y/%m}/", f"/{day:%Y/%m/%d}/", f"/world/{day:%Y/%m}/"),
        *("/search/", "/search/?q=wall", "/search/?q=nobodywritesthis&section=world&from=x"),
    ]


# What can be touched and is lower or narrower than 24 pixels, unless it stands in a line of text. The link of a card
# is as large as the card.
SMALL = """() => {
    const touched = [...document.querySelectorAll("a, button, summary, select, input:not([type=hidden])")];
    const inText = ".prose, .skip, .search__note, .found__better, .error__words p, .embedded__paper";
    return touched
        .filter((each) => each.checkVisibility() && !each.closest(inText))
        .filter((each) => {
            const inCard = each.closest(".card__title, .latest__item, .embedded__title");
            const target = (inCard && each.closest("article, li, main")) || each.closest("label") || each;
            const { width, height } = target.getBoundingClientRect();
            return width < 24 || height < 24;
        })
        .map((each) => `${each.parentElement.className} ${each.outerHTML.slice(0, 80)}`);
}"""


def test_finds_nothing_wrong(site, reader, addresses):
    page, wrong, judged = reader(viewport={"width": 390, "height": 844}), [], set()
    for address in addresses:
        page.goto(site.url + address)
        wrong += [f"{address} is small: {each}" for each in page.evaluate(SMALL)]
        schemes, kinds = {"light": RULES, "dark": COLOURS}, set(page.evaluate(KINDS))
        # A page of which each kind of element was judged in the dark before has no other colours.
        if not corpora.is_full and kinds <= judged:
            del schemes["dark"]
        judged |= kinds
        for scheme, rules in schemes.items():
            page.emulate_media(color_scheme=scheme)
            wrong += [f"{address} in the {scheme}, {line}" for line in found_by_axe(page, rules)]
    assert not wrong, "\n".join(wrong)


def test_names_each_element_that_breaks_a_rule(reader):
    page = reader()
    page.set_content(
        '<html lang="en"><title>Bad</title><h1>Bad</h1><main><p style="color: #ccc">Pale</p><img src="/a.png"></main>'
    )
    assert found_by_axe(page, WCAG) == [
        'color-contrast: <p style="color: #ccc">Pale</p>',
        'image-alt: <img src="/a.png">',
    ]
