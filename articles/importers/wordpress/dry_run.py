"""Reads an export twice and says what an import would do. It writes a report, and nothing else."""

import datetime
import zoneinfo
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, nullcontext
from dataclasses import dataclass, field
from pathlib import Path

from articles.importers.wordpress.deciding.choices import Choices
from articles.importers.wordpress.deciding.states import Options
from articles.importers.wordpress.deciding.zones import Offsets
from articles.importers.wordpress.media import MediaSource, Uploads
from articles.importers.wordpress.planning import (
    COMMENTS,
    DOCUMENTS,
    META,
    PAGE,
    PICTURES,
    NothingKept,
    Plan,
    Report,
    Texts,
    own_hosts,
    page_of,
    plans,
    with_file,
    write_lists,
)
from articles.importers.wordpress.planning.resolver import AddressOf
from articles.importers.wordpress.reading import Limits, Source, sources
from articles.importers.wordpress.staging import move_out, staging_in
from articles.importers.wordpress.surveying import Scratch, Survey, check_room
from articles.importers.wordpress.text import Options as TextOptions
from articles.importers.wordpress.text import file_key

REPORT, SCRATCH = "report.json", "scratch.sqlite3"
# Texts in a batch.
AT_ONCE = 50
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
    choices: Choices = field(default_factory=Choices)
    texts: TextOptions = field(default_factory=TextOptions)
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
    """Raises FileRefused and NoRoom; then there is no report. `media` is where files are looked for."""
    files = sources(paths, limits=settings.limits)
    with staging_in(folder) as staging, scratch_in(staging, files) as scratch:
        survey = surveyed(files, scratch, settings, now, on_progress)
        nothing = NothingKept()
        uploads = (
            Uploads.of(media, nothing.keep, nothing.keep_document, own=own_hosts(survey)) if media else None
        )
        with closing(uploads) if uploads else nullcontext():
            report = reported(survey, files, staging, settings, on_progress, uploads)
            return result_of(report, staging, folder)


@contextmanager
def scratch_in(staging: Path, files: list[Source]) -> Iterator[Scratch]:
    check_room(staging, sum(source.size for source in files))
    scratch = Scratch(staging / SCRATCH, file_key=file_key)
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
    survey = Survey(
        scratch, limits=settings.limits, options=settings.options, now=now, choices=settings.choices
    )
    for number in survey.read_all(files, with_repair=settings.with_repair):
        on_progress(number, None)
    return survey


def reported(
    survey: Survey,
    files: list[Source],
    staging: Path,
    settings: Settings,
    on_progress: OnProgress,
    uploads: Uploads | None,
) -> Report:
    zones = zones_of(survey, settings)
    known = {site: zoneinfo.ZoneInfo(zone) for site, zone in zones.items()}
    with (
        Texts(survey, known, settings.address_of, uploads, options=settings.texts, with_html=False) as texts,
        (staging / REPORT).open("w", encoding="utf-8") as file,
        Report(file, survey, texts, zones=zones, is_reserved=settings.is_reserved, dry_run=True) as report,
    ):
        looked_at = LookedAt(texts)
        for number, each in enumerate(plans(survey, files, zones=known), 1):
            report.add(each if isinstance(each, Plan) else with_file(each, uploads))
            if isinstance(each, Plan):
                looked_at.take(each)
            on_progress(number, survey.items)
        looked_at.flush()
    if uploads:
        write_lists(staging, uploads)
    return report


class LookedAt:
    """Has texts converted, some at a time, for what is found in them."""

    def __init__(self, texts: Texts):
        self.texts = texts
        self.waiting: list[Plan] = []
        self.begun: deque[Callable[[], object]] = deque()

    def take(self, plan: Plan) -> None:
        self.waiting.append(plan)
        if len(self.waiting) == AT_ONCE:
            self.begin(but=self.texts.ahead)

    def flush(self) -> None:
        self.begin(but=0)

    def begin(self, *, but: int) -> None:
        plans, self.waiting = self.waiting, []
        self.begun.append(self.texts.begin(plans))
        while len(self.begun) > but:
            self.begun.popleft()()


def result_of(report: Report, staging: Path, folder: Path, run: int | None = None) -> Result:
    """What the run has written is in the folder now. The report comes last."""
    (staging / PAGE).write_text(page_of(report.summary(), report.to_look_at), encoding="utf-8")
    move_out(staging, folder, PICTURES, DOCUMENTS, COMMENTS, META, PAGE, REPORT)
    return Result(folder / REPORT, report.summary(), report.is_whole, run)


def zones_of(survey: Survey, settings: Settings) -> dict[str, str]:
    return {site: zone_of(offsets, settings) for site, offsets in survey.offsets.items()}


def zone_of(offsets: Offsets, settings: Settings) -> str:
    """What the operator says, else what the export shows, else the paper's own zone."""
    inferred = None if settings.zone else offsets.inferred()
    return settings.zone or (inferred.name if inferred else settings.fallback_zone)
