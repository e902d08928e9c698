import pytest
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from articles.checks import folder_problems, start_advice, static_problems
from articles.database.state import database_problems
from tests import factories


class TestDatabaseProblems:
    @pytest.mark.django_db
    def test_finds_none_in_a_migrated_database(self):
        assert list(database_problems()) == []

    @pytest.mark.django_db
    def test_counts_the_migrations_that_are_missing(self):
        MigrationRecorder(connection).migration_qs.filter(app="sessions").delete()
        assert list(database_problems()) == [
            "the database lacks 1 migration; run: python manage.py migrate",
        ]


class TestFolderProblems:
    def test_finds_none_where_folders_can_be_made(self, settings, tmp_path):
        settings.VAR_DIR = tmp_path / "not" / "yet"
        settings.MEDIA_ROOT = tmp_path / "media"
        assert list(folder_problems()) == []

    def test_names_the_folder_that_cannot_be(self, settings, tmp_path):
        (tmp_path / "file").touch()
        settings.VAR_DIR = tmp_path / "file" / "var"
        settings.MEDIA_ROOT = tmp_path / "media"
        (said,) = folder_problems()
        assert "cannot be written to" in said
        assert str(tmp_path / "file") in said


class TestStaticProblems:
    def test_finds_none_where_files_are_served_as_they_are(self):
        assert list(static_problems()) == []

    def test_says_how_to_collect_them(self, settings, tmp_path):
        settings.STATIC_ROOT = tmp_path
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "newsroom.static_storage.HashedStaticStorage"}
        }
        (said,) = static_problems()
        assert "manage.py collectstatic" in said


class TestPolicies:
    @pytest.mark.django_db
    def test_that_stand_on_no_page_are_named(self, settings):
        factories.page("About")
        settings.POLICIES = {
            "masthead": "/about/",
            "ethicsPolicy": "/about/#us",
            "correctionsPolicy": "/mended/",
        }
        (said,) = start_advice()
        assert "the correctionsPolicy of the paper stands at /mended/" in said


class TestSecondFactor:
    @pytest.mark.django_db
    def test_names_a_group_that_there_is_not(self, settings):
        settings.SECOND_FACTOR_FOR = frozenset({"Publisher", "Editors", "everybody"})
        (said,) = start_advice()
        assert "'Publisher', which is no group" in said
