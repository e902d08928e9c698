"""What an operator may have forgotten before the site can serve, each as one sentence saying what to do."""

import os

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from articles.conf import folders_written_to


def start_problems():
    yield from folder_problems()
    yield from database_problems()
    yield from static_problems()


def folder_problems():
    for folder in folders_written_to():
        # A folder that is not there yet is made on first use, in the nearest one that is.
        nearest = next(parent for parent in (folder, *folder.parents) if parent.exists())
        if not (nearest.is_dir() and os.access(nearest, os.W_OK | os.X_OK)):
            yield (
                f"{folder} cannot be written to; make {nearest} a folder that belongs to the user "
                "who runs the site, or choose another with VAR_DIR."
            )


def database_problems():
    try:
        executor = MigrationExecutor(connection)
        missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        reason = (str(error).strip().splitlines() or ["no answer"])[0]
        yield f"the database does not answer ({reason}); start it, or correct DATABASE_URL."
    else:
        if missing:
            count = f"{len(missing)} migration{'' if len(missing) == 1 else 's'}"
            yield f"the database lacks {count}; run: python manage.py migrate"


def static_problems():
    if not isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        return
    if not staticfiles_storage.exists(staticfiles_storage.manifest_name):
        yield "the static files are not collected; run: python manage.py collectstatic --noinput"
