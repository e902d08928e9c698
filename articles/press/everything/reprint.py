"""Printing every page of the shelf again, a few at a time between the changes that readers wait for."""

import itertools
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace

from articles.models import Article
from articles.press.shelf.addresses import is_past
from articles.press.shelf.port import Shelf

from .addresses import articles_in_words, is_article

SLICE = 4  # pages between two looks at the outbox


@dataclass(frozen=True)
class Progress:
    """Addresses on the shelf, in the order in which it is walked.

    reached: what is before it, and itself, is done. end: this round goes that far; None, to the end of the
    shelf. again: then comes another round, from the start and that far. articles: so many are done, of total.
    """

    reached: str | None = None
    end: str | None = None
    again: str | None = None
    articles: int = 0
    total: int = 0


class WholeReprint:
    """Noted on the shelf with how far it has come, so that a press that was killed goes on with it."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        self.note = shelf.note("reprint.json")
        self._rest: Iterator[str] | None = None
        self._handed_out: list[str] = []
        self._ahead: list[str] = []

    def begin(self) -> None:
        """One that is under way goes on, and then begins again with what it had done until now: changes that
        come faster than the shelf can be printed must not keep it at the first pages."""
        progress = self._progress()
        # However far it is, as many as there are now are still to come.
        total = progress.articles + Article.objects.published().count()
        self._write(
            Progress(progress.reached, again=progress.reached, articles=progress.articles, total=total)
        )
        self.start_over()

    def start_over(self) -> None:
        """From the last slice that was done."""
        self._rest, self._ahead = None, []

    @property
    def is_under_way(self) -> bool:
        return self.note.read() is not None

    def progress_in_words(self) -> str:
        progress = self._progress()
        return articles_in_words(progress.articles, progress.total)

    def next_slice(self) -> list[str]:
        """The addresses to be printed next; empty when it is finished. Say `done` of those that are."""
        if not self.is_under_way:
            return []
        progress = self._progress()
        found = self._ahead or self._slice(progress)
        if not found and progress.again is not None:
            # The round is over; the next one ends where this one had begun.
            self._write(replace(progress, reached=None, end=progress.again, again=None))
            self.start_over()
            found = self._slice(self._progress())
        self._handed_out = found
        return found

    def done(self, paths: list[str]) -> None:
        if paths:
            progress = self._progress()
            articles = progress.articles + sum(map(is_article, paths))
            self._write(replace(progress, reached=paths[-1], articles=articles))
            self._ahead = self._handed_out[len(paths) :]
        else:
            self.start_over()
            self.note.delete()

    def _slice(self, progress: Progress) -> list[str]:
        if self._rest is None:
            self._rest = self.shelf.walk(after=progress.reached)
        rest = self._rest
        if progress.end is not None:
            rest = itertools.takewhile(lambda path: not is_past(path, progress.end), rest)
        return list(itertools.islice(rest, SLICE))

    def _progress(self) -> Progress:
        try:
            return Progress(**json.loads(self.note.read() or ""))
        except (json.JSONDecodeError, TypeError):
            # Not begun, or a note that says nothing: from the start.
            return Progress()

    def _write(self, progress: Progress) -> None:
        self.note.write(json.dumps(asdict(progress)))
