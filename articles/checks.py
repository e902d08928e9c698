"""What an operator may have forgotten before the site can serve, each as one sentence saying what to do."""

import os
from urllib.parse import urldefrag

from django.contrib.auth.models import Group
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, staticfiles_storage
from django.db import DatabaseError, InterfaceError

from articles.conf import folders_written_to, paper, policies, second_factor_for
from articles.database.state import database_problems
from articles.models import Page
from articles.publishing.tasks.prepare_all import is_anything_prepared_otherwise


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


def static_problems():
    if not isinstance(staticfiles_storage, ManifestStaticFilesStorage):
        return
    if not staticfiles_storage.exists(staticfiles_storage.manifest_name):
        yield "the static files are not collected; run: python manage.py collectstatic --noinput"


def start_advice():
    """What the site does without, each as one sentence saying what to do. Nothing if the database is away."""
    try:
        prepared_otherwise = is_anything_prepared_otherwise()
        pages = set(map(Page.get_absolute_url, Page.objects.filter(published=True).only("path")))
        groups = set(Group.objects.values_list("name", flat=True))
    except (DatabaseError, InterfaceError):
        return
    for name in sorted(second_factor_for() - groups - {"everybody"}):
        yield (
            f"SECOND_FACTOR_FOR names {name!r}, which is no group, so it asks nobody for a second factor; "
            f"the groups are {', '.join(sorted(groups))}, and “everybody” is all of the desk."
        )
    if prepared_otherwise:
        yield (
            "Some articles or pages were prepared by another version of the code or for another SITE_URL. "
            "Readers get them right, but it takes longer; run: python manage.py prepare"
        )
    for name, address in policies().items():
        path = urldefrag(address.removeprefix(paper().url)).url
        if path not in pages:
            yield (
                f"A setting says that the {name} of the paper stands at {path}, which is none of its "
                "own pages; write that page, or correct the setting."
            )
