"""Reads an export twice and says what an import would do. It writes a report, and nothing else."""

import datetime
import os
import shutil
import tempfile
import zoneinfo
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from articles.importers.wordpress.deciding.states import Options
from articles.importers.wordpress.deciding.zones import Offsets
from articles.importers.wordpress.media import MediaSource, Pictures
from articles.importers.wordpress.planning import (
    PAGE,
    NothingKept,
    Plan,
    Report,
    Texts,
    page_of,
    plans,
    with_picture,
    write_list,
)
from articles.importers.wordpress.planning.resolver import AddressOf
from articles.importers.wordpress.reading import Limits, Source, sources
from articles.importers.wordpress.surveying import Scratch, Survey, check_room
from articles.importers.wordpress.text import file_key

REPORT = "report.json"
ROOM = ".import-"
# Is called with the number of items and how many there are; None as long as that is not known.
OnProgress = Callable[[int, int | None], None]


@dataclass(frozen=True, slots=True)
class Settings:
    """What the operator asks for, and what the paper says of its addresses.

    `zone` is empty if it is to be inferred; `fallback_zone` is used if it cannot be.
    """

    is_reserved: Callable[[str], bool]
    address_of: AddressOf
    options: Options = field(default_factory=Options)
    limits: Limits = field(default_factory=Limits)
    zone: str = ""
    fallback_zone: str = "UTC"
    with_repair: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    report: Path
    summary: dict
    is_whole: bool
    # The number of the run in the journal; a dry run has none.
    run: int | None = None


def dry_run(
    paths: Sequence[Path],
    folder: Path,
    *,
    settings: Settings,
    now: datetime.datetime,
    media: MediaSource | None = None,
    on_progress: OnProgress = lambda done, total: None,
) -> Result:
    """Raises FileRefused and NoRoom; then there is no report. `media` is where pictures are looked for."""
    files = sources(paths, limits=settings.limits)
    with scratch_in(folder, files) as scratch:
        survey = surveyed(files, scratch, settings, now, on_progress)
        pictures = Pictures(media, NothingKept().keep) if media else None
        with closing(pictures) if pictures else nullcontext():
            return reported(survey, files, folder, settings, on_progress, pictures)


@contextmanager
def scratch_in(folder: Path, files: list[Source]) -> Iterator[Scratch]:
    """In a folder of its own, which is gone at the end. Those that killed runs have left are removed."""
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.glob(f"{ROOM}*"):
        shutil.rmtree(left, ignore_errors=True)
    check_room(folder, sum(source.size for source in files))
    with tempfile.TemporaryDirectory(dir=folder, prefix=ROOM) as room:
        scratch = Scratch(Path(room) / "scratch.sqlite3", file_key=file_key)
        try:
            yield scratch
        finally:
            scratch.close()


def surveyed(
    files: list[Source],
    scratch: Scratch,
    settings: Settings,
    now: datetime.datetime,
    on_progress: OnProgress,
) -> Survey:
    survey = Survey(scratch, limits=settings.limits, options=settings.options, now=now)
    for number in survey.read_all(files, with_repair=settings.with_repair):
        on_progress(number, None)
    return survey


def reported(
    survey: Survey,
    files: list[Source],
    folder: Path,
    settings: Settings,
    on_progress: OnProgress,
    pictures: Pictures | None,
) -> Result:
    zones = zones_of(survey, settings)
    known = {site: zoneinfo.ZoneInfo(zone) for site, zone in zones.items()}
    texts = Texts(survey, known, settings.address_of, pictures)
    unfinished = folder / f"{REPORT}.part"
    with (
        unfinished.open("w", encoding="utf-8") as file,
        Report(file, survey, texts, zones=zones, is_reserved=settings.is_reserved, dry_run=True) as report,
    ):
        for number, each in enumerate(plans(survey, files, zones=known), 1):
            report.add(each if isinstance(each, Plan) else with_picture(each, pictures))
            if isinstance(each, Plan):
                texts.converted(each)
            on_progress(number, survey.items)
    if pictures:
        write_list(folder, pictures)
    write_page(folder, report)
    os.replace(unfinished, folder / REPORT)
    return Result(folder / REPORT, report.summary(), report.is_whole)


def write_page(folder: Path, report: Report) -> None:
    (folder / PAGE).write_text(page_of(report.summary(), report.to_look_at), encoding="utf-8")


def zones_of(survey: Survey, settings: Settings) -> dict[str, str]:
    return {site: zone_of(offsets, settings) for site, offsets in survey.offsets.items()}


def zone_of(offsets: Offsets, settings: Settings) -> str:
    """What the operator says, else what the export shows, else the paper's own zone."""
    inferred = None if settings.zone else offsets.inferred()
    return settings.zone or (inferred.name if inferred else settings.fallback_zone)
