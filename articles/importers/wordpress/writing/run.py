"""A whole run: survey, sections and tags, then every article and page."""

import datetime
import os
import zoneinfo
from collections.abc import Sequence
from contextlib import closing, nullcontext
from pathlib import Path
from typing import Any

from django.utils import timezone

from articles.importers.wordpress.dry_run import (
    REPORT,
    OnProgress,
    Result,
    Settings,
    scratch_in,
    surveyed,
    write_page,
    zones_of,
)
from articles.importers.wordpress.media import MediaSource, Pictures
from articles.importers.wordpress.planning import (
    COMMENTS,
    Comments,
    Plan,
    Report,
    Texts,
    plans,
    with_picture,
    write_list,
)
from articles.importers.wordpress.reading import Source, sources
from articles.importers.wordpress.surveying import Survey
from articles.models import ImportRun

from .addresses import write_addresses
from .contents import Contents
from .furniture import Authors, Sections, make_tags
from .pictures import Library
from .store import Store


def import_all(
    paths: Sequence[Path],
    folder: Path,
    *,
    settings: Settings,
    now: datetime.datetime,
    by: Any = None,
    media: MediaSource | None = None,
    on_progress: OnProgress = lambda done, total: None,
) -> Result:
    """Raises FileRefused and NoRoom; then nothing was written. After any other end, another run goes on.
    Pictures come from `media`; without it, texts link to where they were."""
    files = sources(paths, limits=settings.limits)
    with scratch_in(folder, files) as scratch:
        survey = surveyed(files, scratch, settings, now, on_progress)
        run = ImportRun.objects.create(files=[source.name for source in files], by=by)
        pictures = Pictures(media, Library(run).keep) if media else None
        with closing(pictures) if pictures else nullcontext():
            return written(survey, files, folder, run, settings, on_progress, pictures)


def written(
    survey: Survey,
    files: list[Source],
    folder: Path,
    run: ImportRun,
    settings: Settings,
    on_progress: OnProgress,
    pictures: Pictures | None,
) -> Result:
    zones = zones_of(survey, settings)
    known = {site: zoneinfo.ZoneInfo(zone) for site, zone in zones.items()}
    sections = Sections(survey, settings.is_reserved)
    sections.make()
    tags = make_tags(survey)
    texts = Texts(survey, known, settings.address_of, pictures)
    authors = Authors()
    contents = Contents(survey, texts, sections, authors, tags)
    unfinished = folder / f"{REPORT}.part"
    with (
        (folder / COMMENTS).open("w", encoding="utf-8") as comments,
        unfinished.open("w", encoding="utf-8") as file,
        Report(file, survey, texts, zones=zones, is_reserved=settings.is_reserved, dry_run=False) as report,
    ):
        store = Store(run, contents, on_done=report.add_plan)
        for number, each in enumerate(
            plans(survey, files, zones=known, on_comment=Comments(comments).add), 1
        ):
            if isinstance(each, Plan):
                store.take(each)
            else:
                report.add(with_picture(each, pictures))
            on_progress(number, survey.items)
        store.flush()
    write_addresses(survey, sections, tags, authors)
    if pictures:
        write_list(folder, pictures)
    write_page(folder, report)
    os.replace(unfinished, folder / REPORT)
    run.finished_at, run.results = timezone.now(), dict(report.outcomes)
    run.save()
    return Result(folder / REPORT, report.summary(), report.is_whole, run.pk)
