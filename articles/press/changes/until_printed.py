"""How long readers wait for an article: from when it was to be public, or has changed, until its page stands
on the shelf."""

import datetime
from collections.abc import Iterable

from django.utils import timezone

from articles.metrics.counts import Counts, counted
from articles.models import OutboxEntry

MOST = 10_000  # addresses that are waited for; more are not measured


class UntilPrinted:
    def __init__(self, counts: Counts = counted) -> None:
        self.counts = counts
        self._since: dict[str, datetime.datetime] = {}

    def note(self, entries: Iterable[OutboxEntry]) -> None:
        for entry in entries:
            change = entry.change
            # Of what happened elsewhere, as in an import, nobody waits for.
            if change["kind"] != "article" or change.get("quiet") or len(self._since) > MOST:
                continue
            for address in change.get("addresses", ()):
                self._since.setdefault(address, max(entry.due_at, entry.written_at))

    def printed(self, address: str) -> None:
        if since := self._since.pop(address, None):
            self.counts.observe("published_seconds", max(0.0, (timezone.now() - since).total_seconds()))
