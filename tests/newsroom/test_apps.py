import re
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.utils import get_files

from articles.admin.desk.form.body_editor import CONFIG
from newsroom.apps import UNUSED_PLUGINS, StaticFiles

EDITOR = "ckeditor/ckeditor/ckeditor.js"


class TestStaticFiles:
    def test_no_plugin_is_left_out_that_the_editor_loads(self):
        (own,) = re.findall(r"CKEDITOR\.config\.plugins='([^']*)'", Path(finders.find(EDITOR)).read_text())
        assert not set(UNUSED_PLUGINS) & {*own.split(","), *CONFIG["extraPlugins"].split(",")}

    def test_nothing_of_the_others_is_collected(self):
        (storage,) = (found for finder in finders.get_finders() if (found := storage_of(finder)))
        collected = [*get_files(storage, StaticFiles.ignore_patterns)]
        assert EDITOR in collected
        plugins = {Path(name).parts[3] for name in collected if "/plugins/" in name and name.count("/") > 3}
        assert "link" in plugins
        assert not plugins & set(UNUSED_PLUGINS)


def storage_of(finder):
    """CKEditor's files, if the finder has them."""
    return getattr(finder, "storages", {}).get("ckeditor")
