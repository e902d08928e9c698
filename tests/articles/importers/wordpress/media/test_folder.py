"""Files of a folder of uploads: found under each name that they may have, and nothing from elsewhere."""

import os
import unicodedata
from types import SimpleNamespace

import pytest

from articles.importers.wordpress.media import Folder, NotToBeHad
from articles.importers.wordpress.media.source import Wanted
from articles.importers.wordpress.media.wanted import wanted_at, wanted_of
from articles.importers.wordpress.records import Attachment

SITE = "https://lantern.test/news/wp-content/uploads/"


@pytest.fixture
def uploads(tmp_path):
    """Puts files into a folder; `read` gives the bytes and the note."""
    root = tmp_path / "uploads"
    root.mkdir()
    opened = []

    class Uploads:
        path = root

        def put(self, *paths):
            for path in paths:
                (root / path).parent.mkdir(parents=True, exist_ok=True)
                (root / path).write_bytes(os.fsencode(path))

        def read(self, wanted, most=50_000_000):
            opened.append(Folder(root))
            with opened[-1].open(wanted, most=most) as found:
                return SimpleNamespace(name=found.name, note=found.note, data=found.file.read())

        def refusal(self, wanted, most=50_000_000):
            with pytest.raises(NotToBeHad) as caught:
                self.read(wanted, most)
            return str(caught.value)

    yield Uploads()
    for each in opened:
        each.close()


def attachment(path, **fields):
    return wanted_of(Attachment("9", f"{SITE}{path}", **{"file": path, **fields}))


@pytest.mark.parametrize(
    ("wanted", "lies"),
    [
        (attachment("2021/07/boat.jpg"), "2021/07/boat.jpg"),
        (attachment("2021/07/boat.jpg"), "wp-content/uploads/2021/07/boat.jpg"),
        (attachment("2021/07/boat-300x200.jpg"), "2021/07/boat-300x200.jpg"),
        (attachment("2021/07/boat-scaled.jpg"), "2021/07/boat.jpg"),
        (attachment("2021/07/boat.jpg"), "2021/07/boat-scaled.jpg"),
        (attachment("2021/07/b-scaled.jpg", sizes=("raw.jpg",)), "2021/07/raw.jpg"),
        (attachment("boat.jpg"), "boat.jpg"),
        (attachment("sites/3/2021/boat.jpg", file="2021/boat.jpg"), "sites/3/2021/boat.jpg"),
        (attachment("sites/3/2021/boat.jpg", file=""), "2021/boat.jpg"),
        (attachment("2021//boat.jpg", file=""), "2021/boat.jpg"),
        (attachment("2021/gr%C3%BCn.jpg", file=""), unicodedata.normalize("NFD", "2021/grün.jpg")),
        (wanted_of(Attachment("9", "", file="2021/07/boat.jpg")), "2021/07/boat.jpg"),
        (
            wanted_of(Attachment("9", "https://lantern.files.wordpress.com/2021/07/b.jpg?w=9")),
            "2021/07/b.jpg",
        ),
        (wanted_at(f"https://i0.wp.com/{SITE[8:]}2021/b.jpg?ssl=1"), "2021/b.jpg"),
        (wanted_at(f"{SITE}2021/b-300x199.jpg"), "2021/b.jpg"),
        (wanted_at(f"{SITE}2021/b-300x199.jpg"), "2021/b-300x199.jpg"),
        (wanted_at("https://lantern.test/files/2012/b.jpg"), "2012/b.jpg"),
    ],
)
def test_found_by_its_path(uploads, wanted, lies):
    # One of the same name elsewhere does not confuse it.
    uploads.put(lies, f"elsewhere/{lies.rpartition('/')[2]}")
    found = uploads.read(wanted)
    assert (found.data, found.note) == (os.fsencode(lies), "")


def test_a_name_like_that_of_a_size_is_looked_up_before_it_is_shortened(uploads):
    uploads.put("boat-300x200.jpg", "boat.jpg")
    assert uploads.read(attachment("boat-300x200.jpg")).name == "boat-300x200.jpg"


def test_a_site_of_a_network_never_gets_the_picture_of_another(uploads):
    uploads.put("2021/boat.jpg", "sites/3/2021/other.jpg", "sites/4/2021/boat.jpg")
    assert "several files" in uploads.refusal(attachment("sites/3/2021/boat.jpg", file=""))


def test_found_by_a_unique_name_with_a_note(uploads):
    uploads.put("all/Boat.JPG")
    found = uploads.read(attachment("2021/07/boat.jpg"))
    assert (found.name, found.note) == ("all/Boat.JPG", "found by its name: all/Boat.JPG")
    uploads.put("more/boat.jpg")
    assert uploads.refusal(attachment("2021/07/boat.jpg")) == (
        "several files have its name: all/Boat.JPG, more/boat.jpg"
    )


def test_the_largest_of_the_smaller_copies_is_better_than_nothing(uploads):
    uploads.put("2021/boat-300x200.jpg", "2021/boat-1024x683.jpg")
    found = uploads.read(attachment("2021/boat.jpg", sizes=("boat-300x200.jpg", "boat-1024x683.jpg")))
    assert (found.name, found.note) == (
        "2021/boat-1024x683.jpg",
        "only a smaller copy was found: 2021/boat-1024x683.jpg",
    )


@pytest.mark.parametrize(
    "path", ["../secret.jpg", "2021/../../secret.jpg", "/../secret.jpg", "2021/./secret.jpg", "a\0b.jpg"]
)
def test_no_path_leads_out(uploads, path):
    (uploads.path.parent / "secret.jpg").write_bytes(b"secret")
    uploads.put("2021/boat.jpg")
    assert uploads.refusal(Wanted("", (path,))) == "its path leads out of the folder"
    assert "leads out" in uploads.refusal(wanted_of(Attachment("9", "", file=f"x/../{path}")))


def test_an_absolute_path_is_taken_below_the_folder(uploads):
    secret = uploads.path.parent / "secret.jpg"
    secret.write_bytes(b"secret")
    assert uploads.refusal(wanted_of(Attachment("9", f"file://{secret}", file=str(secret)))) == (
        "it is not in the folder"
    )
    assert "leads out" in uploads.refusal(Wanted("", (str(secret),)))


@pytest.mark.parametrize("encoded", ["%2e%2e/secret.jpg", "..%2fsecret.jpg", "%2E%2E%2Fsecret.jpg"])
def test_no_encoded_address_leads_out(uploads, encoded):
    (uploads.path.parent / "secret.jpg").write_bytes(b"secret")
    assert "leads out" in uploads.refusal(wanted_at(SITE + encoded))


def test_symbolic_links_are_not_followed(uploads):
    outside = uploads.path.parent / "outside"
    outside.mkdir()
    (outside / "secret.jpg").write_bytes(b"secret")
    uploads.put("2021/boat.jpg")
    (uploads.path / "link.jpg").symlink_to(outside / "secret.jpg")
    (uploads.path / "2022").symlink_to(outside)
    link = "it is a symbolic link, or lies behind one"
    assert uploads.refusal(attachment("link.jpg")) == link
    assert uploads.refusal(attachment("2022/secret.jpg")) == link
    # Nor is the name found behind a link.
    assert uploads.refusal(attachment("2023/secret.jpg")) == "it is not in the folder"
    assert uploads.refusal(attachment("2023/link.jpg")) == "it is not in the folder"


def test_what_is_no_ordinary_file_or_too_large(uploads):
    os.mkfifo(uploads.path / "pipe.jpg")
    (uploads.path / "folder.jpg").mkdir()
    assert uploads.refusal(attachment("pipe.jpg")) == "it is no ordinary file"
    assert "cannot be read" in uploads.refusal(attachment("folder.jpg"))
    assert "cannot be read" in uploads.refusal(attachment(f"{'x' * 300}.jpg"))
    with (uploads.path / "large.jpg").open("wb") as file:
        file.truncate(3_000_001)
    assert uploads.refusal(attachment("large.jpg"), 3_000_000) == "it is larger than 3 MB"


def test_a_name_that_is_no_text_stops_nothing(uploads):
    uploads.put(os.fsdecode(b"b\xfcro.jpg"), os.fsdecode(b"f\xfc/boat.jpg"))
    assert uploads.read(attachment("2021/boat.jpg")).name == "f\\udcfc/boat.jpg"
    assert uploads.refusal(attachment("2021/b%FCro.jpg")) == "it is not in the folder"
