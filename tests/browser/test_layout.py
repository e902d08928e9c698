"""Where things stand on a page, at every width, with the texts that are hardest to set."""

import pytest
from django.utils import timezone

from articles import publishing
from articles.models import MostRead
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
# Width of the window, and the size of the reader's letters in hundredths of the usual one. 195 is a phone enlarged to twice
# its size; twice the size of letters alone is to have the same effect.
SCREENS = [(width, 100) for width in (195, 320, 390, 768, 1180, 1440)] + [
    (width, letters) for width in (320, 390, 768, 1440) for letters in (125, 200)
]
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherung" * 2
LONG_LINE = "The commission that was asked whether three harbour towns may keep their own time " * 2
BROAD = (
    f"<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p><pre>{LONG_LINE}</pre>"
    f"<table><tr>{'<td>A cell of it</td>' * 14}</tr></table>"
)
BODY = f"<p>{LONG_WORD} stands here.</p>" + "<h2>A part</h2><p>Words of it.</p>" * 4


@pytest.fixture
def addresses(site):
    section = factories.section("World")
    author = factories.author(
        "Mara Ellis", biography="Writes on coasts.", links=f"https://example.org/{LONG_WORD}"
    )
    factories.published_articles(20, section=section, authors=[author], tags=("coast",))
    hard = factories.published_article(
        headline=LONG_WORD,
        standfirst=LONG_LINE,
        body=BROAD + BODY,
        section=section,
        authors=[author],
        language="de",
    )
    factories.published_article(headline=LONG_LINE.strip(), section=section)
    lists = ["/world/", "/tag/coast/", "/author/mara-ellis/", "/archive/", "/search/?q=wall"]
    return ["/", *lists, hard.get_absolute_url(), "/nothing/"]


def enlarge(page, width, letters):
    page.set_viewport_size({"width": width, "height": 800})
    page.evaluate("letters => document.documentElement.style.fontSize = `${letters}%`", letters)


def test_no_page_is_wider_than_the_window(site, reader, addresses):
    page = reader()
    for address in addresses:
        page.goto(site.url + address)
        for width, letters in SCREENS:
            enlarge(page, width, letters)
            assert page.evaluate("document.documentElement.scrollWidth") == width, (address, width, letters)


@pytest.fixture
def pictured(site):
    """The addresses of pages on which pictures and portraits stand beside words."""
    image = factories.image(width=600, height=400, seed=1)
    author = factories.author("Jonas Okafor-Lindqvist", portrait=image, biography="He writes about law.")
    articles = factories.published_articles(9, lead_image=image, authors=[author])
    for place, article in enumerate(articles[:3], 1):
        MostRead.objects.create(place=place, article=article, since=timezone.now())
    lists = ["/", "/world/", "/author/jonas-okafor-lindqvist/", "/most-read/", "/nothing/"]
    return [*lists, articles[-1].get_absolute_url()]


WORDS = ".card__words, .latest a, .about p, .bylines > :last-child, .heading__name"


def test_words_have_room_however_large_they_are(site, reader, pictured):
    """Beside pictures, portraits and numbers of places they would be broken within themselves."""
    page = reader()
    for address in pictured:
        page.goto(site.url + address)
        for width, letters in ((195, 100), (390, 200), (320, 125), (320, 100)):
            enlarge(page, width, letters)
            found = page.eval_on_selector_all(
                WORDS, "all => all.map(each => [each.className, each.clientWidth])"
            )
            assert found
            narrow = [each for each in found if 0 < each[1] < 9 * 16 * letters / 100]
            assert not narrow, (address, width, letters, narrow)


def test_a_phone_has_the_sections_in_a_menu_and_the_present_one_in_view(site, reader):
    names = ["World", "Politics", "Business", "Science", "Climate", "Culture", "Sport", "Weather"]
    for name in names:
        factories.published_article(section=factories.section(name))
    below = factories.published_article(
        section=factories.section("Rowing", parent=factories.section("Sport"))
    )
    page = reader(viewport={"width": 390, "height": 800}, java_script_enabled=False)
    page.goto(site.url + below.get_absolute_url())
    present = page.locator(".sections [aria-current]").bounding_box()
    assert 0 < present["x"] < present["x"] + present["width"] <= 390
    rowing = page.get_by_role("navigation", name="All sections").get_by_role("link", name="Rowing")
    assert rowing.bounding_box()["y"] > 800
    page.get_by_role("button", name="All sections").click()
    assert 0 < rowing.bounding_box()["y"] < 700
    page.get_by_role("button", name="Close").click()
    assert rowing.bounding_box()["y"] > 800
    page.get_by_role("button", name="All sections").click()
    rowing.click()
    assert page.url == f"{site.url}/sport/rowing/"
    wide = reader(viewport={"width": 1440, "height": 900})
    wide.goto(f"{site.url}/sport/")
    assert not wide.get_by_role("button").filter(visible=True).filter(has_text="☰").count()


def top(page, selector):
    return page.locator(selector).first.bounding_box()["y"]


class TestArticle:
    ORDER = (".story__head", ".prose", ".story__end", ".foot")

    def test_runs_down_the_page_in_order_also_without_a_picture(self, site, reader):
        address = factories.published_article(body=BODY, tags=("coast",)).get_absolute_url()
        for width in (390, 768, 1440):
            page = reader(viewport={"width": width, "height": 800})
            page.goto(site.url + address)
            places = [page.locator(selector).bounding_box() for selector in self.ORDER]
            for above, below in zip(places, places[1:], strict=False):
                assert above["y"] + above["height"] <= below["y"] + 1, width

    def test_has_its_contents_beside_the_text_where_there_is_room(self, site, desktop, phone):
        address = factories.published_article(body=BODY.replace("<h2>A part", "<h2>Part")).get_absolute_url()
        desktop.goto(site.url + address)
        contents, text = (desktop.locator(each).bounding_box() for each in (".contents", ".prose"))
        assert contents["x"] + contents["width"] < text["x"]
        assert abs(contents["y"] - text["y"]) < 2
        phone.goto(site.url + address)
        assert top(phone, ".contents") < top(phone, ".prose")

    def test_leaves_no_hole_between_a_short_text_and_what_follows_it(self, site, desktop):
        """What stands at its side is longer."""
        factories.published_articles(5, headline=LONG_LINE)
        article = factories.published_article(body="<p>A line.</p>", tags=("coast",))
        desktop.goto(site.url + article.get_absolute_url())
        text, end, side = (
            desktop.locator(each).bounding_box() for each in (".prose", ".story__end", ".more")
        )
        assert side["y"] + side["height"] > end["y"] + end["height"]
        assert end["y"] - text["y"] - text["height"] < 40

    def test_has_a_note_in_another_direction_on_its_own_side(self, site, desktop):
        article = factories.published_article(body=BODY, language="ar", headline="خبر")
        publishing.correct(article, by=None, text="The seller is 70.")
        desktop.goto(site.url + article.get_absolute_url())
        note = desktop.locator(".corrections bdi")
        assert note.evaluate("each => getComputedStyle(each).direction") == "ltr"
        # As wide as its paragraph, so that its beginning stands at the left.
        assert note.bounding_box() == desktop.locator(".corrections p").bounding_box() | {
            each: note.bounding_box()[each] for each in ("y", "height")
        }

    def test_is_mirrored_from_right_to_left(self, site, desktop):
        address = factories.published_article(body=BODY, language="ar", headline="خبر").get_absolute_url()
        desktop.goto(site.url + address)
        assert desktop.locator(".bylines").bounding_box()["x"] > desktop.locator(".prose").bounding_box()["x"]


class TestMoreBesideTheText:
    """Also with long headlines, and where its column is narrowest."""

    long = f"<p>{LONG_LINE}</p>" * 17
    wide = '<figure class="wide"><img data-image="{}" alt="A wall"></figure>'

    @pytest.fixture
    def image(self):
        image = factories.image(width=1800, height=900)
        factories.published_articles(5, headline=LONG_LINE.strip(), lead_image=image)
        return image

    def places(self, site, page, body):
        page.goto(site.url + factories.published_article(body=body).get_absolute_url())
        text, more = (page.locator(each).bounding_box() for each in (".prose", ".more"))
        figures = [figure.bounding_box() for figure in page.locator(".figure--wide").all()]
        return text, more, figures

    @pytest.mark.parametrize("width", [1060, 1440])
    def test_is_where_no_wide_figure_is(self, site, reader, image, width):
        page, wide = reader(viewport={"width": width, "height": 900}), self.wide.format(image.pk)
        text, more, (first, last) = self.places(site, page, self.long + wide + wide + "<p>End.</p>")
        assert more["y"] == text["y"]
        assert more["y"] + more["height"] < first["y"]
        text, more, (first, last) = self.places(site, page, "<p>It begins.</p>" + wide + wide + self.long)
        assert more["y"] > last["y"] + last["height"]
        assert abs(more["y"] + more["height"] - text["y"] - text["height"]) < 2
        assert more["x"] > text["x"] + text["width"]
        text, more, (first,) = self.places(site, page, "<p>It begins.</p>" + wide + "<p>End.</p>")
        assert more["y"] > text["y"] + text["height"]


class TestFront:
    def test_leaves_no_hole_below_a_lead_without_a_picture(self, site, desktop):
        factories.published_articles(8, standfirst=LONG_LINE)
        desktop.goto(site.url)
        lead, side = (desktop.locator(each).bounding_box() for each in (".card--lead", ".package__side"))
        assert lead["width"] == side["width"]
        assert 0 < side["y"] - lead["y"] - lead["height"] < 40
        others = [each.bounding_box() for each in desktop.locator(".package__side > *").all()]
        assert len(others) == 4
        assert len({(each["y"], each["width"]) for each in others}) == 1

    def test_leaves_no_hole_beside_the_first_story_of_a_section_without_pictures(self, site, desktop):
        texts = factories.published_articles(30, section=factories.section("Politics"))
        desktop.goto(site.url)
        block = desktop.locator(".block--text-heavy .block__stories")
        first, *others = (each.bounding_box() for each in block.locator("> *").all())
        assert len(others) == 4 < len(texts)
        assert first["width"] == block.bounding_box()["width"]
        assert len({(each["y"], each["height"]) for each in others}) == 1


@pytest.mark.parametrize("address", ["/", "/world/"])
class TestTop:
    def columns(self, page):
        return [page.locator(each).bounding_box() for each in (".package > .card--lead", ".package__side")]

    @pytest.mark.parametrize("words", [1, 6], ids=["the lead is longer", "the other is longer"])
    def test_ends_both_columns_on_one_line(self, site, desktop, address, words):
        picture = factories.image()
        factories.published_articles(4, standfirst=LONG_LINE * words)
        factories.published_articles(2, lead_image=picture)
        desktop.goto(site.url + address)
        lead, side = self.columns(desktop)
        assert abs(lead["y"] + lead["height"] - side["y"] - side["height"]) < 2
        last = desktop.locator(".package__side > :last-child").bounding_box()
        assert abs(last["y"] + last["height"] - side["y"] - side["height"]) < 2

    def test_has_a_rule_between_each_two_of_the_second_column(self, site, desktop, address):
        factories.published_articles(5, lead_image=factories.image(width=300, height=200))
        desktop.goto(site.url + address)
        rules = "all => all.map(each => getComputedStyle(each).borderBlockStartWidth)"
        assert desktop.eval_on_selector_all(".package__side > *", rules) == ["0px", "1px", "1px", "1px"]


def test_a_section_with_few_stories_has_the_words_of_the_first_in_the_middle_beside_it(site, desktop):
    factories.published_articles(2, lead_image=factories.image(width=300, height=200))
    desktop.goto(f"{site.url}/world/")
    picture, words = (
        desktop.locator(f".card--lead {each}").bounding_box() for each in ("img", ".card__words")
    )
    middles = [each["y"] + each["height"] / 2 for each in (picture, words)]
    assert abs(middles[0] - middles[1]) < 2
    assert words["x"] > picture["x"] + picture["width"]
