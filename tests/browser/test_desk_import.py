"""An import from the desk, from the export to readers at old addresses, with a process of its own."""

import contextlib
import os
import shutil
import signal

import pytest
from django.conf import settings

from articles.models import Article, ImportJob
from tests import corpora, factories
from tests.articles.importers.wordpress.exports import export, item, meta
from tests.waiting import wait_until

from .people import DESKTOP, PHONE

pytestmark = pytest.mark.django_db(transaction=True)
LARGE = 4000 if corpora.is_full else 1000  # stories
FOLDER = settings.VAR_DIR / "import"
UPLOADS = "https://lantern.test/news/wp-content/uploads/"


@pytest.fixture(autouse=True)
def empty_folder():
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    yield
    shutil.rmtree(FOLDER, ignore_errors=True)


@pytest.fixture
def desk(reader, site, log_in):
    page = reader(**DESKTOP)
    log_in(page, factories.editor("chief"))
    return page


def story(number, **fields):
    return item(
        id=number,
        title=f"Story {number} of the harbour",
        body=f'<p>Text {number}.</p><img src="{UPLOADS}2021/07/boat-300x200.jpg" alt="A boat">',
        link=None,
        post_name=f"story-{number}",
        post_date="2021-07-22 12:00:00",
        post_date_gmt="2021-07-22 10:00:00",
        **fields,
    ).replace("<title>", f"<link>https://lantern.test/town/story-{number}.html</link><title>", 1)


def old_site():
    library = item(
        meta("_wp_attached_file", "2021/07/boat.jpg"),
        id=90,
        title="boat",
        body="",
        type="attachment",
        status="inherit",
        attachment_url="https://lantern.test/wp-content/uploads/2021/07/boat.jpg",
    )
    return export(*map(story, range(1, 6)), library)


def test_an_editor_imports_and_readers_land_in_one_hop(desk, site, reader):
    (FOLDER / "uploads" / "2021" / "07").mkdir(parents=True)
    (FOLDER / "uploads" / "2021" / "07" / "boat.jpg").write_bytes(factories.picture_bytes(1200, 900))
    desk.goto(f"{site.url}/admin/articles/importjob/add/")
    desk.set_input_files(
        "input[type=file]", {"name": "The Lantern.xml", "mimeType": "text/xml", "buffer": old_site()}
    )
    desk.get_by_label("From the folder uploads").check()
    desk.get_by_role("button", name="Begin a dry run").click()
    desk.get_by_text("Done.").wait_for(timeout=60_000)
    assert "6 items: 6 imported" in desk.inner_text("pre.said")
    assert not Article.objects.exists()
    desk.get_by_role("link", name="Read the report").click()
    assert desk.inner_text("h1") == "Dry run of the import"
    desk.go_back()
    desk.get_by_role("button", name="Import now").click()
    desk.get_by_text("Done.").wait_for(timeout=60_000)
    assert Article.objects.count() == 5
    phone = reader(**PHONE)
    for old, headline in (
        ("/town/story-1.html", "Story 1"),
        ("/?p=2", "Story 2"),
        ("/town/story-3.html?utm_source=x", "Story 3"),
        ("/town/Story-4.html/", "Story 4"),
        ("/2021/07/22/story-5/amp/", "Story 5"),
    ):
        answer = phone.goto(site.url + old)
        hops = 0
        request = answer.request
        while request.redirected_from:
            hops, request = hops + 1, request.redirected_from
        assert (answer.status, hops) == (200, 1), old
        assert headline in phone.inner_text("h1")
    picture = phone.request.get(f"{site.url}/wp-content/uploads/2021/07/boat-300x200.jpg")
    assert picture.ok
    assert picture.headers["content-type"].startswith("image/")


def test_one_that_is_killed_says_so_and_goes_on(desk, site):
    (FOLDER / "large.xml").write_bytes(export(*map(story, range(1, LARGE + 1))))
    desk.goto(f"{site.url}/admin/articles/importjob/add/")
    desk.get_by_label("large.xml").check()
    desk.get_by_role("button", name="Begin a dry run").click()
    desk.get_by_text("Done.").wait_for(timeout=120_000)
    desk.get_by_role("button", name="Import now").click()
    desk.get_by_text("Under way.").wait_for(timeout=60_000)
    # It has just begun to write, so the most of it is still to be done.
    wait_until(Article.objects.exists, seconds=60)
    kill_processes_of(ImportJob.objects.first().pk)
    desk.get_by_text("The import stopped before it was done").wait_for(timeout=60_000)
    desk.get_by_role("button", name="Go on").click()
    desk.get_by_text("Done.").wait_for(timeout=180_000)
    assert Article.objects.count() == LARGE


def kill_processes_of(job):
    """That of the import, and those that it has begun to convert texts."""
    killed = 0
    for entry in os.scandir("/proc"):
        if entry.name.isdigit() and words_of(entry.name)[-2:] == ["import_job", str(job)]:
            with contextlib.suppress(ProcessLookupError):
                os.kill(int(entry.name), signal.SIGKILL)
                killed += 1
    assert killed, "the import had ended already"


def words_of(process):
    try:
        with open(f"/proc/{process}/cmdline", "rb") as file:
            return file.read().decode(errors="replace").rstrip("\0").split("\0")
    except OSError:
        return []
