"""What a request carries chooses no file, shows nobody's page to another, and fills no disk.

Each through granian and through nginx, over the wire as it is written here.
"""

import random
import shutil
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests import corpora
from tests.servers import ask

# Names that nobody has: more than there may be locks.
NAMES = 2000 if corpora.is_full else 800
CANARY = "canary-7f3a.example"
PATHS = [
    "/admin/x.css",
    "/admin/articles/article/x.html",
    "/admin;/",
    "//",
    "///",
    f"//{CANARY}/",
    f"//{CANARY}/%2e%2e/",
    f"/\\{CANARY}/",
    "/%2f%2fadmin/",
    "/%2e%2e/position.json",
    "/..%2fposition.json",
    "/%2e%2e/%2e%2e/newsroom.sqlite3",
    "/a/../../secret-key.txt",
    "/..;/secret-key.txt",
    "/%252e%252e/secret-key.txt",
    "/static/%2e%2e/secret-key.txt",
    "/static/..%2f..%2fsecret-key.txt",
    "/media/%2e%2e/newsroom.sqlite3",
    "/media/renditions/%2e%2e/%2e%2e/secret-key.txt",
    "/%00",
    "/world/%00/",
    "/world%00.html",
    "/world;/",
    "/world/;x=1/",
    "/world/index.html",
    "/index.html.gz",
    "/pages/index.html",
    "/gone/",
    "/none/world/",
    "/position.json",
    "/press.lock",
    "/newsroom-away.html",
    "/WORLD/",
    "/World/",
    "/world./",
    "/world../",
    "/world/.",
    "/world /",
    "/world%20/",
    "/world%0d%0aX-Canary:%201/",
    "/%ff%fe/",
    "/%e2%80%ae/",
    "/" + "a" * 8000,
    "/" + "a/" * 4000,
    "/" + "%2e" * 2600,
    "/2026/11/22/" + "x" * 300 + "/",
    "/?" + "p" * 8000,
    "*",
    "world/",
]
SECRETS = (b"SQLite format 3", b'"clock"', b"Traceback", b"csrfmiddlewaretoken=")
LYING = {
    "x_forwarded_host": CANARY,
    "x_forwarded_proto": "ftp",
    "x_forwarded_port": "6666",
    "x_forwarded_prefix": f"/{CANARY}",
    "x_forwarded_for": "6.6.6.6",
    "x_original_url": f"/{CANARY}/",
    "x_rewrite_url": f"/{CANARY}/",
    "x_script_name": f"/{CANARY}",
    "x_http_method_override": "POST",
    "x_host": CANARY,
    "forwarded": f"host={CANARY};proto=ftp",
    "referer": f"https://{CANARY}/",
    "origin": f"https://{CANARY}",
    "user_agent": CANARY,
    "accept_language": "xx-canary-7f3a",
}


@pytest.fixture(params=["ask_application", "ask"], ids=["granian", "nginx"])
def asked(house, request):
    return getattr(house, request.param)


def files(folder):
    return {file for file in folder.rglob("*") if file.is_file()}


def everything_printed(house):
    shelf = house.site.shelf
    return b"".join(bytes_of(file) for file in files(shelf) if file.suffix not in (".gz", ".br"))


def bytes_of(file):
    """None of a file that the press has taken away since it was listed, such as a note of what it has done."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        return b""


class TestAPathThatLies:
    @pytest.mark.parametrize("path", PATHS, ids=lambda path: path[:30])
    def test_finds_nothing(self, house, asked, path):
        secret = (house.site.var / "secret-key.txt").read_bytes()
        answer = asked(path)
        location = answer.headers.get("location", "")
        # 200 only where nginx reads an address as RFC 3986 does, and it is one of ours.
        assert answer.status in (0, 200, 301, 302, 400, 404, 405, 414), path
        if answer.status == 200:
            assert answer.raw == house.ask(answer_to(path)).raw, path
        assert CANARY not in location.partition("?")[0] or location.startswith("/admin/login/"), location
        assert not location.startswith(("//", "/\\"))
        assert "x-canary" not in answer.headers
        assert secret not in answer.raw
        assert not any(found in answer.raw for found in SECRETS)

    def test_leaves_nothing_on_the_shelf(self, house, asked):
        before = files(house.site.shelf)
        for path in PATHS:
            asked(path)
            asked(path, method="HEAD")
        assert {file for file in files(house.site.shelf) - before if "locks" not in file.parts} == set()


def answer_to(path):
    """The address that a path is, once dots and a query are resolved."""
    return {"/world/.": "/world/"}.get(path, path.partition("?")[0])


class TestHeadersThatLie:
    def test_do_not_reach_a_page_that_is_printed_on_the_way(self, house, asked):
        before = house.ask("/world/").body
        shutil.rmtree(house.site.shelf / "pages" / "world")
        answer = asked("/world/", **LYING)
        assert answer.status == 200
        assert answer.body == before
        assert CANARY.encode() not in answer.raw
        assert (house.site.shelf / "pages" / "world" / "index.html").read_bytes() == before
        assert b"canary" not in everything_printed(house)

    def test_do_not_lead_elsewhere(self, asked):
        for path in ("/world", "/?amp=1", "/admin/", "/2026/11/22/x/amp/"):
            location = asked(path, **LYING).headers.get("location", "")
            assert "canary" not in location
            assert "ftp" not in location

    def test_another_host_is_no_site_of_ours(self, house):
        for host in (CANARY, f"localhost.{CANARY}", f"localhost@{CANARY}", f"{CANARY}:80", ""):
            through_granian = ask_as(house.site.application.port, host)
            through_nginx = ask_as(house.site.port, host)
            assert through_granian.status == 400, host
            assert through_nginx.status in (0, 400), host
        assert b"canary" not in everything_printed(house)

    def test_an_address_that_names_another_host_is_ours_or_nobodys(self, house):
        for port in (house.site.application.port, house.site.port):
            answer = ask(port, f"http://{CANARY}/world/", host="localhost")
            assert answer.status in (0, 400) or answer.body == house.ask("/world/").body
        assert b"canary" not in everything_printed(house)


class TestTheCookieOfAnother:
    def test_an_editor_reads_what_everybody_reads(self, house, asked):
        key = house.desk.do("login")
        cookie = f"sessionid={key}; messages=canary; csrftoken={'c' * 32}"
        assert house.ask_application("/admin/", cookie=cookie).status == 200
        before = house.ask(house.story).body
        shutil.rmtree(house.site.shelf / "pages" / house.story.strip("/"))
        for _printed_on_the_way_then_from_the_shelf in range(2):
            answer = asked(house.story, cookie=cookie)
            assert answer.status == 200
            assert answer.body == before
            assert "set-cookie" not in answer.headers
            assert "private" not in answer.headers["cache-control"]
        assert key.encode() not in everything_printed(house)

    def test_a_choice_is_nobody_elses(self, house, asked):
        before = house.ask(house.story).body
        shutil.rmtree(house.site.shelf / "pages" / house.story.strip("/"))
        chosen = asked(house.story, cookie="site_version=desktop")
        assert b'data-site-version="desktop"' in chosen.body
        assert asked(house.story).body == before


class TestAWithdrawnStory:
    def test_is_not_confirmed_to_who_has_it(self, house, asked):
        words = f"a mistake, number {random.randrange(10**9)}"  # noqa: S311 - a name, not a secret
        story = house.desk.do("publish", words=words)
        house.site.wait_for_press(house.desk)
        had = {coding: asked(story["address"], accept_encoding=coding) for coding in ("", "gzip", "br")}
        assert all(words.encode() in answer.body for answer in had.values())
        house.desk.do("withdraw", number=story["number"])
        house.site.wait_for_press(house.desk)
        for coding, answer in had.items():
            known = (
                {"if_none_match": answer.headers["etag"]},
                {"if_modified_since": answer.headers["last-modified"]},
            )
            for more in (*known, {"range": "bytes=0-5000"}, {"cookie": "site_version=mobile"}, {}):
                now = asked(story["address"], accept_encoding=coding, **more)
                assert now.status == 410, more
                assert words.encode() not in now.body
        assert words.encode() not in everything_printed(house)


class TestManyNames:
    def test_do_not_fill_the_shelf(self, house):
        before = files(house.site.shelf)
        dice = random.Random(5)  # noqa: S311 - names, not secrets
        letters = "abcdefghijklmnopqrstuvwxyz0123456789-_/"

        def unknown(number):
            word = "".join(dice.choice(letters) for _ in range(dice.randrange(3, 40)))
            kinds = (
                f"/{word}/",
                f"/tag/{word}/",
                f"/world/{word}/",
                f"/2019/01/01/{word}/",
                f"/world/?{word}=1",
            )
            asked = house.ask_application if number % 2 else house.ask
            return asked(kinds[number % len(kinds)]).status

        with ThreadPoolExecutor(4) as pool:
            statuses = set(pool.map(unknown, range(NAMES)))
        assert statuses <= {200, 301, 404}
        new = {file for file in files(house.site.shelf) - before if "locks" not in file.parts}
        assert new == set()
        assert sum(1 for _ in (house.site.shelf / "locks").iterdir()) <= 256


def ask_as(port, host):
    return ask(port, "/world/", host=host or " ")
