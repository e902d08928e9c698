import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.management import call_command

from articles.management import preparing
from articles.models import Section


class TestIsEmpty:
    @pytest.mark.django_db
    def test_is_true_only_of_a_newsroom_with_nothing_in_it(self):
        assert preparing.is_empty()
        Section.objects.create(name="World", slug="world")
        assert not preparing.is_empty()


class TestStaticFiles:
    @pytest.fixture
    def source(self, settings, tmp_path):
        folder = tmp_path / "source"
        folder.mkdir()
        (folder / "page.css").write_text("body { color: black }")
        settings.STATICFILES_DIRS = [folder]
        settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
        settings.STATIC_ROOT = tmp_path / "static"
        settings.VAR_DIR = tmp_path
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "newsroom.static_storage.HashedStaticStorage"}
        }
        return folder

    def test_are_collected_once(self, source):
        assert preparing.static_files_changed()
        preparing.collect_static_files()
        assert not preparing.static_files_changed()

    def test_are_collected_again_when_one_was_written(self, source):
        preparing.collect_static_files()
        (source / "page.css").write_text("body { color: white }")
        assert preparing.static_files_changed()

    def test_are_collected_again_when_one_is_gone(self, source):
        (source / "more.css").write_text("p { margin: 0 }")
        preparing.collect_static_files()
        (source / "more.css").unlink()
        assert preparing.static_files_changed()

    def test_are_collected_again_when_the_collection_is_gone(self, source):
        preparing.collect_static_files()
        staticfiles_storage.delete(staticfiles_storage.manifest_name)
        assert preparing.static_files_changed()

    def test_are_left_alone_where_they_are_served_as_they_are(self, source, settings):
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        }
        assert not preparing.static_files_changed()

    def test_leave_out_the_pages_that_the_editor_brings(self, settings, tmp_path):
        settings.STATIC_ROOT = tmp_path / "static"
        settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
        call_command("collectstatic", interactive=False, verbosity=0)
        assert (settings.STATIC_ROOT / "ckeditor/ckeditor/ckeditor.js").exists()
        found = {path.relative_to(settings.STATIC_ROOT) for path in settings.STATIC_ROOT.rglob("*.htm*")}
        assert not found
        assert not list(settings.STATIC_ROOT.rglob("tests"))
