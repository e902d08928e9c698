"""What the second pass asks for is found at once, however long the export is."""

import pytest

from articles.importers.wordpress.records import Attachment, Item, Place
from articles.importers.wordpress.surveying import Scratch

SITE = 0
ASKED = {
    "an article at a path": lambda scratch: scratch.entry_at(SITE, "/7/"),
    "nothing at a path": lambda scratch: scratch.entry_at(SITE, "/nowhere/"),
    "an article with a number": lambda scratch: scratch.entry(SITE, "7"),
    "a slug that only one has": lambda scratch: scratch.is_only_one(SITE, "story-7"),
    "a page of a picture": lambda scratch: scratch.attachment_at(SITE, "/picture/7/"),
    "no page of a picture": lambda scratch: scratch.attachment_at(SITE, "/nowhere/"),
    "a picture with a number": lambda scratch: scratch.attachment(SITE, "1007"),
    "pictures below an article": lambda scratch: scratch.attachments_below(SITE, "7"),
    "a picture by its file": lambda scratch: scratch.attachment_with("https://lantern.test/7.jpg"),
    "those that show a picture": lambda scratch: scratch.shown_by(SITE, "1007"),
}


def filled(articles):
    scratch = Scratch(":memory:", file_key=str)
    for number in range(articles):
        item = Item(
            Place("a.xml", number, 0), title="T", post_id=str(number), link=f"https://a.test/{number}/"
        )
        scratch.add(SITE, item, "article", f"story-{number}")
        url, link = f"https://lantern.test/{number}.jpg", f"https://a.test/picture/{number}/"
        picture = Attachment(post_id=str(1000 + number), url=url, link=link, parent=str(number))
        scratch.add_attachment(SITE, picture)
        scratch.add_shown(SITE, [picture.post_id], by=str(number))
    scratch.finish()
    return scratch


def steps(scratch, ask):
    """How many steps SQLite takes to answer."""
    taken = []
    scratch.database.set_progress_handler(lambda: taken.append(1), 1)
    answer = ask(scratch)
    scratch.database.set_progress_handler(None, 1)
    return len(taken), answer


@pytest.fixture(scope="module")
def short():
    return filled(20)


@pytest.fixture(scope="module")
def long():
    return filled(800)


@pytest.mark.parametrize("asked", ASKED)
def test_an_answer_takes_no_longer_in_a_long_export(short, long, asked):
    few, one = steps(short, ASKED[asked])
    many, other = steps(long, ASKED[asked])
    assert one == other
    assert 0 < many <= few + 2
