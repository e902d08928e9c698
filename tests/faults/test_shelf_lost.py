import contextlib
import os
import shutil
import subprocess

import pytest

from tests.servers import ask
from tests.servers.fixtures import skip_or_fail

from .healing import LISTS, Edition, assert_healed, assert_shelf_is_whole, on_the_shelf, printing
from .readers import Readers


@pytest.fixture
def small_disk(site):
    """The shelf on a disk of 2 MB."""
    site.shelf.mkdir(exist_ok=True)
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", site.shelf]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        skip_or_fail("A full disk is tried on a tmpfs of its own, which takes root's right to mount")
    yield site.shelf
    subprocess.run(["umount", "--lazy", site.shelf], check=True)


class TestTheDiskIsFull:
    def test_the_old_pages_stand_whole_and_the_press_says_why(self, site, small_disk):
        edition = Edition(site, "full disk")
        for _ in range(3):
            edition.publish()
        with printing(site) as press:
            site.wait_for_press(site.editors)
            for path in LISTS:
                ask(site.port, path)
            old = {path: ask(site.port, path).body for path in ("/", edition.stories[0].address)}
            fill(small_disk)
            with Readers(site.port, never=edition.never) as readers:
                readers.know(*LISTS, *(story.address for story in edition.stories))
                changed = edition.change()
                edition.publish()
                wait_for_error(site)
                assert_shelf_is_whole(site, edition)
                assert set(old) <= {path for path in old if ask(site.port, path).is_whole}
                (small_disk / "ballast").unlink()
                site.wait_for_press(site.editors)
            assert readers.faults == []
            said = site.kill_press(press)
        assert "No space left on device" in said
        assert changed.words.encode() in ask(site.port, changed.address).body
        assert_healed(site, edition)


class TestTheDiskIsReadOnly:
    """As a file system that has found an error makes itself. What is open stays open."""

    def test_the_old_pages_stand_whole_and_what_was_published_is_printed_afterwards(self, site, tmp_path):
        edition = Edition(site, "read-only disk")
        edition.publish()
        with printing(site) as press:
            site.wait_for_press(site.editors)
            with Readers(site.port, never=edition.never) as readers:
                readers.know("/", "/world/", edition.stories[0].address)
                with read_only(site.shelf, tmp_path / "same"):
                    edition.publish()
                    wait_for_error(site, "Read-only file system")
                    # Nobody has to wait for the disk: the page is made for each who asks.
                    assert ask(site.port, edition.stories[1].address).status == 200
                    assert not on_the_shelf(site, edition.stories[1].address)
                site.wait_for_press(site.editors)
            assert readers.faults == []
            assert press.poll() is None, "the press gave up"
        assert_healed(site, edition)


@contextlib.contextmanager
def read_only(folder, same):
    """The folder, mounted over itself so that nothing can be written to it."""
    same.mkdir()
    mount("--bind", folder, same)
    try:
        mount("-o", "remount,bind,ro", same)
        mount("--bind", same, folder)
        try:
            yield
        finally:
            subprocess.run(["umount", "--lazy", folder], check=True)
    finally:
        subprocess.run(["umount", "--lazy", same], check=True)


def mount(*arguments):
    if os.geteuid() or subprocess.run(["mount", *arguments], capture_output=True).returncode:
        skip_or_fail("A disk that can only be read is tried on a mount, which takes root's right to mount")


def fill(folder):
    """To the last byte, and past what the file system keeps for itself."""
    with open(folder / "ballast", "wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            pass


def wait_for_error(site, words="No space left on device"):
    for _attempt in range(10):
        said = site.application.manage("press", "status", check=False).stdout
        if words in said:
            return
    raise AssertionError(said)


class TestTheShelfIsDeleted:
    def test_under_a_running_site_every_address_is_answered_and_printed_again(self, site):
        edition = Edition(site, "deleted shelf")
        for _ in range(3):
            edition.publish()
        with printing(site) as press:
            site.wait_for_press(site.editors)
            delete(site.shelf)
            with Readers(site.port, never=edition.never) as readers:
                readers.know(*LISTS, *(story.address for story in edition.stories))
                for story in edition.stories:
                    assert ask(site.port, story.address).status == 200
                    assert on_the_shelf(site, story.address)
                edition.change()
                late = edition.publish()
            assert readers.faults == []
            site.wait_for_press(site.editors)
            assert press.poll() is None, "the press gave up"
        assert_healed(site, edition)
        assert on_the_shelf(site, late.address)


def delete(folder):
    """The press goes on writing meanwhile."""
    while folder.exists():
        shutil.rmtree(folder, ignore_errors=True)
