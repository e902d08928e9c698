"""Printing every page, between the changes that readers wait for.

A walk has two parts. First it visits every page on the shelf and prints it anew; if the site no longer has
the page, it is taken away. Then it visits every address of the site and prints the pages that the shelf
lacks. So each page is printed once, without remembering a million addresses. Both parts begin with fronts and
lists and go on with the newest articles.
"""

import datetime
import itertools
import json
import logging
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from urllib.parse import quote, unquote

from django.utils import timezone

from articles.models import Article
from articles.press.background.recompress import Recompressing
from articles.press.shelf.addresses import is_past
from articles.press.shelf.interface import Shelf

from .addresses import Ask, addresses_after, is_article

logger = logging.getLogger("articles.press")

SLICE = 4  # pages between two looks at the outbox
LOOKED_AT = 40  # addresses, printed or not, that the walk visits between two looks at the outbox
# Matches years and months of the paper, a section, a tag or an author, and all addresses below them.
DATED = re.compile(
    r"/(?:(?:tag|author)/[^/]+/|(?!(?:tag|author|[0-9]{4})/)[^/]+/(?:[^/]+/)?)?([0-9]{4})/(?:([0-9]{2})/)?"
)


@dataclass(frozen=True)
class Progress:
    """How far a walk has come: everything up to the address `reached` is done.

    fills: the second part has begun: the shelf was walked, and now what it lacks is printed. end: the shelf
    is walked up to this address; None means to its end. again: after that, the shelf is walked once more from
    its beginning up to this address. whole: old pages on the shelf are walked too, however few years back the
    walk goes by itself. articles: how many articles are done, of `total`.
    """

    fills: bool = False
    reached: str | None = None
    end: str | None = None
    again: str | None = None
    whole: bool = False
    articles: int = 0
    total: int = 0

    def in_words(self) -> str:
        act = "printing what the shelf lacks" if self.fills else "reprinting"
        return f"{act}, {min(self.articles, self.total):,} of {self.total:,} articles"


@dataclass(frozen=True)
class Step:
    """One step of a walk. `address` is what to print, or None if there is nothing to print. `progress` is
    where the walk stands once that is done, or None if the walk is over then."""

    address: str | None
    progress: Progress | None


class Walk:
    """A walk and its progress, which is noted on the shelf: after a press was killed, the next one goes on.

    `years` says how many years back it goes, 0 for all. With `fills_disk` it leaves no room for news on a
    small disk, because an operator has asked for everything.
    """

    def __init__(
        self,
        shelf: Shelf,
        *,
        name: str = "walk.json",
        years: int = 0,
        fills_disk: bool = False,
        ask: Ask = list,
    ) -> None:
        self.shelf = shelf
        self.note = shelf.note(name)
        self.years = years
        self.fills_disk = fills_disk
        self.recompressing = Recompressing(shelf)
        self._ask = ask
        self._rest: Iterator[Step] | None = None

    def begin(self, *, whole: bool = False) -> None:
        """Begin a walk. `whole` is said if nobody knows what has changed since the shelf was printed: then
        the oldest page on it may be one that the site no longer has.

        If one is walking the shelf already, it goes on to the end, and then walks the shelf again up to where
        it is now. It does not go back to the first pages at once, because changes that come faster than the
        shelf can be printed would keep it there for ever."""
        before = self.progress()
        if before.fills:
            before = Progress()
        # All articles that there are now are still to be printed, in addition to those that are done.
        total = before.articles + self._count()
        self._write(
            Progress(
                reached=before.reached,
                again=before.reached,
                whole=whole or before.whole,
                articles=before.articles,
                total=total,
            )
        )
        # The pages are compressed a second time when this walk is over, so compressing those of an earlier
        # walk ends.
        self.recompressing.end()
        self.start_over()

    def start_over(self) -> None:
        """Go on from the last step that was done, with a new iterator."""
        self._rest = None

    @property
    def is_under_way(self) -> bool:
        return self.note.read() is not None

    def progress(self) -> Progress:
        try:
            return Progress(**json.loads(self.note.read() or ""))
        except (json.JSONDecodeError, TypeError):
            # There is no note, or a power cut has damaged it. Then the walk begins from the start.
            return Progress()

    def in_words(self) -> str:
        """The progress in words, for the desk; empty if no walk is under way."""
        return self.progress().in_words() if self.is_under_way else ""

    def steps(self) -> Iterator[Step]:
        """The steps that are still to be done. The iterator stays the same until `begin` or `start_over`.
        Call `done` for each step, in order."""
        if self._rest is None:
            self._rest = self._steps_from(self.progress())
        return self._rest

    def slice(self) -> Iterator[Step]:
        """The next steps, few enough to be done between two looks at the outbox."""
        printed = 0
        for step in itertools.islice(self.steps(), LOOKED_AT):
            yield step
            printed += step.address is not None
            if printed == SLICE:
                return

    def done(self, step: Step) -> None:
        if step.progress is not None:
            self._write(step.progress)
        else:
            self.end()
            self.recompressing.begin()

    def end(self) -> None:
        self.start_over()
        self.note.delete()

    def _steps_from(self, progress: Progress) -> Iterator[Step]:
        if not progress.fills:
            progress = yield from self._on_shelf(progress)
            if progress.again is not None:
                progress = replace(progress, reached=None, end=progress.again, again=None)
                progress = yield from self._on_shelf(progress)
            progress = Progress(fills=True, total=self._count())
        yield from self._missing(progress)
        yield Step(None, None)

    def _on_shelf(self, progress: Progress) -> Iterator[Step]:
        """The first part: the pages on the shelf. Returns the progress at its end."""
        without = None if progress.whole else self._is_too_old
        for path in self.shelf.walk(after=progress.reached, without=without):
            if progress.end is not None and is_past(path, progress.end):
                break
            progress = replace(progress, reached=path, articles=progress.articles + is_article(path))
            yield Step(quote(path), progress)
        return progress

    def _missing(self, progress: Progress) -> Iterator[Step]:
        for address, reached in addresses_after(progress.reached, self._ask, since=self._oldest()):
            path = unquote(address)
            progress = replace(progress, reached=reached, articles=progress.articles + is_article(path))
            if self._is_too_old(path) or self.shelf.status_at(path) is not None:
                yield Step(None, progress)
            elif self._has_room():
                yield Step(address, progress)
            else:
                return

    def _has_room(self) -> bool:
        shortage = "" if self.fills_disk else self.shelf.shortage()
        if shortage:
            logger.warning(
                "The disk of %s is %s: what is not printed yet is printed when somebody asks for it.",
                self.shelf.name,
                shortage,
            )
        return not shortage

    def _oldest(self) -> datetime.date | None:
        """The first day of the oldest month that is walked; None if all are."""
        today = timezone.localdate()
        return today.replace(year=today.year - self.years, day=1) if self.years else None

    def _is_too_old(self, path: str) -> bool:
        oldest = self._oldest()
        dated = oldest and DATED.match(path)
        if not dated:
            return False
        # A year is walked if one of its months is.
        return (int(dated[1]), int(dated[2] or 12)) < (oldest.year, oldest.month)

    def _count(self) -> int:
        published, oldest = Article.objects.published(), self._oldest()
        return (published.filter(address_date__gte=oldest) if oldest else published).count()

    def _write(self, progress: Progress) -> None:
        self.note.write(json.dumps(asdict(progress)))
