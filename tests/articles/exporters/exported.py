"""An export in a folder of the test's own."""

import tempfile
from pathlib import Path

from django.utils import timezone

from articles.exporters.folder import Folder
from articles.exporters.wxr import write_wxr
from articles.importers.wordpress.deciding.states import Options
from articles.importers.wordpress.dry_run import Settings
from articles.importers.wordpress.media import Folder as Uploads
from articles.importers.wordpress.writing import import_all
from articles.management.import_options import address_of, is_reserved
from articles.publishing.article.readiness import EARLIEST, FARTHEST
from tests.articles.importers.wordpress.writing.test_run import imported


def folder_of(test):
    """An empty folder that is gone after the test."""
    folder = tempfile.TemporaryDirectory()
    test.addCleanup(folder.cleanup)
    return Path(folder.name)


def exported(folder, write=write_wxr, tell=print, **options):
    """The folder, with an export in it. Tests are in a transaction of their own, so there is no other moment."""
    with Folder(folder / "export") as made:
        write(made, now=timezone.now(), tell=tell, **options)
        made.complete()
    return folder / "export"


def from_wordpress(file, folder):
    """Brings a real export in, with the faults mended that can be."""
    options = Options(earliest=EARLIEST, latest=timezone.now() + FARTHEST)
    settings = Settings(options=options, is_reserved=is_reserved, address_of=address_of, with_repair=True)
    return import_all([file], folder / "report", settings=settings, now=timezone.now())


def brought_back(export, folder):
    """The report of an import of that export."""
    uploads = Uploads(export / "uploads")
    try:
        return imported([export / "newsroom.xml"], folder, media=uploads)
    finally:
        uploads.close()
