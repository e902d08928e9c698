"""What Chromium makes of the policy that pages carry: theirs runs, nobody else's does, however old the page is."""

import contextlib
import functools
import http.server
import shutil
import threading

import pytest

from articles.models.addresses.paths import embed_address
from tests import factories
from tests.servers.application import ROOT
from tests.servers.house import printed
from tests.waiting import wait_until

RELEASES = range(3)
MARKED = {
    "css/tokens.css": ":root {{ --release: {release}; }}",
    "js/site_version.js": "document.documentElement.dataset.headOf = {release};",
    "js/enhancements/edit_link.js": "document.documentElement.dataset.endOf = {release};",
}
INTRUDERS = """
<script>document.documentElement.dataset.intruder = 1</script>
<img src="/nowhere.png" alt="" onerror="document.documentElement.dataset.intruder = 1">
<script src="/static/icons/icon.svg"></script>
<style>.page { display: none }</style>
<p style="position: fixed">Words</p>
<iframe src="https://intruder.example/"></iframe>
"""


def marks(page):
    """Of which release the page's style and scripts are, as far as they are in force."""
    return page.evaluate(
        "() => [getComputedStyle(document.documentElement).getPropertyValue('--release'),"
        " document.documentElement.dataset.headOf, document.documentElement.dataset.endOf]"
    )


@contextlib.contextmanager
def other_site(folder):
    """A site of somebody else's with the files of the folder."""
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


class TestAPage:
    pytestmark = pytest.mark.django_db(transaction=True)

    def test_runs_nothing_that_was_slipped_into_it(self, site, reader, phone):
        address = site.url + factories.published_article().get_absolute_url()

        def slip_in(route):
            answer = route.fetch()
            route.fulfill(response=answer, body=answer.text().replace("</main>", f"{INTRUDERS}</main>"))

        phone.route(address, slip_in)
        phone.goto(address)
        assert phone.locator("html").get_attribute("data-intruder") is None
        assert phone.locator(".page").is_visible()
        assert phone.locator("p[style]").evaluate("each => getComputedStyle(each).position") == "static"
        complaints = reader.console.complaints
        # Two scripts, a handler, a style sheet, a style attribute, a frame.
        assert sum("Content Security Policy" in each for each in complaints) == 6, complaints
        complaints.clear()
        phone.get_by_role("button", name="Exit mobile version").click()
        wait_until(lambda: phone.evaluate("innerWidth === 1180"))

    def test_is_framed_by_nobody_and_its_card_by_anybody(self, site, reader, desktop, tmp_path):
        article = factories.published_article(headline="The wall")
        card, page = embed_address(article.uid), article.get_absolute_url()
        frames = f'<iframe src="{site.url}{card}"></iframe><iframe src="{site.url}{page}"></iframe>'
        (tmp_path / "index.html").write_text(frames)
        with other_site(tmp_path) as address:
            desktop.goto(address)
            card, page = (
                desktop.frame_locator("iframe").nth(number).get_by_role("heading") for number in (0, 1)
            )
            card.wait_for()
            assert (card.inner_text(), page.count()) == ("The wall", 0)
        complaints = reader.console.complaints
        assert all("frame-ancestors" in each for each in complaints), complaints
        complaints.clear()

    def test_opens_a_frame_that_it_has_an_embed_for(self, site, reader, desktop):
        body = "<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>"
        article = factories.published_article(body=body)
        desktop.route("https://www.youtube-nocookie.com/**", lambda route: route.fulfill(body="The film"))
        desktop.goto(site.url + article.get_absolute_url())
        desktop.locator(".embed a").first.click()
        assert desktop.frame_locator(".embed iframe").locator("body").inner_text() == "The film"


@pytest.fixture(scope="module")
def old_shelf(start_website, tmp_path_factory):
    """A running site whose press has fallen asleep: of each release one story stands on the shelf as that printed it."""
    site = start_website(PRESS_EMBEDDED="0")
    desk = site.desk()
    stories = [desk.do("publish", words=f"printed by release {release}")["address"] for release in RELEASES]
    said, kept = site.application.variables, tmp_path_factory.mktemp("kept")
    ours = dict(said)
    for release, story in zip(RELEASES, stories, strict=True):
        said |= {"RELEASE": files_of(release, kept), "DJANGO_SETTINGS_MODULE": "tests.browser.release"}
        site.application.manage("press", "all", "--jobs", "1")
        shutil.copytree(printed(site, story).parent, kept / f"story-{release}")
    for release, story in zip(RELEASES, stories, strict=True):
        shutil.copytree(kept / f"story-{release}", printed(site, story).parent, dirs_exist_ok=True)
    said.clear()
    said.update(ours)
    return site, stories


def files_of(release, kept):
    """Style and scripts as that release had them: each says its number."""
    folder = kept / f"release-{release}"
    for name, mark in MARKED.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{(ROOT / 'static' / name).read_text()}\n{mark.format(release=release)}\n")
    return folder


class TestPagesOfOlderReleases:
    def test_keep_their_style_and_scripts(self, old_shelf, reader):
        """Whether nginx or the application hands them out."""
        site, stories = old_shelf
        for port in (site.application.port, site.port):
            for release, story in zip(RELEASES, stories, strict=True):
                page = reader(viewport={"width": 390, "height": 844}, is_mobile=True)
                page.goto(f"http://localhost:{port}{story}")
                assert marks(page) == [str(release)] * 3
                page.get_by_role("button", name="Exit mobile version").click()
                wait_until(lambda page=page: page.evaluate("innerWidth === 1180"))
