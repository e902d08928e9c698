"""A press on a newsroom that was restored into a scratch place: whether its pages can be printed."""

import os
import subprocess
import sys
from pathlib import Path

from django.conf import settings

from articles.backup.errors import BackupFailed
from articles.conf import project_folder

# Nobody outside is told of what is printed there.
TELLS_NOBODY = (
    *("PRESS_PURGE_ADDRESSES", "PRESS_PURGE_API", "PRESS_PURGE_TOKEN"),
    *("WEBSUB_HUB", "INDEXNOW_KEY", "EMAIL_HOST"),
)
# Pictures are in the scratch place. What is made or deleted of them must not reach the site's own store.
KEEPS_NO_STORE = tuple(
    f"PICTURES_{name}" for name in ("BUCKET", "MASTERS_BUCKET", "ENDPOINT", "REGION", "KEY_ID", "SECRET")
)
COMPARED = 200  # pages


def print_in_scratch(place):
    """Yields what was done, as sentences. BackupFailed with what the press says."""
    link_static_files(place.folder / "static")
    # A backup of an older version becomes one of this version first, as it would if it were restored.
    run(place, "migrate", "--verbosity=0")
    yield run(place, "press", "all")
    yield run(place, "press", "check", "--sample", str(COMPARED))


def link_static_files(folder):
    if Path(settings.STATIC_ROOT).is_dir():
        folder.symlink_to(settings.STATIC_ROOT, target_is_directory=True)


def run(place, *arguments):
    environment = os.environ | dict.fromkeys((*TELLS_NOBODY, *KEEPS_NO_STORE), "")
    environment |= {
        "VAR_DIR": str(place.folder),
        "PRESS_SHELF": str(place.folder / "shelf"),
        "DATABASE_URL": place.database.url,
        "SECRET_KEY": settings.SECRET_KEY,
    }
    done = subprocess.run(  # noqa: S603 - a command of ours
        [sys.executable, project_folder() / "manage.py", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise BackupFailed(f"It was restored, but `{' '.join(arguments[:2])}` fails on it:\n{said}")
    return done.stdout.strip()
