"""Alarms: one when a trouble has lasted for a minute, and one when it has been over for five.

What is known of troubles is kept in the database, for all hosts, so that one of them tells and a start anew
tells nothing twice. A database that is away, or whose disk is full, is a trouble itself: meanwhile each host
goes by what it remembers, and writes it down afterwards.
"""

import datetime
import logging
import socket

from django.db import DatabaseError, InterfaceError

from articles.models import Trouble
from articles.press.telling.services import TIMEOUT, TellingFailed

from .ways import message_of, ways

logger = logging.getLogger("articles.operation")

# A page that fails once, or a press that starts anew, wakes nobody.
CERTAIN = datetime.timedelta(seconds=55)
# What comes and goes is one trouble.
OVER = datetime.timedelta(minutes=5)
# For so long a trouble is left to the host that is telling of it; then it is tried again.
IN_HAND = datetime.timedelta(seconds=4 * TIMEOUT)
# Of a host that has found it and is gone, nobody learns any more whether it is over.
FORGOTTEN = datetime.timedelta(days=1)
AWAY = (DatabaseError, InterfaceError)
KEPT = ("sentence", "since", "seen_at", "host", "told", "next_try_at")


class Alarms:
    def __init__(self):
        self.host = socket.gethostname()
        self.known = {}
        # Names of troubles of which the database does not know what is remembered here.
        self.unsaved = set()

    def take(self, findings, now):
        """Note what was found, and tell whoever is to be told."""
        self._read()
        for name, sentence in said_by_trouble(findings).items():
            trouble, changed = self.known.get(name), ("sentence", "seen_at", "host")
            if trouble is None or self._was_left(trouble, now):
                trouble, changed = Trouble(name=name, since=now, next_try_at=now), KEPT
                self.known[name] = trouble
            trouble.sentence, trouble.seen_at, trouble.host = sentence, now, self.host
            self._note(trouble, *changed)
        for trouble in list(self.known.values()):
            if now - trouble.seen_at < OVER:
                self._tell_of(trouble, now)
            elif trouble.host == self.host:
                self._tell_that_it_is_over(trouble, now)
            elif now - trouble.seen_at > FORGOTTEN:
                self._forget(trouble)

    def _was_left(self, trouble, now):
        """Whether a host that is gone has found it, some time ago: what is found now is another trouble."""
        return trouble.host != self.host and now - trouble.seen_at >= OVER

    def _tell_of(self, trouble, now):
        untold = [way for way in ways() if way.name not in trouble.told]
        if not untold or trouble.seen_at - trouble.since < CERTAIN or not self._take_in_hand(trouble, now):
            return
        trouble.told = [*trouble.told, *self._told(untold, message_of(trouble, is_over=False))]
        self._note(trouble, "told")

    def _tell_that_it_is_over(self, trouble, now):
        """Only those who know of it."""
        left = [way for way in ways() if way.name in trouble.told]
        if left and not self._take_in_hand(trouble, now):
            return
        told = self._told(left, message_of(trouble, is_over=True))
        trouble.told = [way.name for way in left if way.name not in told]
        if trouble.told:
            self._note(trouble, "told")
        else:
            self._forget(trouble)

    def _told(self, ways, message):
        """The names of those that have taken it."""
        taken = []
        for way in ways:
            try:
                way.tell(message)
                taken.append(way.name)
            except TellingFailed as error:
                logger.error("An alarm was not sent, and is tried again: %s", error)
        return taken

    def _read(self):
        try:
            there = {trouble.name: trouble for trouble in Trouble.objects.all()}
        except AWAY:
            return
        self.known = there | {name: self.known[name] for name in self.unsaved}

    def _note(self, trouble, *names):
        """Write down these values of it; all of them if the database does not know all that is remembered
        here."""
        all_of_it = {name: getattr(trouble, name) for name in KEPT}
        now = all_of_it if trouble.name in self.unsaved else {name: all_of_it[name] for name in names}
        try:
            Trouble.objects.update_or_create(name=trouble.name, defaults=now, create_defaults=all_of_it)
            self.unsaved.discard(trouble.name)
        except AWAY:
            self.unsaved.add(trouble.name)

    def _take_in_hand(self, trouble, now):
        """False if another host is telling of it, or if it was tried a moment ago."""
        if now < trouble.next_try_at:
            return False
        was, trouble.next_try_at = trouble.next_try_at, now + IN_HAND
        try:
            same = Trouble.objects.filter(name=trouble.name, next_try_at=was)
            return bool(same.update(next_try_at=trouble.next_try_at))
        except AWAY:
            return True

    def _forget(self, trouble):
        self.known.pop(trouble.name)
        self.unsaved.discard(trouble.name)
        try:
            Trouble.objects.filter(name=trouble.name).delete()
        except AWAY:
            self.known[trouble.name] = trouble
            self.unsaved.add(trouble.name)


def said_by_trouble(findings):
    """Each trouble with its sentence; several checks may find the same."""
    said = {}
    for finding in findings:
        if finding.trouble:
            said.setdefault(finding.trouble[:500], {})[finding.sentence] = True
    return {name: " ".join(sentences) for name, sentences in said.items()}
