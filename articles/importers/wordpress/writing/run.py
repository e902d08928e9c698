"""A whole run: survey, sections and tags, then every article and page."""

import datetime
import zoneinfo
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from django.utils import timezone

from articles.body import Prepared
from articles.conf import paper
from articles.importers.wordpress.dry_run import (
    REPORT,
    OnProgress,
    Result,
    Settings,
    result_of,
    zones_of,
)
from articles.importers.wordpress.media import MediaSource, Uploads
from articles.importers.wordpress.planning import (
    COMMENTS,
    META,
    Comments,
    KeptMeta,
    Plan,
    Report,
    Rest,
    Texts,
    own_hosts,
    plans,
    with_file,
    write_lists,
)
from articles.importers.wordpress.reading import Source, sources
from articles.importers.wordpress.staging import staging_in
from articles.importers.wordpress.surveying import Survey
from articles.models import ImportRun
from articles.publishing.shared.prepared_body import prepared

from .addresses import write_addresses
from .contents import Contents
from .file_addresses import write_file_addresses
from .furniture import Authors, Sections, make_tags
from .pictures import Library
from .resuming import Kept, missing_first, survey_in
from .store import Store


def import_all(
    paths: Sequence[Path],
    folder: Path,
    *,
    settings: Settings,
    now: datetime.datetime,
    by: Any = None,
    media: MediaSource | None = None,
    run: ImportRun | None = None,
    on_run: Callable[[int], None] = lambda number: None,
    on_progress: OnProgress = lambda done, total: None,
) -> Result:
    """Raises FileRefused and NoRoom; then nothing was written. After any other end, another run goes on, or
    the same one if it is given as `run`, with the first text that is not there yet. `on_run` is told its
    number before anything is written. Files come from `media`; without it, texts link to where they were."""
    files = sources(paths, limits=settings.limits)
    kept = Kept(paths, settings)
    with (
        staging_in(folder, kept=kept.names) as staging,
        survey_in(staging, kept, files, now, on_progress) as survey,
    ):
        run = run or ImportRun.objects.create(files=[source.name for source in files], by=by)
        on_run(run.pk)
        library = Library(run)
        uploads = (
            Uploads.of(media, library.keep, library.keep_document, own=own_hosts(survey)) if media else None
        )
        with closing(uploads) if uploads else nullcontext():
            report = written(survey, files, staging, run, settings, on_progress, uploads)
            return finished(run, report, staging, folder)


def written(
    survey: Survey,
    files: list[Source],
    staging: Path,
    run: ImportRun,
    settings: Settings,
    on_progress: OnProgress,
    uploads: Uploads | None,
) -> Report:
    zones = zones_of(survey, settings)
    known = {site: zoneinfo.ZoneInfo(zone) for site, zone in zones.items()}
    sections = Sections(survey, settings.is_reserved)
    sections.make()
    tags = make_tags(survey)
    authors = Authors(settings.choices.users)
    with (
        Texts(
            survey, known, settings.address_of, uploads, options=settings.texts, prepare=prepared_body
        ) as texts,
        (staging / COMMENTS).open("w", encoding="utf-8") as comments,
        kept_meta_in(staging, settings) as kept_meta,
        (staging / REPORT).open("w", encoding="utf-8") as file,
        Report(file, survey, texts, zones=zones, is_reserved=settings.is_reserved, dry_run=False) as report,
    ):
        contents = Contents(survey, texts, sections, authors, tags)
        found = plans(survey, missing_first(survey, files), zones=known, on_comment=Comments(comments).add)
        store = Store(run, contents, on_done=report.add_plan)
        for number, each in enumerate(noted(found, kept_meta), 1):
            if isinstance(each, Plan):
                store.take(each)
            else:
                report.add(with_file(each, uploads))
            on_progress(number, survey.items)
        store.flush()
    write_addresses(survey, sections, tags, authors)
    if uploads:
        write_file_addresses(survey, uploads)
        write_lists(staging, uploads)
    return report


def noted(found: Iterable[Plan | Rest], kept_meta: KeptMeta | None) -> Iterator[Plan | Rest]:
    """The same, and the fields that are to be kept are written down on the way."""
    for each in found:
        if kept_meta:
            kept_meta.add(each.item)
        yield each


def finished(run: ImportRun, report: Report, staging: Path, folder: Path) -> Result:
    result = result_of(report, staging, folder, run.pk)
    run.finished_at, run.results = timezone.now(), dict(report.outcomes)
    run.save(update_fields=["finished_at", "results"])
    return result


@contextmanager
def kept_meta_in(staging: Path, settings: Settings) -> Iterator[KeptMeta | None]:
    if not settings.choices.keep_meta:
        yield None
        return
    with (staging / META).open("w", encoding="utf-8") as file:
        yield KeptMeta(file)


def prepared_body(html: str) -> Prepared:
    """What readers get of the body of an article that is brought in."""
    return prepared(html, paper().language)
