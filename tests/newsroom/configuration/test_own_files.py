import stat

import pytest
from django.core.exceptions import ImproperlyConfigured

from newsroom.configuration.own_files import keep_private, kept_secret, writable_folder


class TestKeptSecret:
    def test_is_made_once_for_its_owner_only(self, tmp_path):
        path = tmp_path / "var" / "secret-key.txt"
        first = kept_secret(path)
        assert kept_secret(path) == first
        assert len(first) >= 50
        assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_leaves_nothing_else_behind(self, tmp_path):
        kept_secret(tmp_path / "secret-key.txt")
        assert [path.name for path in tmp_path.iterdir()] == ["secret-key.txt"]

    def test_is_a_sentence_where_nothing_can_be_written(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(ImproperlyConfigured, match="VAR_DIR"):
            kept_secret(tmp_path / "file" / "secret-key.txt")


class TestKeepPrivate:
    def test_makes_a_database_that_only_its_owner_reads(self, tmp_path):
        keep_private(tmp_path / "newsroom.sqlite3")
        assert stat.S_IMODE((tmp_path / "newsroom.sqlite3").stat().st_mode) == 0o600

    def test_leaves_one_that_is_there(self, tmp_path):
        (tmp_path / "there").write_bytes(b"kept")
        keep_private(tmp_path / "there")
        assert (tmp_path / "there").read_bytes() == b"kept"


class TestWritableFolder:
    def test_is_made_with_its_parents(self, tmp_path):
        assert writable_folder(tmp_path / "a" / "b").is_dir()

    def test_is_a_sentence_where_a_file_stands_in_its_way(self, tmp_path):
        (tmp_path / "file").touch()
        with pytest.raises(ImproperlyConfigured, match="cannot be written to"):
            writable_folder(tmp_path / "file" / "var")
