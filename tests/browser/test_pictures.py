"""How large pictures are on the page, and whether `sizes` tells the browser so before it knows the page."""

import re

import pytest

from articles.models import Image
from tests import corpora, factories

pytestmark = pytest.mark.django_db(transaction=True)
WIDTHS = (320, 390, 600, 820, 1024, 1180, 1440, 1920)
LEADS = ".story__lead img, .card--lead img, .figure img"
# An image's own width, as far as `sizes` has said it, is the length that `sizes` comes to in this window.
SHOWN = """all => all.map(each => [each.closest("[class]").className, each.naturalWidth, each.clientWidth])"""


# Of each picture that is seen: what it stands in, its file, and how many pixels of the file come to one of the screen, each way.
CHOSEN = """all => all.filter((each) => each.clientWidth && each.currentSrc).map((each) => {
  const [width, height] = /(\\d+)x(\\d+)\\.\\w+$/.exec(each.currentSrc).slice(1).map(Number);
  const times = [width / each.clientWidth, height / each.clientHeight];
  const cut = getComputedStyle(each).objectFit === "cover";
  const of = [...document.querySelectorAll("[class]")].filter((box) => box.contains(each)).at(-1).className;
  return [of, each.currentSrc.split("/").at(-1), (cut ? Math.min : Math.max)(...times) / devicePixelRatio];
})"""


@pytest.fixture
def page(reader):
    """Pictures are drawn by the test, which is quicker than encoding them."""
    page = reader(bypass_csp=True)
    page.route(re.compile(r"/media/renditions/"), draw)
    return page


def draw(route):
    width, height = re.search(r"/(\d+)x(\d+)\.\w+$", route.request.url).groups()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"/>'
    route.fulfill(body=svg, content_type="image/svg+xml")


def shown(page, width, pictures=LEADS, told=SHOWN):
    page.set_viewport_size({"width": width, "height": 900})
    page.eval_on_selector_all("img", "all => all.forEach(each => each.loading = 'eager')")
    page.wait_for_load_state("networkidle")
    return page.eval_on_selector_all(pictures, told)


def figure(image, side):
    return f'<figure class="{side}"><img data-image="{image.pk}"></figure>'


def test_sizes_are_true(site, page):
    image = factories.image()
    body = "".join(figure(image, side) for side in ("", "wide", "end")) + "<p>Words of it.</p>" * 60
    article = factories.published_article(lead_image=image, body=body)
    factories.published_articles(2, lead_image=image)
    addresses = ((article.get_absolute_url(), 4), ("/", 1), ("/world/", 1))
    for place, (address, number) in enumerate(addresses):
        # A sample has the article at half of the widths, and each list at some of the others.
        for width in WIDTHS if corpora.is_full else WIDTHS[place :: 4 if place else 2]:
            page.goto(site.url + address)
            found = shown(page, width)
            assert len(found) == number
            # Where the columns begin, a figure beside the words is narrower than it says.
            wrong = [each for each in found if not 0.97 < each[1] / each[2] < 1.03]
            assert not [each for each in wrong if "figure--end" not in each[0]], (address, width, wrong)


def test_no_file_has_more_than_half_as_many_pixels_again_as_are_shown(site, reader):
    image = factories.image(width=2560, height=1707)
    group = "".join(figure(image, "") for _ in range(3))
    body = "".join(figure(image, side) for side in ("", "wide", "end")) + "<p>Words of it.</p>" * 60
    body += f'<figure class="gallery">{group}</figure><figure class="pair">{figure(image, "") * 2}</figure>'
    mara = factories.author("Mara Ellis", portrait=image, biography="Writes about water.")
    for name in ("World", "Culture", "Science", "Money"):
        factories.published_articles(6, section=factories.section(name), lead_image=image, authors=[mara])
    article = factories.published_article(lead_image=image, body=body, authors=[mara], tags=("coast",))
    addresses = ["/", "/world/", "/author/mara-ellis/", f"/embed/{article.uid}/", article.get_absolute_url()]
    for density in (1, 2, 3):
        page = reader(bypass_csp=True, device_scale_factor=density)
        page.route(re.compile(r"/media/renditions/"), draw)
        for number, address in enumerate(addresses):
            # A sample has each density and each kind of page at other widths.
            for width in WIDTHS if corpora.is_full else WIDTHS[(density + number) % 4 :: 4]:
                page.set_viewport_size({"width": width, "height": 900})
                page.goto(site.url + address)
                found = shown(page, width, "img", CHOSEN)
                assert found, (density, address, width)
                assert not [each for each in found if each[2] > 1.5], (density, address, width)


@pytest.mark.parametrize(
    ("picture", "largest"), [((900, 2700), (267, 801)), ((60, 40), (60, 40)), ((900, 600), (900, 600))]
)
def test_a_lead_is_no_taller_than_a_screen_and_no_larger_than_its_file(site, page, picture, largest):
    image = factories.image(width=picture[0], height=picture[1])
    page.goto(site.url + factories.published_article(lead_image=image).get_absolute_url())
    for width in (390, 1440):
        shown(page, width)
        lead = page.locator(".story__lead img").bounding_box()
        room = min(largest[0], page.locator(".story__lead").bounding_box()["width"])
        assert lead["width"] == pytest.approx(room, abs=1)
        assert lead["height"] == pytest.approx(room * picture[1] / picture[0], abs=2)


def test_a_lead_that_is_narrower_than_the_text_begins_where_it_begins(site, page):
    image = factories.image(width=300, height=200)
    caption = "Seen from the breakwater, on the morning after the storm that nobody had expected. " * 3
    article = factories.published_article(lead_image=image, lead_caption=caption)
    page.goto(site.url + article.get_absolute_url())
    for width in (390, 820, 1440):
        shown(page, width)
        picture, text = (page.locator(each).bounding_box() for each in (".story__lead img", ".prose"))
        assert picture["x"] == pytest.approx(text["x"], abs=1), width


# What is behind a picture, and what its words are written in, as red, green and blue.
COLOURS = """image => {
  const style = getComputedStyle(image);
  const canvas = new OffscreenCanvas(1, 1).getContext("2d");
  return [style.backgroundColor, style.color].map((colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  });
}"""


def light_of(colour):
    parts = [part / 255 for part in colour]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05


def test_until_it_is_there_a_picture_has_its_own_colour_and_its_words_can_be_read(site, reader):
    image = factories.image()
    address = site.url + factories.published_article(lead_image=image).get_absolute_url()
    page = reader()
    page.route(re.compile(r"/media/renditions/"), lambda route: route.abort())
    for color in ("f00", "000", "fff", "888", "0af"):
        Image.objects.update(color=color)
        page.goto(address)
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            behind, words = page.locator(".story__lead img").evaluate(COLOURS)
            dark, light = sorted(map(light_of, (behind, words)))
            assert light / dark >= 4.5, (scheme, color, behind, words)
            if color == "f00":
                assert behind[0] > behind[1] + 40, (scheme, behind)
    reader.console.complaints.clear()
