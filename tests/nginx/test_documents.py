"""Documents come out of nginx as out of our own server: the same bytes, and the same headers that matter."""

import pytest

from articles.documents import KINDS, stored_name

SAME = (
    *("content-type", "content-length", "content-range", "content-disposition", "content-security-policy"),
    *("x-content-type-options", "cache-control", "content-encoding", "last-modified"),
)
DATA = bytes(range(256)) * 20_000


@pytest.fixture
def stored(house):
    def store(ending, data=DATA):
        name = stored_name("a talk", KINDS[ending], secret="abcdefghijklmnop")
        file = house.site.var / "media" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(data)
        return f"/media/{name}"

    return store


def both(house, path, **asked):
    """The answer; the same from both."""
    ours, theirs = house.ask_application(path, **asked), house.ask(path, **asked)
    assert theirs.status == ours.status
    assert {name: theirs.headers.get(name) for name in SAME} == {
        name: ours.headers.get(name) for name in SAME
    }
    assert theirs.raw == ours.raw
    return theirs


@pytest.mark.parametrize("ending", list(KINDS))
def test_of_each_kind(house, stored, ending):
    answer = both(house, stored(ending), accept_encoding="gzip, br")
    assert (answer.status, answer.raw) == (200, DATA)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == KINDS[ending].media_type


@pytest.mark.parametrize("asked", ["bytes=0-", "bytes=5-9", "bytes=-3", "bytes=4000000-"])
def test_a_piece(house, stored, asked):
    assert both(house, stored("mp3"), range=asked).status == 206


def test_a_piece_behind_the_end(house, stored):
    path = stored("mp3", b"short")
    for ask in (house.ask, house.ask_application):
        assert ask(path, range="bytes=5-").status == 416


def test_one_that_is_not_there(house):
    assert both_status(house, "/media/documents/ab/abcdefghijklmnop/none.pdf") == 404


def test_no_other_file_of_the_folder(house, stored):
    stored("pdf")
    (house.site.var / "media" / "documents" / "ab" / "secret.txt").write_text("secret")
    assert both_status(house, "/media/documents/ab/secret.txt") == 404


def both_status(house, path):
    ours, theirs = house.ask_application(path), house.ask(path)
    assert theirs.status == ours.status
    return theirs.status
