"""Where things stand on a page, at every width, with the texts that are hardest to set."""

import pytest

from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (320, 390, 768, 1180, 1440)
LONG_WORD = "Donaudampfschifffahrtsgesellschaftskapitänswitwenversicherung" * 2
LONG_LINE = "The commission that was asked whether three harbour towns may keep their own time " * 2
BODY = f"<p>{LONG_WORD} stands here.</p>" + "<h2>A part</h2><p>Words of it.</p>" * 4


@pytest.fixture
def addresses(site):
    section = factories.section("World")
    author = factories.author(
        "Mara Ellis", biography="Writes on coasts.", links=f"https://example.org/{LONG_WORD}"
    )
    factories.published_articles(20, section=section, authors=[author], tags=("coast",))
    hard = factories.published_article(
        headline=LONG_WORD, standfirst=LONG_LINE, body=BODY, section=section, authors=[author], language="de"
    )
    factories.published_article(headline=LONG_LINE.strip(), section=section)
    return ["/", "/world/", "/tag/coast/", "/author/mara-ellis/", hard.get_absolute_url(), "/nothing/"]


def test_no_page_is_wider_than_the_window(site, reader, addresses):
    screens = [{"viewport": {"width": width, "height": 800}} for width in WIDTHS]
    # A page at twice its size is not wider either.
    screens.append({"viewport": {"width": 640, "height": 400}, "device_scale_factor": 2})
    for screen in screens:
        page, width = reader(**screen), screen["viewport"]["width"]
        for address in addresses:
            page.goto(site.url + address)
            assert page.evaluate("document.documentElement.scrollWidth") == width, (screen, address)
        page.context.close()


def test_a_phone_at_twice_the_size_has_room_for_words(site, reader, addresses):
    """Beside pictures and portraits words would be broken within themselves."""
    image = factories.image(width=600, height=400, seed=1)
    author = factories.author("Jonas Okafor", portrait=image, biography="He writes about law.")
    article = factories.published_articles(3, lead_image=image, authors=[author])[-1]
    page = reader(viewport={"width": 195, "height": 422})
    for address in ("/", "/world/", article.get_absolute_url()):
        page.goto(site.url + address)
        words = page.locator(".card__words, .latest a, .about p").all()
        assert words
        assert min(each.bounding_box()["width"] for each in words) >= 128, address


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

    def test_is_mirrored_from_right_to_left(self, site, desktop):
        address = factories.published_article(body=BODY, language="ar", headline="خبر").get_absolute_url()
        desktop.goto(site.url + address)
        assert desktop.locator(".bylines").bounding_box()["x"] > desktop.locator(".prose").bounding_box()["x"]


class TestFront:
    def test_begins_at_the_top_also_without_a_picture(self, site, desktop):
        factories.published_articles(8, standfirst=LONG_LINE)
        desktop.goto(site.url)
        lead, beside = (top(desktop, f"{each} .card__title") for each in (".card--lead", ".package__side"))
        assert abs(lead - beside) < 40

    def test_ends_both_columns_of_the_top_on_one_line(self, site, desktop):
        picture = factories.image()
        factories.published_articles(4, standfirst=LONG_LINE * 2)
        factories.published_articles(2, lead_image=picture)
        desktop.goto(site.url)
        lead, side = (
            desktop.locator(each).bounding_box() for each in (".package > .card--lead", ".package__side")
        )
        assert abs(lead["y"] + lead["height"] - side["y"] - side["height"]) < 2
        last = desktop.locator(".package__side > :last-child").bounding_box()
        assert abs(last["y"] + last["height"] - side["y"] - side["height"]) < 2
