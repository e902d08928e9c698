"""An import is killed at any moment and given again: in the end everything is as if nobody had killed it."""

import json
import random
import shutil
import time

import pytest

from tests import corpora, factories, forks
from tests.articles.importers.wordpress.exports import category, element, export, item, meta, written
from tests.servers.application import Application
from tests.servers.fixtures import link_files

# How often an import is killed. Every second time, the next one is killed too, before one may end.
WITH_PICTURES, WITH_WORKERS = (100, 30) if corpora.is_full else (3, 1)
UPLOADS = "https://lantern.test/wp-content/uploads/"


def attachment(number):
    return item(
        meta("_wp_attached_file", f"{number}.jpg"),
        meta("_wp_attachment_image_alt", f"A drawing, {number}"),
        id=900 + number,
        title="IMG",
        body="",
        type="attachment",
        status="inherit",
        attachment_url=f"{UPLOADS}{number}.jpg",
        link=f"https://lantern.test/drawing-{number}/",
    )


def story(number):
    body = f"<p>Story {number}, after [gallery] and <a href='/?p={number - 1}'>the one before</a>.</p>"
    figure = f'<figure><img src="{UPLOADS}{number % 8}.jpg"><figcaption>Here</figcaption></figure>'
    parts = [category(f"part-{number % 5}", f"Part {number % 5}"), category("all", "All")]
    parts += [category(f"tag-{number % 7}", f"Tag {number % 7}", "post_tag")]
    parts += [element("dc:creator", f"author-{number % 4}"), meta("_wp_old_slug", f"former-{number}")]
    parts += [meta("_thumbnail_id", str(900 + number % 8))] if number % 2 else []
    return item(
        *parts,
        element("link", f"https://lantern.test/{number}-of-many/"),
        element("guid", f"https://lantern.test/?p={number}"),
        id=number,
        title=f"Story {number}",
        body=body + figure,
        status="draft" if number % 9 == 0 else "publish",
        post_name=f"story-{number}",
        post_date_gmt=f"2020-03-{1 + number % 28:02} 10:00:00",
    )


def page(number):
    return item(
        id=number,
        title=f"Page {number}",
        post_name=f"page-{number}",
        type="page",
        post_date_gmt="2020-01-01 10:00:00",
    )


@pytest.fixture(scope="module")
def newsroom(prepared, tmp_path_factory):
    """A site with an export and its uploads, and imports and dumps of it that start at once."""
    folder = tmp_path_factory.mktemp("killed")
    site = Application(folder / "site", PRESS_EMBEDDED="0")
    uploads = folder / "uploads"
    uploads.mkdir()
    for number in range(8):
        (uploads / f"{number}.jpg").write_bytes(factories.picture_bytes(300, 200, seed=number))
    parts = [*map(story, range(1, 31)), *map(attachment, range(8)), *map(page, (50, 51))]
    file = written(folder, export(*parts))
    yield Newsroom(folder, site, prepared.var, [file, uploads, folder / "report"])


class Newsroom:
    def __init__(self, folder, site, empty, arguments):
        self.folder, self.site, self.empty, self.arguments = folder, site, empty, arguments

    def begin_anew(self):
        shutil.rmtree(self.site.var, ignore_errors=True)
        shutil.copytree(self.empty, self.site.var, ignore=shutil.ignore_patterns("static"))
        link_files(self.empty / "static", self.site.var / "static")

    def started(self, *, with_pictures):
        """An import that has just begun."""
        file, uploads, report = self.arguments
        given = [file, uploads if with_pictures else "", report]
        return self.site.begin(["-m", "tests.faults.one_import", *given])

    def dump(self):
        command = ["-m", "tests.faults.one_import", "dump"]
        said, _ = self.site.begin(command, stdout=forks.PIPE).communicate()
        return json.loads(said)


@pytest.mark.parametrize(
    ("kills", "with_pictures"),
    [(WITH_PICTURES, True), (WITH_WORKERS, False)],
    ids=["with pictures", "with workers"],
)
def test_the_end_is_the_same(newsroom, kills, with_pictures):
    dice = random.Random(7)  # noqa: S311 - moments
    newsroom.begin_anew()
    began = time.monotonic()
    assert newsroom.started(with_pictures=with_pictures).wait(300) == 0
    longest = time.monotonic() - began
    undisturbed = newsroom.dump()
    assert len(undisturbed["Imported"]) == 32
    assert len(undisturbed["files"]) == (8 if with_pictures else 0)
    while kills:
        newsroom.begin_anew()
        for _ in range(min(kills, 1 + kills % 2)):
            process = newsroom.started(with_pictures=with_pictures)
            time.sleep(dice.uniform(0, longest))
            was_there = process.poll() is None
            process.kill()
            process.wait()
            kills -= was_there
            # One that had ended does not count. The machine has more time for it now than at first.
            longest *= 1 if was_there else 0.7
        assert newsroom.started(with_pictures=with_pictures).wait(300) == 0
        found = newsroom.dump()
        for name, rows in undisturbed.items():
            assert found[name] == rows, name
