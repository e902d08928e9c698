"""Archives in a bucket of a store that speaks S3."""

import datetime
from io import BytesIO
from pathlib import Path

import pytest
from botocore.awsrequest import AWSResponse
from botocore.config import Config
from botocore.exceptions import IncompleteReadError, ReadTimeoutError
from botocore.response import StreamingBody
from django.utils import timezone
from urllib3 import HTTPResponse

from articles.backup import store as pieces
from articles.backup.archive import Manifest, check, manifest_at_end, members, new_archive
from articles.backup.destinations import archive_at, destination
from articles.backup.errors import BackupFailed, in_plain_words
from articles.backup.keeping import archive_name, backups_in, remove_old
from articles.management.doctor import Gravity, backups
from articles.models import Backup
from newsroom.configuration.backup_store import access_to_backups
from tests.servers.process import free_port

from .test_archive import FACTS, FILES, written

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
SITE = "https://news.example.org"


@pytest.fixture
def said(store, settings, tmp_path):
    settings.VAR_DIR = tmp_path
    said = store.settings()
    settings.BACKUP = settings.BACKUP | {"ACCESS": access_to_backups(said, {})}
    return said


@pytest.fixture
def bucket(said):
    return said["BUCKET"]


@pytest.fixture
def kept_in(bucket):
    return destination(f"s3://{bucket}/of/news/")


def answers(kept_in, operation, answer):
    """From now on, this is what comes of the store's operation: an answer, an error, or None for what it says."""
    kept_in.bucket.client.meta.events.register(f"before-send.s3.{operation}", lambda **_: answer())


def refusing(status, code):
    words = f"<Error><Code>{code}</Code><Message>No.</Message></Error>".encode()
    return lambda: AWSResponse("", status, {}, HTTPResponse(BytesIO(words), preload_content=False))


def unfinished(store, bucket):
    return store.client.list_multipart_uploads(Bucket=bucket).get("Uploads", [])


class TestAnArchiveInABucket:
    def test_is_what_was_written(self, store, kept_in, bucket):
        archive = written(kept_in, "a.tar")
        assert str(archive) == f"s3://{bucket}/of/news/a.tar"
        assert store.names(bucket) == {"of/news/a.tar"}
        again = archive_at(str(archive))
        found = {name: content.read() for name, _, content in members(again)}
        assert {name: found[name] for name in FILES} == FILES
        assert check(again) == manifest_at_end(again)
        assert not list(kept_in.room.iterdir())

    def test_comes_and_goes_in_pieces_of_a_bounded_size(self, kept_in, monkeypatch):
        """So it takes no more memory for more. A later piece may be larger, as a store takes so many of them."""
        monkeypatch.setattr(pieces, "ASKED", 1 << 20)
        monkeypatch.setattr(pieces, "SENT", 5 << 20)
        monkeypatch.setattr(pieces, "LARGER_AFTER", 2)
        sent, asked = [], []
        events = kept_in.bucket.client.meta.events
        events.register(
            "before-parameter-build.s3.UploadPart", lambda params, **_: sent.append(len(params["Body"]))
        )
        events.register(
            "before-parameter-build.s3.GetObject", lambda params, **_: asked.append(params["Range"])
        )
        with new_archive(kept_in, "large.tar") as archive, Path("/dev/zero").open("rb") as zeros:
            archive.add("media/large", zeros, 24 << 20)
            archive.complete(Manifest(**FACTS))
        assert check(kept_in.archive("large.tar"))
        assert [size >> 20 for size in sent] == [5, 5, 10, 4]
        pairs = [map(int, each.removeprefix("bytes=").split("-")) for each in asked]
        sizes = [last - first + 1 for first, last in pairs]
        assert max(sizes) <= 1 << 20
        assert sum(sizes) == sum(sent)

    def test_one_that_was_not_completed_leaves_nothing(self, store, kept_in, bucket):
        with pytest.raises(ZeroDivisionError), new_archive(kept_in, "a.tar") as archive:
            archive.add_text("settings.env", "A=b")
            raise ZeroDivisionError
        assert not store.names(bucket)
        assert not unfinished(store, bucket)

    def test_what_a_killed_process_has_left_goes_with_the_next_and_nothing_of_other_sites(
        self, store, kept_in, bucket
    ):
        # The name of the second site begins with that of the first.
        sites = "newsroom-a.co", "newsroom-a.co-op.org", "newsroom-b"
        names = [f"{site}-20261201T060000Z.tar" for site in sites]
        for name in names:
            pieces.Sending(kept_in.bucket, name)
            (kept_in.room / f".new-{name}-x").mkdir()
        kept_in.sweep("newsroom-a.co-")
        assert [each["Key"] for each in unfinished(store, bucket)] == [
            f"of/news/{name}" for name in names[1:]
        ]
        assert sorted(path.name for path in kept_in.room.iterdir()) == [
            f".new-{name}-x" for name in names[1:]
        ]

    def test_a_changed_byte_is_found_and_its_file_named(self, store, kept_in, bucket):
        archive = written(kept_in, "a.tar")
        with archive.open("rb") as file:
            data = bytearray(file.read())
        data[data.index(b"two\0")] ^= 1
        store.client.put_object(Bucket=bucket, Key="of/news/a.tar", Body=bytes(data))
        with pytest.raises(BackupFailed, match="damaged: media/masters/cd/two.jpg is not what it was"):
            check(archive)

    def test_a_connection_that_breaks_half_way_is_begun_again_there(self, kept_in, monkeypatch):
        archive = written(kept_in, "a.tar")
        broken = [ReadTimeoutError(endpoint_url="x"), IncompleteReadError(actual_bytes=1, expected_bytes=2)]
        read = StreamingBody.read

        def torn(body, *arguments):
            if broken:
                raise broken.pop()
            return read(body, *arguments)

        monkeypatch.setattr(StreamingBody, "read", torn)
        assert check(archive)
        assert not broken

    def test_one_that_changes_while_it_is_read_is_refused(self, store, kept_in, bucket):
        written(kept_in, "a.tar")
        with kept_in.archive("a.tar").open("rb") as file:
            store.client.put_object(Bucket=bucket, Key="of/news/a.tar", Body=b"x" * 100_000)
            with pytest.raises(OSError, match="PreconditionFailed"):
                file.read(1)

    def test_one_that_did_not_arrive_whole_is_none(self, store, kept_in, bucket):
        def shorter(parsed, **_):
            parsed["ContentLength"] = 7

        kept_in.bucket.client.meta.events.register("after-call.s3.HeadObject", shorter)
        with (
            pytest.raises(BackupFailed, match=r"a.tar: the store has 7 bytes of \d+"),
            in_plain_words(kept_in),
        ):
            written(kept_in, "a.tar")
        assert not store.names(bucket)


class TestWhichAreKept:
    def test_is_said_by_the_same_rule(self, store, kept_in, bucket):
        for days in range(10):
            written(kept_in, archive_name(SITE, NOON - datetime.timedelta(days)))
        other = written(kept_in, archive_name("https://other.example", NOON - datetime.timedelta(9)))
        store.client.put_object(Bucket=bucket, Key=f"of/news/{archive_name(SITE, NOON)}", Body=b"torn" * 128)
        removed, broken = remove_old(kept_in, SITE)
        # With the newest torn, the seven days, the month and three earlier weeks are of the nine others.
        assert [each.name for each in removed] == [archive_name(SITE, NOON - datetime.timedelta(9))]
        assert [str(each) for each in broken] == [f"{kept_in}/{archive_name(SITE, NOON)}"]
        assert len(backups_in(kept_in, SITE)) == 9
        assert manifest_at_end(other)


class TestTheStore:
    @pytest.mark.parametrize(
        ("status", "code"), [(403, "AccessDenied"), (403, "SignatureDoesNotMatch"), (404, "NoSuchBucket")]
    )
    def test_that_refuses_is_named_in_one_line(self, kept_in, status, code):
        answers(kept_in, "CreateMultipartUpload", refusing(status, code))
        with pytest.raises(BackupFailed) as failed, in_plain_words(kept_in):
            written(kept_in, "a.tar")
        assert str(failed.value).startswith(f"{kept_in}/a.tar: the store says ")
        assert code in str(failed.value)
        assert "\n" not in str(failed.value)

    def test_that_fails_half_way_keeps_nothing(self, store, kept_in, bucket):
        answers(kept_in, "UploadPart", refusing(403, "QuotaExceeded"))
        with pytest.raises(BackupFailed, match="QuotaExceeded"), in_plain_words(kept_in):
            written(kept_in, "a.tar")
        assert not store.names(bucket)
        assert not unfinished(store, bucket)

    def test_that_is_down_is_named_in_one_line(self, kept_in, settings, monkeypatch):
        monkeypatch.setattr(pieces, "PATIENCE", Config(connect_timeout=1, retries={"total_max_attempts": 1}))
        access = settings.BACKUP["ACCESS"] | {"endpoint_url": f"http://127.0.0.1:{free_port()}"}
        settings.BACKUP = settings.BACKUP | {"ACCESS": access}
        away = destination(str(kept_in))
        with pytest.raises(BackupFailed, match="the store cannot be asked: Could not"), in_plain_words(away):
            written(away, "a.tar")

    @pytest.mark.parametrize(
        "wrong", ["s3:", "s3://", "s3:/bucket", "s3://B", "s3://bucket/../x", "s3://b c/x"]
    )
    def test_is_written_as_an_address(self, said, wrong):
        with pytest.raises(BackupFailed, match="write it like s3://bucket"):
            destination(wrong)


@pytest.mark.django_db
class TestTheDoctor:
    def test_looks_into_the_store_wherever_the_backup_was_made(self, store, kept_in, bucket):
        archive = written(kept_in, "a.tar", has_secrets=True)
        now = timezone.now()
        Backup.objects.create(begun_at=now, ended_at=now, host="another", archive=str(archive))
        assert list(backups.backups()) == []
        store.client.put_object(Bucket=bucket, Key="of/news/a.tar", Body=b"torn" * 128)
        [found] = backups.backups()
        assert found.gravity is Gravity.WRONG
        assert found.sentence.startswith(f"The newest backup, {archive}, is not whole")
        archive.unlink()
        [found] = backups.backups()
        assert found.sentence.startswith(f"The newest backup, {archive}, is not there any more")
        assert found.trouble == "backup"

    def test_reads_the_end_of_an_archive_once(self, kept_in):
        archive, asked = written(kept_in, "b.tar", has_secrets=True), []
        now = timezone.now()
        Backup.objects.create(begun_at=now, ended_at=now, host="another", archive=str(archive))

        def note(request, **_):
            asked.append(request.method)

        seen = pieces.ArchiveBucket.client.fget
        try:
            pieces.ArchiveBucket.client = property(lambda bucket: noting(seen(bucket), note))
            for _ in range(3):
                assert list(backups.backups()) == []
        finally:
            pieces.ArchiveBucket.client = property(seen)
        assert asked.count("GET") == 1


def noting(client, note):
    client.meta.events.register("before-send.s3", note, unique_id="note")
    return client
