"""What has to be there before the site can serve, made where it is missing, left alone where it is not."""

import hashlib
from pathlib import Path

from django.apps import apps
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.core.management import call_command

from articles.conf import var_folder
from articles.database.state import database_problems
from articles.models import Article, Author, Image, Page, Section, Tag
from articles.publishing.tasks.prepare_all import is_anything_prepared_otherwise
from articles.whole_files import write_whole


def prepare(say):
    """Database, static files, demo newsroom. `say` gets a sentence before anything that takes a while."""
    if any(database_problems()):
        say("Preparing the database …")
        call_command("migrate", verbosity=0)
    if static_files_changed():
        say("Collecting the static files …")
        collect_static_files()
    if is_empty() and has_demo():
        say("Filling the empty newsroom with a demonstration …")
        call_command("demo")
    if is_anything_prepared_otherwise():
        say("Preparing the articles as this version does …")
        call_command("prepare", verbosity=0)


def is_empty():
    return not any(model._base_manager.exists() for model in (Article, Section, Author, Image, Tag, Page))


def has_demo():
    """Whether the demonstration is installed. A site that wants none can delete its folder."""
    return (Path(__file__).parent / "demo" / "loading.py").exists()


def static_stamp() -> Path:
    return var_folder() / "static-files.txt"


def static_files_changed():
    if not isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        return False
    if not staticfiles_storage.exists(staticfiles_storage.manifest_name) or not static_stamp().exists():
        return True
    return static_stamp().read_text() != static_fingerprint()


def collect_static_files():
    found = static_fingerprint()
    call_command("collectstatic", interactive=False, verbosity=0)
    write_whole(static_stamp(), found)


def static_fingerprint():
    """Changes when a static file of ours or of a package is added, changed or taken away."""
    digest = hashlib.sha256()
    not_for_readers = apps.get_app_config("staticfiles").ignore_patterns
    for finder in get_finders():
        for path, storage in sorted(finder.list(not_for_readers), key=lambda found: found[0]):
            state = Path(storage.path(path)).stat()
            digest.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
