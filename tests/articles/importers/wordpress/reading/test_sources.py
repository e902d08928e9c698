"""Files of every packing, in one run, and archives that are refused."""

import gzip
import io
import stat
import zipfile

import pytest

from articles.importers.wordpress.reading import Limits, Reason, sources
from tests.articles.importers.wordpress.exports import export, item, items, refusal, written


def archive(folder, members, name="export.zip", method=zipfile.ZIP_DEFLATED):
    path = folder / name
    with zipfile.ZipFile(path, "w", method) as file:
        for member, data in members:
            file.writestr(member, data)
    return path


def ids(*paths, **options):
    return [each.post_id for each in items(*paths, **options)]


def test_files_of_every_packing_are_one_run(tmp_path):
    plain = written(tmp_path, export(item(id=1)))
    packed = written(tmp_path, gzip.compress(export(item(id=2))), "export.xml.gz")
    many = archive(
        tmp_path,
        [
            ("site/posts.xml", export(item(id=3))),
            ("site/media.xml", export(item(id=4))),
            ("readme.txt", "nothing"),
            ("__MACOSX/site/._posts.xml", b"\0\1"),
        ],
    )
    assert ids(many, packed, plain) == ["3", "4", "2", "1"]
    names = [source.name for source in sources([many, plain], limits=Limits())]
    assert names == ["export.zip/site/posts.xml", "export.zip/site/media.xml", "export.xml"]


def test_the_first_bytes_say_what_a_file_is_and_not_its_name(tmp_path):
    assert ids(written(tmp_path, gzip.compress(export(item(id=2))), "export.xml")) == ["2"]


def linked():
    info = zipfile.ZipInfo("posts.xml")
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


@pytest.mark.parametrize(
    "members",
    [
        [("../posts.xml", "")],
        [("a/../../posts.xml", "")],
        [("/etc/posts.xml", "")],
        [("C:/posts.xml", "")],
        [("a\\..\\posts.xml", "")],
        [(linked(), "/etc/passwd")],
        [("posts.xml", ""), ("inner.zip", b"PK")],
        [("inner.xml.gz", gzip.compress(b"<rss/>"))],
        [("readme.txt", "nothing")],
        [],
        [(f"{number}.xml", "") for number in range(501)],
    ],
)
def test_suspicious_archives_are_refused_whole(tmp_path, members):
    assert refusal(archive(tmp_path, members)).reason is Reason.ARCHIVE


def test_an_archive_with_a_password_is_refused(tmp_path):
    path = archive(tmp_path, [("posts.xml", export(item()))], method=zipfile.ZIP_STORED)
    data = bytearray(path.read_bytes())
    data[6] |= 1
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    assert "password" in str(refusal(written(tmp_path, bytes(data), "locked.zip")))


def test_damaged_files_are_refused(tmp_path):
    path = archive(tmp_path, [("posts.xml", export(item(body="word " * 9000)))])
    data = path.read_bytes()
    assert refusal(written(tmp_path, data[:-40], "cut.zip")).reason is Reason.ARCHIVE
    bad = bytearray(data)
    bad[100] ^= 0xFF
    assert refusal(written(tmp_path, bytes(bad), "bad.zip")).reason in (Reason.UNREADABLE, Reason.ILL_FORMED)
    packed = gzip.compress(export(item(body="word " * 9000)))
    assert refusal(written(tmp_path, packed[:-20], "cut.gz")).reason is Reason.UNREADABLE


def test_bombs_are_refused(tmp_path):
    data = export(item(body=" " * (3 << 20)))
    for path in (written(tmp_path, gzip.compress(data), "bomb.gz"), archive(tmp_path, [("bomb.xml", data)])):
        assert refusal(path).reason is Reason.TOO_LARGE


def test_a_member_that_lies_about_its_size_is_refused(tmp_path):
    """The headers of the archive say that it is small; it is read until it is too large."""
    path = archive(tmp_path, [("posts.xml", export(item(body="word " * 9000)))])
    data = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        size = file.getinfo("posts.xml").file_size
    lying = data.replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    error = refusal(written(tmp_path, lying, "lying.zip"))
    assert error.reason in (Reason.UNREADABLE, Reason.ILL_FORMED)


def test_all_files_together_have_a_limit(tmp_path):
    paths = [written(tmp_path, export(item()), f"{number}.xml") for number in range(3)]
    limit = Limits(file=2 * paths[0].stat().st_size)
    assert refusal(*paths, limits=limit).reason is Reason.TOO_LARGE
