import errno
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from articles.whole_files import new_file, write_together, write_whole

ROOT = Path(__file__).resolve().parent.parent.parent
WRITER = ROOT / "tests/articles/shelf_writer.py"
# Each process is number 1 in a namespace of its own, as in two containers.
ALONE = ["unshare", "--user", "--map-root-user", "--pid", "--fork"]


class TestWriteWhole:
    def test_makes_the_folders_and_replaces_what_was_there(self, tmp_path):
        target = tmp_path / "a/b/note.json"
        write_whole(target, "one")
        write_whole(target, "zwei €")
        assert target.read_text() == "zwei €"
        assert os.listdir(target.parent) == ["note.json"]

    @pytest.mark.parametrize("mode", [0o600, 0o644])
    def test_gives_the_file_its_mode_whatever_the_process_allows_others(self, tmp_path, mode):
        before = os.umask(0o077)
        try:
            write_whole(tmp_path / "note", "said", mode=mode)
        finally:
            os.umask(before)
        assert (tmp_path / "note").stat().st_mode & 0o777 == mode

    def test_replaces_a_link_and_not_what_it_leads_to(self, tmp_path):
        (tmp_path / "elsewhere").write_text("kept")
        (tmp_path / "note").symlink_to("elsewhere")
        write_whole(tmp_path / "note", "said")
        assert (tmp_path / "elsewhere").read_text() == "kept"
        assert (tmp_path / "note").read_text() == "said"


class TestWriteTogether:
    def test_leaves_all_as_they_were_when_one_can_not_be_written(self, tmp_path, monkeypatch):
        files = {f"{tmp_path}/{name}": b"new" for name in "abc"}
        for file in files:
            Path(file).write_text("old")
        times = iter([None, OSError(errno.ENOSPC, "No space left on device")])

        def second_fails(*_):
            if said := next(times):
                raise said

        monkeypatch.setattr(os, "utime", second_fails)
        with pytest.raises(OSError, match="No space left"):
            write_together(files, by_way_of=tmp_path / "new", moment=7)
        assert {Path(file).read_text() for file in files} == {"old"}
        assert os.listdir(tmp_path / "new") == []


class TestNewFile:
    def test_takes_no_name_that_is_there(self, tmp_path, monkeypatch):
        drawn = iter(["taken", "taken", "free"])
        monkeypatch.setattr("tempfile._get_candidate_names", lambda: drawn)
        (tmp_path / ".new-taken").write_text("another's")
        with new_file(tmp_path, b"mine") as path:
            assert path == f"{tmp_path}/.new-free"
            assert Path(path).read_bytes() == b"mine"
        assert (tmp_path / ".new-taken").read_text() == "another's"


class TestTwoContainersOnOneShelf:
    """Two processes with the same number write pages and notes to one shelf at the same time."""

    TURNS = 150

    @pytest.fixture
    def said(self, tmp_path):
        writers = [
            subprocess.Popen(
                [*prefix(), sys.executable, WRITER, tmp_path / "shelf", name, str(self.TURNS)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                text=True,
                cwd=ROOT,
            )
            for name in ("one", "two")
        ]
        for writer in writers:
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            writer.stdin.write("go\n")
            writer.stdin.flush()
        found = [json.loads(writer.communicate(timeout=60)[0]) for writer in writers]
        assert [writer.returncode for writer in writers] == [0, 0]
        return found

    def test_each_page_and_each_note_is_its_own_writers(self, said, tmp_path):
        assert said[0]["number"] == said[1]["number"]
        assert [each["wrong"] for each in said] == [[], []]
        purges = sorted(name.partition(" ")[2] for name in os.listdir(tmp_path / "shelf/purges/store"))
        wanted = sorted(f"%2F{name}%2F{turn}%2F" for name in ("one", "two") for turn in range(self.TURNS))
        assert purges == wanted
        left = [*(tmp_path / "shelf").rglob(".new-*")] + os.listdir(tmp_path / "shelf/new")
        assert left == []


def prefix():
    """How a process gets a namespace of its own; without one, where the machine forbids it, the writer says
    the same number by itself."""
    tried = subprocess.run([*ALONE, "true"], capture_output=True)
    return ALONE if tried.returncode == 0 else ["env", "SAY_NUMBER=1"]
