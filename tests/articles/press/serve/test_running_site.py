"""The site under granian with two workers, the press embedded: no nginx, nobody who helps."""

import json
import os
import shutil
import signal
import threading
import time
from pathlib import Path

import pytest

from articles.models.addresses.paths import feed_addresses
from tests import forks
from tests.servers import Application, Desk, ask
from tests.waiting import wait_until

CLIENTS = 200


@pytest.fixture(scope="module")
def site(prepared, tmp_path_factory):
    site = Application(
        tmp_path_factory.mktemp("embedded"),
        workers=2,
        DJANGO_SETTINGS_MODULE="tests.articles.press.serve.counted_site",
    )
    site.var.mkdir()
    (site.var / "static").symlink_to(prepared.var / "static")
    shutil.copy(prepared.var / "newsroom.sqlite3", site.var)
    with site:
        yield site


@pytest.fixture(scope="module")
def desk(site):
    desk = Desk(site)
    yield desk
    desk.close()


def entered(site, path):
    """How often a request for that address has entered Django."""
    log = site.var / "entered.txt"
    return sum(line.split()[1] == path for line in log.read_text().splitlines()) if log.exists() else 0


def is_at_rest(site):
    """Whether no page is printed anew, and for a second none has been asked for."""
    log, walk = site.var / "entered.txt", site.var / "shelf/walk.json"
    before = log.read_text()
    time.sleep(1)
    return not walk.exists() and log.read_text() == before


def on_the_shelf(site, path):
    return site.var / "shelf/pages" / path.strip("/") / "index.html"


def leader(site):
    """The worker that holds the press's lock."""
    lock = site.var / "shelf/press.lock"
    locked = lock.stat().st_ino if lock.exists() else 0
    for line in Path("/proc/locks").read_text().splitlines():
        number, inode = line.split()[4:6]
        if "FLOCK" in line and "->" not in line and int(inode.rpartition(":")[2]) == locked:
            return int(number)
    return None


def says(site, path, words):
    """Whether the answer has the words; None if too many were asked for."""
    status, _, body = site.get(path)
    return None if status == 429 else words.encode() in body


class TestEmbeddedPress:
    def test_prints_what_is_published_with_no_visitor(self, site, desk):
        address = desk.do("publish", words="printed by itself")["address"]
        wait_until(on_the_shelf(site, address).exists)
        for path in ("/", "/world/", "/tag/coast/", "/author/mara-ellis/"):
            wait_until(
                lambda path=path: (
                    on_the_shelf(site, path).exists()
                    and b"printed by itself" in on_the_shelf(site, path).read_bytes()
                )
            )

    def test_what_is_withdrawn_is_gone_from_all_that_readers_and_machines_ask_for(self, site, desk):
        story = desk.do("publish", words="soon withdrawn")
        address, month = story["address"], story["address"][1:8]
        starts = ("/", "/world/", "/tag/coast/", "/author/mara-ellis/")
        places = [
            *starts,
            *(feed for start in starts for feed in feed_addresses(start)),
            *(f"{start}{month}/" for start in starts),
            *("/sitemap-news.xml", f"/sitemap-{month.replace('/', '-')}.xml"),
            *("/search/?q=soon+withdrawn", "/search/suggestions/?q=soon+withdrawn"),
        ]
        for place in places:
            wait_until(lambda place=place: says(site, place, address))
        assert site.get(f"{address}index.md")[0] == 200
        desk.do("withdraw", number=story["number"])
        for place in places:
            wait_until(lambda place=place: says(site, place, address) is False)
        for place in (address, f"{address}index.md"):
            wait_until(lambda place=place: site.get(place)[0] == 410)
        assert site.get(f"/oembed?url={site.url}{address}")[0] == 404

    def test_a_scheduled_story_comes_and_never_before_its_second(self, site, desk):
        asked = time.time()
        file = on_the_shelf(site, desk.do("publish", words="at its second", after=2.0)["address"])
        wait_until(file.exists)
        assert time.time() - asked > 2

    def test_another_worker_takes_over_from_one_that_was_killed(self, site, desk):
        wait_until(lambda: leader(site))
        killed = leader(site)
        os.kill(killed, signal.SIGKILL)
        address = desk.do("publish", words="after the kill")["address"]
        wait_until(on_the_shelf(site, address).exists)
        assert leader(site) not in (None, killed)

    def test_goes_on_when_its_shelf_is_deleted(self, site, desk):
        # Renamed first: the press goes on writing into what is being deleted.
        deleted = (site.var / "shelf").rename(site.var / "deleted")
        shutil.rmtree(deleted)
        address = desk.do("publish", words="on a new shelf")["address"]
        wait_until(on_the_shelf(site, address).exists)
        assert ask(site.port, "/world/").status == 200
        wait_until(lambda: leader(site))

    def test_a_second_press_is_refused(self, site):
        wait_until(lambda: leader(site))
        refused = site.manage("press", "run", check=False)
        assert refused.returncode != 0
        assert "Another press prints on" in refused.stderr

    def test_the_start_of_a_press_says_when_articles_have_to_be_prepared(self, site, desk):
        desk.do("publish", words="prepared by another version")
        wait_until(lambda: leader(site))
        said = "run: python manage.py prepare"
        assert said not in site.manage("press", "run", check=False).stdout
        site.manage(
            "shell", "-c", "from articles.models import Article; Article.objects.update(prepared_with='')"
        )
        assert said in site.manage("press", "run", check=False).stdout
        assert "articles and pages prepared." in site.manage("prepare").stdout
        assert said not in site.manage("press", "run", check=False).stdout


class TestPrintingOnTheWay:
    def test_two_hundred_who_ask_at_once_get_one_render(self, site, desk):
        desk.do("publish", words="for two hundred", section="Rivers")
        wait_until(on_the_shelf(site, "/rivers/").exists)
        wait_until(lambda: entered(site, "/rivers/"))
        # The first story of a section changes every page's list of sections, so all are printed anew.
        wait_until(lambda: is_at_rest(site), seconds=120)
        before = entered(site, "/rivers/")
        for file in on_the_shelf(site, "/rivers/").parent.glob("index*"):
            file.unlink()
        statuses, start = [], threading.Barrier(CLIENTS)

        def client():
            start.wait()
            statuses.append(ask(site.port, "/rivers/", accept_encoding="gzip").status)

        clients = [threading.Thread(target=client) for _ in range(CLIENTS)]
        for thread in clients:
            thread.start()
        for thread in clients:
            thread.join()
        assert statuses == [200] * CLIENTS
        assert entered(site, "/rivers/") - before == 1

    def test_a_page_in_another_script_is_printed_once_under_its_own_name(self, site, desk):
        desk.do("publish", words="written elsewhere", section="Häfen")
        address = "/h%C3%A4fen/"
        assert ask(site.port, address).status == 200
        assert on_the_shelf(site, "/häfen/").exists()
        time.sleep(0.5)
        before = entered(site, "/häfen/")
        assert ask(site.port, address, accept_encoding="br").headers["content-encoding"] == "br"
        assert entered(site, "/häfen/") == before


class TestPictures:
    def test_of_a_printed_page_are_there_and_never_enter_django(self, site, desk):
        address = desk.do("publish", words="with a picture", picture=True)["address"]
        wait_until(on_the_shelf(site, address).exists, seconds=60)
        page = on_the_shelf(site, address).read_text()
        paths = {
            part.split()[0]
            for part in page.replace('"', " ").replace(",", " ").split()
            if part.startswith("/media/")
        }
        assert len(paths) > 3
        for path in paths:
            answer = ask(site.port, path)
            assert (answer.status, answer.headers["content-length"]) == (200, str(len(answer.raw)))
            assert "immutable" in answer.headers["cache-control"]
            assert ask(site.port, path, if_none_match=answer.headers["etag"]).status == 304
            assert entered(site, path) == 0

    @pytest.mark.parametrize(
        "path", ["/media/masters/", "/media/../newsroom.sqlite3", "/media/renditions/../../secret-key.txt"]
    )
    def test_are_all_that_is_handed_out_of_their_folder(self, site, path):
        assert ask(site.port, path).status in (400, 404)


class TestPressRun:
    """The press as a process of its own."""

    @pytest.fixture
    def other(self, site, tmp_path):
        return site.environment() | {"VAR_DIR": str(site.var), "PRESS_SHELF": str(tmp_path / "shelf")}

    def start(self, environment):
        press = forks.start(["manage.py", "press", "run"], env=environment, stdout=forks.PIPE)
        assert "The press prints on" in press.stdout.readline()
        return press

    def test_stops_within_two_seconds_when_told(self, other):
        press = self.start(other)
        time.sleep(0.5)
        started = time.monotonic()
        press.send_signal(signal.SIGTERM)
        assert press.wait(5) == 0
        assert time.monotonic() - started < 2

    def test_once_prints_what_is_due_and_ends(self, site, desk, other, tmp_path):
        assert forks.run(["manage.py", "press", "once"], env=other).returncode == 0
        address = desk.do("publish", words="printed once")["address"]
        assert forks.run(["manage.py", "press", "once"], env=other).returncode == 0
        assert (tmp_path / "shelf/pages" / address.strip("/") / "index.html").exists()
        position = json.loads((tmp_path / "shelf/position.json").read_text())
        assert position["last"] == desk.do("written")["last"]

    def test_all_check_and_status_say_how_it_stands(self, site, desk, other):
        def press(*act):
            return forks.run(["manage.py", "press", *act], env=other)

        said = press("all", "--jobs", "2").stdout
        assert "0 failed" in said
        assert press("check").stdout.strip().endswith("0 differences.")
        shelf = Path(other["PRESS_SHELF"])
        (shelf / "pages/world/index.html").write_text("not what the view says")
        checked = press("check")
        assert checked.returncode == 1
        assert "/world/ is printed with another text than the view's" in checked.stdout
        # Presses of the tests before may have been away for more than a minute, of which its exit code tells. Consumers of the
        # outbox, such as related articles, may be about to have a page printed.
        wait_until(lambda: "runs; nothing waits" in press("status").stdout)

    def test_check_asks_the_shelf_for_the_address_that_it_was_printed_for(self, desk, other):
        desk.do("publish", words="printed for another port")

        def press(*act, **said):
            environment = {name: value for name, value in other.items() if name != "SITE_URL"} | said
            return forks.run(["manage.py", "press", *act], env=environment)

        assert "0 failed" in press("all", "--jobs", "1", PORT="8137").stdout
        checked = press("check")
        assert checked.stdout.strip().endswith("pages compared, 0 differences."), checked.stdout
        elsewhere = press("check", SITE_URL="http://127.0.0.1:8137")
        assert elsewhere.returncode == 1
        assert "was printed for http://localhost:8137" in elsewhere.stderr
        assert "SITE_URL=http://localhost:8137" in elsewhere.stderr
