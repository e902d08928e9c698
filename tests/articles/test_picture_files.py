"""Pictures in a store that speaks S3."""

import datetime
from io import BytesIO, StringIO

import pytest
from botocore.awsrequest import AWSResponse
from django.conf import settings as site
from django.core.files.storage import FileSystemStorage, storages
from django.core.management import CommandError, call_command
from urllib3 import HTTPResponse

from articles.images import ROLES, renditions_for
from articles.management.commands import move_pictures
from articles.models import Image, OutboxEntry, RemovedFile
from articles.picture_files import listed, masters, read_file, renditions, store_whole
from articles.press.background.pictures import make_ahead, missing_pictures
from articles.publishing.picture_library.removal import remove_image
from articles.publishing.pictures import change_image
from articles.publishing.removed_files import delete_removed_files, remove_files
from articles.publishing.renditions import make_renditions
from newsroom.configuration.picture_store import picture_storages
from tests import factories
from tests.servers.store import Store

pytestmark = pytest.mark.django_db
DISK = {"masters", "renditions"}


@pytest.fixture
def image(in_store):
    return factories.image(width=400, height=300)


@pytest.fixture
def asked():
    """What the store of renditions is asked from now on."""
    found = []

    def note(request, **_):
        found.append(f"{request.method} {request.url.split('?')[0].rpartition('/renditions/')[2]}")

    for storage in (masters(), renditions()):
        storage.connection.meta.client.meta.events.register("before-send.s3", note)
    return found


def files_of(image, role="thumb"):
    return [each.path for each in renditions_for(image.source, [ROLES[role]])]


def may_only_read():
    """From now on the store says 403 of whatever is written, deleted or listed."""

    def answer(request, **_):
        is_read = request.method in ("GET", "HEAD") and "prefix=" not in request.url
        return None if is_read else AWSResponse(request.url, 403, {}, HTTPResponse(BytesIO()))

    for storage in (masters(), renditions()):
        storage.connection.meta.client.meta.events.register("before-send.s3", answer)


def says(storage, status, code):
    """From now on the store answers whatever it is asked with this error."""
    words = f"<Error><Code>{code}</Code><Message>No.</Message></Error>".encode()

    def answer(request, **_):
        return AWSResponse(request.url, status, {}, HTTPResponse(BytesIO(words), preload_content=False))

    storage.connection.meta.client.meta.events.register("before-send.s3", answer)


def keep_masters_in(other, settings, image):
    """From now on, in another store than the renditions; the picture's is there."""
    content = read_file(masters(), image.file.name)
    store = settings.PICTURE_STORE | {"ENDPOINT": other.endpoint}
    settings.STORAGES = settings.STORAGES | {"masters": picture_storages(store)["masters"]}
    other.client.create_bucket(Bucket=store["MASTERS_BUCKET"])
    store_whole(masters(), image.file.name, content)


def dead(settings):
    """From now on nothing answers at the store's address."""
    settings.PICTURE_STORE = settings.PICTURE_STORE | {"ENDPOINT": "http://127.0.0.1:9"}
    settings.STORAGES = settings.STORAGES | picture_storages(settings.PICTURE_STORE)


class TestFiles:
    def test_of_masters_and_renditions_are_there_and_not_on_the_disk(self, store, in_store, image, client):
        path = files_of(image)[0]
        answer = client.get(f"/media/{path}")
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/avif")
        assert store.names(in_store["MASTERS_BUCKET"]) == {image.file.name}
        assert store.names(in_store["BUCKET"]) == {path}
        disk = FileSystemStorage(location=site.MEDIA_ROOT)
        assert not disk.exists(path)
        assert not disk.exists(image.file.name)

    def test_are_private_and_of_renditions_kept_for_ever(self, store, in_store, image, client):
        client.get(f"/media/{files_of(image)[0]}")
        for bucket in (in_store["MASTERS_BUCKET"], in_store["BUCKET"]):
            (name,) = store.names(bucket)
            grants = store.client.get_object_acl(Bucket=bucket, Key=name)["Grants"]
            assert [grant["Grantee"]["Type"] for grant in grants] == ["CanonicalUser"]
        kept = store.client.head_object(Bucket=in_store["BUCKET"], Key=name)
        assert kept["CacheControl"] == "public, max-age=31536000, immutable"

    def test_go_with_their_picture(self, store, in_store, image, client, django_capture_on_commit_callbacks):
        client.get(f"/media/{files_of(image)[0]}")
        with django_capture_on_commit_callbacks(execute=True):
            remove_image(image)
        assert not store.names(in_store["MASTERS_BUCKET"]) | store.names(in_store["BUCKET"])


class TestQuestions:
    def test_are_none_while_a_page_is_made(self, settings, image, client):
        figure = f'<figure><img data-image="{image.pk}"></figure>'
        article = factories.published_article(lead_image=image, body=figure)
        dead(settings)
        for address in (article.get_absolute_url(), "/"):
            assert client.get(address).status_code == 200

    def test_are_one_for_a_rendition_that_is_there(self, image, client, asked):
        path = files_of(image)[0]
        client.get(f"/media/{path}")
        asked.clear()
        client.get(f"/media/{path}")
        assert asked == [f"GET {path.removeprefix('renditions/')}"]

    def test_of_the_press_are_one_for_a_version_of_a_picture(self, image, asked):
        paths = files_of(image, "lead") + files_of(image)
        assert missing_pictures(paths) == paths
        assert len(asked) == 1
        make_ahead(paths)
        assert missing_pictures(paths) == []
        lists = [each for each in asked if each.startswith("GET") and "." not in each]
        assert len(lists) <= 1

    def test_that_nobody_answers_are_told_and_leave_no_row(self, settings, in_store, image, client):
        dead(settings)
        answer = client.get(f"/media/{files_of(image)[0]}")
        assert (answer.status_code, answer["Cache-Control"]) == (503, "no-store")
        with pytest.raises(OSError, match="cannot be asked"):
            factories.image(width=401, height=300)
        assert Image.objects.count() == 1

    def test_for_a_master_that_nobody_answers_are_no_picture_that_is_missing(
        self, settings, store, image, client, caplog
    ):
        """The renditions' store answers meanwhile. A missing picture would be remembered for a minute."""
        with Store().start() as other:
            keep_masters_in(other, settings, image)
        address = f"/media/{files_of(image)[0]}"
        answer = client.get(address)
        assert (answer.status_code, answer["Cache-Control"], answer["Retry-After"]) == (503, "no-store", "10")
        assert "the store cannot be asked" in caplog.text
        with other.start():
            assert client.get(address).status_code == 200

    @pytest.mark.parametrize(
        ("said", "status"),
        [
            *[((500, "InternalError"), 503), ((503, "SlowDown"), 503), ((429, "TooManyRequests"), 503)],
            *[((403, "RequestTimeTooSkewed"), 503), ((403, "InvalidAccessKeyId"), 503)],
            *[((403, "AccessDenied"), 404), ((404, "NoSuchKey"), 404)],
        ],
    )
    def test_for_a_master_are_answered_as_the_store_means_it(self, image, client, said, status):
        says(masters(), *said)
        assert client.get(f"/media/{files_of(image)[0]}").status_code == status

    def test_that_nobody_answers_keep_no_picture_before_readers(
        self, settings, image, django_capture_on_commit_callbacks
    ):
        settings.ENDED_PICTURES_LEAVE = True
        named = files_of(image)
        dead(settings)
        with django_capture_on_commit_callbacks(execute=True):
            change_image(image, facts={"usable_until": datetime.date(2020, 1, 1)})
        assert image.withheld
        told = [entry.change.get("gone", ()) for entry in OutboxEntry.objects.all()]
        assert set(named) <= {name for names in told for name in names}
        assert set(named) <= set(RemovedFile.objects.values_list("name", flat=True))

    def test_are_not_repeated_for_each_file_if_nobody_answers(self, settings, in_store, caplog):
        remove_files(f"renditions/0/7-a/{number}x9.avif" for number in range(20))
        dead(settings)
        delete_removed_files()
        assert len([line for line in caplog.messages if "cannot be asked" in line]) == 1
        assert RemovedFile.objects.count() == 20

    def test_that_the_key_may_not_ask_are_told_as_that(self, image):
        (path, *_) = files_of(image)
        store_whole(renditions(), path, b"a")
        may_only_read()
        acts = (
            lambda: store_whole(renditions(), path, b"b"),
            lambda: renditions().delete(path),
            lambda: listed(renditions(), "renditions"),
        )
        for act in acts:
            with pytest.raises(OSError, match="403") as raised:
                act()
            assert not isinstance(raised.value, FileNotFoundError)

    def test_that_are_not_answered_are_given_up_in_seconds(self, in_store):
        for storage in (masters(), renditions()):
            config = storage.connection.meta.client.meta.config
            tries = config.retries["total_max_attempts"]
            assert tries * (config.connect_timeout + config.read_timeout) <= 30


class TestMove:
    def moved(self, *options):
        out, errors = StringIO(), StringIO()
        call_command("move_pictures", *options, stdout=out, stderr=errors)
        return out.getvalue() + errors.getvalue()

    @pytest.fixture
    def on_disk(self, settings, tmp_path):
        """Three pictures with some renditions, in a folder of their own."""
        settings.MEDIA_ROOT = tmp_path
        made = [factories.image(width=300 + number, height=200) for number in range(3)]
        for each in made:
            make_renditions(each, renditions_for(each.source, [ROLES["thumb"]]))
        return made

    def all_names(self, store, in_store):
        return store.names(in_store["MASTERS_BUCKET"]) | store.names(in_store["BUCKET"])

    def files(self, folder):
        return {
            file.relative_to(folder).as_posix(): file.read_bytes()
            for kind in DISK
            for file in (folder / kind).rglob("*.*")
        }

    def test_to_the_store_and_back_again(self, on_disk, store, request, tmp_path):
        before = self.files(tmp_path)
        in_store = request.getfixturevalue("in_store")
        told = self.moved("--to", "store", "--delete")
        assert f"{len(before)} files were copied" in told
        assert self.all_names(store, in_store) == set(before)
        assert self.files(tmp_path) == {}
        self.moved("--to", "disk")
        assert self.files(tmp_path) == before
        assert self.all_names(store, in_store) == set(before)

    def test_goes_on_where_it_was_stopped(self, on_disk, store, request, tmp_path, monkeypatch):
        before = self.files(tmp_path)
        in_store = request.getfixturevalue("in_store")
        copied, real = [], move_pictures.store_whole

        def stopped(storage, name, content):
            if len(copied) == 5:
                raise KeyboardInterrupt
            copied.append(name)
            real(storage, name, content)

        monkeypatch.setattr(move_pictures, "store_whole", stopped)
        with pytest.raises(KeyboardInterrupt):
            self.moved("--to", "store")
        assert self.all_names(store, in_store) == set(copied)
        assert self.files(tmp_path) == before
        monkeypatch.setattr(move_pictures, "store_whole", real)
        told = self.moved("--to", "store")
        assert f"{len(before) - 5} files were copied, 5 were there already" in told
        assert self.all_names(store, in_store) == set(before)

    def test_names_a_picture_whose_file_is_in_neither_place(self, on_disk, request, tmp_path):
        (tmp_path / on_disk[1].file.name).unlink()
        request.getfixturevalue("in_store")
        with pytest.raises(CommandError, match="in neither place"):
            self.moved("--to", "store")

    def test_says_where_it_stopped_if_the_key_may_not_write(self, on_disk, request):
        request.getfixturevalue("in_store")
        may_only_read()
        with pytest.raises(CommandError, match=rf"at picture {on_disk[0].pk}: .*403"):
            self.moved("--to", "store")

    def test_passes_over_what_goes_meanwhile(self, on_disk, request, tmp_path, monkeypatch):
        request.getfixturevalue("in_store")
        real = move_pictures.rendition_files

        def going(image, storage):
            names = [*real(image, storage)]
            if image == on_disk[0]:
                (tmp_path / names[0]).unlink()
                (tmp_path / on_disk[1].file.name).unlink()
                on_disk[1].delete()
            return names

        monkeypatch.setattr(move_pictures, "rendition_files", going)
        assert "0 are missing" in self.moved("--to", "store")

    def test_without_a_store_says_what_to_set(self):
        with pytest.raises(CommandError, match="PICTURES_BUCKET"):
            self.moved("--to", "store")


def test_without_a_bucket_they_are_on_the_disk():
    assert all(isinstance(storages[name], FileSystemStorage) for name in DISK)
