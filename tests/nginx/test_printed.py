"""Printed pages come out of nginx as they come out of the application, byte for byte and header for header."""

import pytest

from articles.http.content_policy import OF_FILES, OF_PAGES
from articles.press.shelf.files import FolderShelf
from articles.press.shelf.interface import PrintedPage
from tests.servers.house import printed

# Each says these of itself and of the connection.
OF_THE_SERVER = {"server", "date", "connection", "transfer-encoding"}
CODINGS = ["", "gzip", "br", "gzip, deflate, br", "br;q=0, gzip", "gzip;q=0", "identity", "*;q=0"]


def said(answer):
    return {name: value for name, value in answer.headers.items() if name not in OF_THE_SERVER}


@pytest.fixture(params=["", "gzip", "br"])
def coding(request):
    return request.param


class TestAPage:
    @pytest.mark.parametrize("accepted", CODINGS)
    def test_is_what_the_application_says(self, house, accepted):
        for path in ("/", house.story, "/world/", "/tag/coast/"):
            ours = house.ask_application(path, accept_encoding=accepted)
            theirs = house.ask(path, accept_encoding=accepted)
            assert theirs.status == ours.status == 200
            assert said(theirs) == said(ours)
            assert theirs.raw == ours.raw

    def test_comes_from_the_shelf(self, house, coding):
        ending = {"": "", "gzip": ".gz", "br": ".br"}[coding]
        file = printed(house.site, house.story)
        answer = house.ask(house.story, accept_encoding=coding)
        assert answer.raw == file.with_name(file.name + ending).read_bytes()
        assert answer.headers.get("content-encoding", "") == coding

    def test_is_compressed_for_stores_in_front_too(self, house):
        answer = house.ask(house.story, accept_encoding="gzip", via="1.1 cdn")
        assert answer.headers["content-encoding"] == "gzip"

    def test_is_not_sent_twice(self, house, coding):
        first = house.ask(house.story, accept_encoding=coding)
        for known in (
            {"if_none_match": first.headers["etag"]},
            {"if_modified_since": first.headers["last-modified"]},
        ):
            ours = house.ask_application(house.story, accept_encoding=coding, **known)
            theirs = house.ask(house.story, accept_encoding=coding, **known)
            assert theirs.status == ours.status == 304
            assert said(theirs) == said(ours)
            assert theirs.raw == ours.raw == b""

    @pytest.mark.parametrize("known", [{}, {"if_none_match": "*"}])
    def test_carries_its_own_policy_and_is_sent_with_the_rest_of_it(self, house, known):
        for path in ("/", house.story, house.withdrawn):
            for answer in (house.ask(path, **known), house.ask_application(path, **known)):
                assert answer.headers["content-security-policy"] == OF_PAGES, (path, answer.status)

    def test_that_is_text_may_load_and_run_nothing(self, house):
        house.ask_application("/robots.txt")
        for known in ({}, {"if_none_match": "*"}):
            for answer in (house.ask("/robots.txt", **known), house.ask_application("/robots.txt", **known)):
                assert answer.headers["content-security-policy"] == OF_FILES
                assert answer.status == (304 if known else 200)

    def test_may_be_an_icon_or_a_text_for_machines(self, house, coding):
        for path in ("/favicon.ico", "/apple-touch-icon.png", "/site.webmanifest", "/robots.txt"):
            ours = house.ask_application(path, accept_encoding=coding)
            theirs = house.ask(path, accept_encoding=coding)
            assert list(printed(house.site, path).parent.glob("index.*"))
            assert theirs.status == ours.status == 200
            assert said(theirs) == said(ours)
            assert theirs.raw == ours.raw

    @pytest.mark.parametrize("known", [{}, {"if_none_match": "*"}])
    def test_of_breaking_news_is_asked_for_each_time_and_comes_from_the_shelf_alone(self, house, known):
        house.ask_application("/breaking.txt")
        assert printed(house.site, "/breaking.txt").with_name("index.txt").exists()
        theirs, ours = (ask("/breaking.txt", **known) for ask in (house.ask, house.ask_application))
        assert theirs.headers["cache-control"] == "no-cache"
        assert said(theirs) == said(ours)
        assert theirs.raw == ours.raw
        assert house.ask("/robots.txt").headers["cache-control"] != "no-cache"

    def test_may_stand_under_well_known_beside_a_story_and_below_other_pages(self, house):
        shelf = FolderShelf(house.site.shelf)
        for path, kind in (
            ("/.well-known/x.txt", "text/plain"),
            (f"{house.story}index.md", "text/markdown"),
            ("/about/the-team/1/history/", "text/html; charset=utf-8"),
        ):
            shelf.put(path, PrintedPage(200, kind, b"As it stands on the shelf."))
            ours, theirs = house.ask_application(path), house.ask(path)
            assert theirs.body == ours.body == b"As it stands on the shelf."
            assert said(theirs) == said(ours)
            shelf.remove(path)
        assert house.ask(house.story).status == 200

    @pytest.mark.parametrize("known", [{}, {"if_none_match": "*"}])
    def test_may_be_framed_if_it_is_a_card_for_that_and_no_other(self, house, known):
        for status, path in zip((200, 410), house.embeds, strict=True):
            house.ask(path)
            for answer in (house.ask(path, **known), house.ask_application(path, **known)):
                assert answer.status == (304 if known and status == 200 else status)
                assert answer.headers["content-security-policy"] == "frame-ancestors *"
                assert "x-frame-options" not in answer.headers
            assert said(house.ask(path)) == said(house.ask_application(path))
        for path in (house.story, house.withdrawn, "/embed/x/"):
            assert house.ask(path).headers["x-frame-options"] == "DENY"

    def test_has_a_twin_that_search_engines_do_not_list(self, house):
        twin = f"{house.story}index.md"
        first = house.ask(twin)
        assert printed(house.site, twin).with_name("index.markdown").exists()
        for answer in (first, house.ask(twin), house.ask_application(twin)):
            assert answer.headers["x-robots-tag"] == "noindex"
            assert answer.headers["content-type"] == "text/markdown; charset=utf-8"
            assert answer.body.startswith(b"# The harbour")
        assert "x-robots-tag" not in house.ask(house.story).headers
        assert house.ask(f"{house.withdrawn}index.md").status == 410

    def test_has_a_head(self, house):
        ours = house.ask_application(house.story, method="HEAD", accept_encoding="gzip")
        theirs = house.ask(house.story, method="HEAD", accept_encoding="gzip")
        assert theirs.status == ours.status == 200
        assert said(theirs) == said(ours)
        assert theirs.raw == b""

    def test_is_the_same_under_words_that_mean_nothing(self, house):
        known = house.ask(house.story).headers["etag"]
        for query in ("utm_source=mail", "fbclid=x", "q=1&utm_medium=p", "pp=1"):
            assert house.ask(f"{house.story}?{query}").headers["etag"] == known

    def test_is_not_handed_out_under_words_that_mean_another(self, house):
        for query in ("p=1", "utm_source=x&p=1", "%70=1", "x;page_id=7", "attachment_id", "feed=rss2"):
            answer = house.ask(f"{house.story}?{query}")
            assert answer.headers.get("etag") != house.ask(house.story).headers["etag"], query

    def test_leads_from_old_addresses_to_the_clean_one(self, house):
        answer = house.ask(f"{house.story}?amp=1")
        assert (answer.status, answer.headers["location"]) == (301, house.story)


class TestAWithdrawnStory:
    def test_is_gone(self, house, coding):
        ours = house.ask_application(house.withdrawn, accept_encoding=coding)
        theirs = house.ask(house.withdrawn, accept_encoding=coding)
        assert theirs.status == ours.status == 410
        assert said(theirs) == said(ours)
        assert theirs.raw == ours.raw
        assert b"as it never was" not in theirs.body

    def test_is_gone_for_who_knows_its_old_page(self, house):
        etag = house.ask(house.withdrawn).headers["etag"]
        for known in (etag, "*", '"1-1"'):
            answer = house.ask(house.withdrawn, if_none_match=known)
            assert answer.status == 410
            assert answer.is_whole

    def test_has_no_address_of_its_own_on_the_shelf(self, house):
        for path in (f"/gone{house.withdrawn}", f"/pages{house.story}", "/none/", "/position.json"):
            assert house.ask(path).status == 404


class TestTheChoice:
    def test_is_applied_by_the_application(self, house):
        answer = house.ask(house.story, cookie="a=b; site_version=desktop")
        assert answer.status == 200
        assert b'data-site-version="desktop"' in answer.body
        assert "private" in answer.headers["cache-control"]

    def test_is_set_through_nginx(self, house):
        form = b"site_version=desktop&next=/"
        kind = "application/x-www-form-urlencoded"
        for cookie in ("a=b", "site_version=mobile"):
            answer = house.ask("/site-version/", method="POST", body=form, content_type=kind, cookie=cookie)
            assert answer.status == 303, cookie
            assert "no-store" in answer.headers["cache-control"]

    def test_of_another_name_does_not_matter(self, house):
        answer = house.ask(house.story, cookie="xsite_version=desktop; sessionid=abc")
        assert b"data-site-version=" not in answer.body.partition(b">")[2][:200]
        assert answer.headers["etag"] == house.ask(house.story).headers["etag"]


class TestFiles:
    def test_style_and_script_come_from_nginx_for_ever(self, house):
        # Readers' pages hold their style and script in themselves; those of the desk name files.
        page = house.ask("/admin/login/").body
        start = page.index(b"/static/")
        path = page[start : page.index(b'"', start)].decode()
        answer = house.ask(path, accept_encoding="gzip")
        ours = house.ask_application(path, accept_encoding="gzip")
        assert answer.status == ours.status == 200
        assert answer.headers["server"] == "nginx"
        assert answer.headers["cache-control"] == ours.headers["cache-control"]
        assert (
            answer.headers["content-type"].partition(";")[0] == ours.headers["content-type"].partition(";")[0]
        )
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["content-security-policy"] == OF_FILES
        assert ours.headers["content-security-policy"] == OF_FILES
        assert answer.body == ours.body

    def test_pictures_that_a_page_names_need_no_application(self, house):
        page = house.ask(house.story).body.decode()
        names = {
            word.split()[0] for word in page.replace('"', ",").split(",") if "/media/renditions/" in word
        }
        paths = [name[name.index("/media/") :] for name in names]
        assert paths
        for path in paths:
            ours, theirs = house.ask_application(path), house.ask(path)
            assert theirs.status == ours.status == 200
            assert theirs.raw == ours.raw
            assert theirs.headers["content-security-policy"] == OF_FILES
            assert ours.headers["content-security-policy"] == OF_FILES
            assert theirs.headers["cache-control"] == ours.headers["cache-control"]
            assert theirs.headers["content-type"] == ours.headers["content-type"]
            assert theirs.headers["server"] == "nginx"

    def test_nothing_else_of_the_media_folder_is_handed_out(self, house):
        masters = [file for file in (house.site.var / "media").rglob("*") if file.is_file()]
        hidden = [file for file in masters if not {"renditions", "documents"} & set(file.parts)]
        assert hidden
        for file in hidden:
            path = "/" + file.relative_to(house.site.var).as_posix()
            assert house.ask(path).status == 404, path

    def test_what_does_not_exist_is_a_page_of_the_paper(self, house):
        for path in (
            "/static/none.css",
            "/static/",
            "/static/../newsroom.sqlite3",
            "/media/renditions/1/x/1x1.jpg",
        ):
            assert house.ask(path).status == 404, path
