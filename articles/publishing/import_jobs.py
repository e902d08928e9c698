"""Imports that are asked for at the desk: each is a process of its own, one at a time.

Whether the process lives is told by a lock: it is handed to the process when that begins, and the system
takes it back when the process ends, however it does. So nobody is misled by the number of a process that is
gone.
"""

import fcntl
import json
import os
import stat
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, BinaryIO

from django.utils import timezone
from django.utils.text import slugify

from articles.conf import project_folder, var_folder
from articles.models import ImportJob, ImportRun
from articles.publishing.article.drafts import User
from articles.whole_files import UNFINISHED

from .shared.errors import Problem, Refused

ENDINGS = (".xml", ".xml.gz", ".gz", ".zip")
REPORT, JOBS = "report", "jobs"
# A page that looks whether an import is under way has the lock for a moment.
TRIES, PAUSE = 10, 0.05
# So many tries if the process that has it is about to end.
ENDING = 400
LONGEST_SAID = 10_000


def folder() -> Path:
    """Where an operator puts exports, and folders of uploads, to be imported from the desk."""
    return var_folder() / "import"


def exports() -> list[str]:
    """The files there that may be exports, the newest first. No links are followed."""
    found = [
        (entry.stat(follow_symlinks=False).st_mtime, entry.name)
        for entry in entries()
        if entry.is_file(follow_symlinks=False) and entry.name.lower().endswith(ENDINGS)
    ]
    return [name for _, name in sorted(found, reverse=True)]


def upload_folders() -> list[str]:
    return sorted(
        entry.name for entry in entries() if entry.is_dir(follow_symlinks=False) and entry.name != JOBS
    )


def entries() -> Iterator[os.DirEntry]:
    try:
        with os.scandir(folder()) as found:
            yield from found
    except FileNotFoundError:
        return


def store_export(name: str, pieces: Iterable[bytes]) -> str:
    """Put an upload beside the others, under a name of plain letters that is free. Refused if its name is not
    that of an export."""
    ending = next((each for each in ENDINGS if name.lower().endswith(each)), None)
    if ending is None:
        message = "This is no export. WordPress writes .xml files; they may be packed as .gz or .zip."
        raise Refused([Problem("upload", message)])
    stem = slugify(name[: -len(ending)])[:80] or "export"
    folder().mkdir(parents=True, exist_ok=True)
    # A name of its own, which exports() does not offer, until it is whole.
    with tempfile.NamedTemporaryFile(dir=folder(), prefix=UNFINISHED) as file:
        file.writelines(pieces)
        file.flush()
        os.fchmod(file.fileno(), 0o644)
        return linked(Path(file.name), stem, ending)


def linked(whole: Path, stem: str, ending: str) -> str:
    """Give the file the first name that is free."""
    for number in range(1, 1000):
        free = folder() / f"{stem}{f'-{number}' if number > 1 else ''}{ending}"
        with suppress(FileExistsError):
            os.link(whole, free)
            return free.name
    raise Refused([Problem("upload", "There are too many files of this name; delete some of them.")])


def job_folder(number: int) -> Path:
    return folder() / JOBS / str(number)


def report_folder(job: ImportJob) -> Path:
    return job_folder(job.pk) / REPORT


def status_file(job: ImportJob) -> Path:
    return job_folder(job.pk) / "status.json"


def begin_job(
    what: str, files: list[str], options: dict[str, Any], *, by: User, run: ImportRun | None = None
) -> ImportJob:
    """Start the process. Refused while another one runs."""
    with lock_file() as lock:
        wait_for(lock)
        job = ImportJob.objects.create(what=what, files=files, options=options, by=by, run=run)
        lock.truncate(0)
        os.pwrite(lock.fileno(), str(job.pk).encode(), 0)
        start(job, lock)
    return job


def wait_for(lock: BinaryIO) -> None:
    """Take the lock. Refused while another import is under way."""
    for turn in range(ENDING):
        if takes(lock):
            return
        if turn >= TRIES and not is_ending(lock):
            break
        time.sleep(PAUSE)
    raise Refused([Problem("", "Another import is under way. Wait until it ends.")])


def is_ending(lock: BinaryIO) -> bool:
    """Whether the job is done. Its process takes a moment to end after that."""
    return ImportJob.objects.filter(pk=holder(lock), ended_at__isnull=False).exists()


def holder(lock: BinaryIO) -> int | None:
    said = os.pread(lock.fileno(), 20, 0)
    return int(said) if said.isdigit() else None


def takes(lock: BinaryIO, how: int = fcntl.LOCK_EX) -> bool:
    """Takes the lock, or says that another has it."""
    try:
        fcntl.flock(lock, how | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def lock_file() -> BinaryIO:
    folder().mkdir(parents=True, exist_ok=True)
    return open(os.open(folder() / "lock", os.O_RDWR | os.O_CREAT, 0o600), "r+b", buffering=0)


def start(job: ImportJob, lock: BinaryIO) -> None:
    """The process keeps the lock as long as it lives, because it has the file open. It survives a restart of
    the web server."""
    job_folder(job.pk).mkdir(parents=True, exist_ok=True)
    with (job_folder(job.pk) / "log").open("ab") as log:
        process = subprocess.Popen(  # noqa: S603 - no shell, and the only word that is not ours is a number
            [sys.executable, project_folder() / "manage.py", "import_job", str(job.pk)],
            cwd=project_folder(),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[lock.fileno()],
        )
    # Without somebody who waits for it, it would stay in the list of processes.
    threading.Thread(target=process.wait, name=f"import {job.pk}", daemon=True).start()


def running_job() -> int | None:
    """The number of the job whose process lives. Several pages may look at once: they share the lock, so that
    none takes another for an import."""
    with lock_file() as lock:
        return None if takes(lock, fcntl.LOCK_SH) else holder(lock)


def status_of(job: ImportJob) -> dict[str, Any]:
    """How far it is, as the process has last written; empty if it has not."""
    try:
        return json.loads(status_file(job).read_text())
    except (FileNotFoundError, ValueError):
        return {}


def log_of(job: ImportJob, most: int = 4000) -> str:
    """The end of what the process has printed besides."""
    try:
        with (job_folder(job.pk) / "log").open("rb") as file:
            file.seek(max(0, os.fstat(file.fileno()).st_size - most))
            return file.read(most).decode(errors="replace")
    except FileNotFoundError:
        return ""


def report_file(job: ImportJob, name: str) -> BinaryIO | None:
    """A file of the report. `name` is one of those that an import writes."""
    path = report_folder(job) / name
    try:
        return path.open("rb") if stat.S_ISREG(path.lstat().st_mode) else None
    except OSError:
        return None


def note_run(job: ImportJob, number: int) -> None:
    """Called by the process before it writes anything, so that even what a killed one has made can be taken
    back."""
    job.run_id = number
    job.save(update_fields=["run"])


def end_job(job: ImportJob, *, code: int, said: str) -> None:
    """Called by the process as its last act."""
    job.ended_at, job.code, job.said = timezone.now(), code, said[-LONGEST_SAID:]
    job.save(update_fields=["ended_at", "code", "said"])
