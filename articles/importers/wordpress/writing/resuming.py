"""An import that was stopped goes on without reading its files anew.

What the first pass has found out is kept in the run's staging folder as long as the run lasts, and the next
run of the same files takes it from there. It begins with the first text that the journal does not have. What
stands before that comes last, and is hardly more than looked at.

What is kept counts only for the same files, the same settings and the same release. It is signed, because
whoever can write objects for Python to read could have it do anything.
"""

import datetime
import hashlib
import json
import os
import pickle
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, replace
from functools import cache
from itertools import islice
from pathlib import Path

from django.utils.crypto import constant_time_compare, salted_hmac

from articles import importers, words
from articles.importers.wordpress.dry_run import SCRATCH, OnProgress, Settings, scratch_in, surveyed
from articles.importers.wordpress.reading import Jump, Source
from articles.importers.wordpress.records import Place
from articles.importers.wordpress.surveying import Scratch, Survey
from articles.importers.wordpress.text import file_key
from articles.models import Imported
from articles.whole_files import write_whole

SALT = "articles.importers.wordpress.survey"
# So many texts are looked up in the journal in one query.
AT_ONCE = 2_000


class Kept:
    """The name of the file says of what it is the survey."""

    def __init__(self, paths: Sequence[Path], settings: Settings):
        self.settings = settings
        self.names = (f"survey-{name_of(paths, settings)}", SCRATCH)

    def keep(self, survey: Survey, staging: Path) -> None:
        with (staging / SCRATCH).open("rb") as scratch:
            os.fsync(scratch.fileno())
        data = pickle.dumps({"sites": survey.scratch.sites, "state": survey.state()})
        write_whole(staging / self.names[0], signature(data) + data, mode=0o600)

    def survey(self, staging: Path, now: datetime.datetime) -> Survey | None:
        path = staging / self.names[0]
        if not path.exists():
            return None
        data = path.read_bytes()
        size = len(signature(b""))
        if not constant_time_compare(data[:size], signature(data[size:])):
            path.unlink()
            return None
        found = pickle.loads(data[size:])  # noqa: S301 - a run of this site has signed it
        scratch = Scratch(staging / SCRATCH, file_key=file_key, sites=found["sites"])
        given = self.settings
        survey = Survey(scratch, limits=given.limits, options=given.options, now=now, choices=given.choices)
        vars(survey).update(found["state"])
        return survey


def signature(data: bytes) -> bytes:
    return salted_hmac(SALT, data, algorithm="sha256").digest()


def name_of(paths: Sequence[Path], settings: Settings) -> str:
    """Of files, settings and release. Which times a paper can publish at has no say in a survey."""
    files = [(path.name, *path.stat()[:2], path.stat().st_size, path.stat().st_mtime_ns) for path in paths]
    options = replace(settings.options, earliest=None, latest=None)
    parts = [files, *map(asdict, (options, settings.choices, settings.limits)), settings.with_repair]
    said = json.dumps([*parts, release()], default=sorted, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@cache
def release() -> str:
    """Of the programs that read exports."""
    state = hashlib.sha256()
    for package in (importers, words):
        for path in sorted(Path(package.__file__).parent.rglob("*.py")):
            state.update(path.read_bytes())
    return state.hexdigest()


@contextmanager
def survey_in(
    staging: Path,
    kept: Kept,
    files: list[Source],
    now: datetime.datetime,
    on_progress: OnProgress,
) -> Iterator[Survey]:
    """That of the run that was stopped, or else a new one."""
    survey = kept.survey(staging, now)
    if survey is not None:
        with closing(survey.scratch):
            yield survey
        return
    (staging / SCRATCH).unlink(missing_ok=True)
    with scratch_in(staging, files) as scratch:
        survey = surveyed(files, scratch, kept.settings, now, on_progress)
        kept.keep(survey, staging)
        yield survey


def missing_first(survey: Survey, files: list[Source]) -> list[Source]:
    """The same items, beginning with the first text that the journal does not have, and at their end those
    that stand before it."""
    names = [source.name for source in files]
    # Of files that have one name, nobody could tell which one a text stands in.
    for number, source in enumerate(files) if len(set(names)) == len(names) else ():
        if (place := first_missing(survey, source.name)) is not None:
            first = survey.scratch.beginning(source.name)
            if first is None or place.number == first.number:
                return files[number:] + files[:number]
            rest, before = replace(source, since=Jump(first, place)), replace(source, until=place.number)
            return [rest, *files[number + 1 :], *files[:number], before]
    return files


def first_missing(survey: Survey, name: str) -> Place | None:
    keys = {number: key for key, number in survey.scratch.sites.items()}
    texts = survey.scratch.texts_in(name)
    while few := list(islice(texts, AT_ONCE)):
        rows = Imported.objects.filter(source_id__in=[source_id for _, source_id, _ in few])
        there = set(rows.values_list("source", "source_id"))
        for site, source_id, place in few:
            if (keys[site], source_id) not in there:
                return place
    return None
