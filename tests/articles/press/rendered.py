"""What was rendered is known, until something changes that it shows: tests that compare the whole site with its shelf need
not render it once more.

What a view answers at a moment, with some settings, follows from the rows that the database gives it. So an answer that was
given before a change stands for as long as what was asked for it gets the same rows.
"""

import re
from contextlib import contextmanager, nullcontext
from functools import lru_cache
from unittest import mock

from django.core.signals import setting_changed
from django.db import connection
from django.utils import timezone

from articles.feeds import views as feeds
from articles.feeds.entries import KeptEntries
from articles.press.render.printer import Printer
from tests import corpora

# Statements that leave what pages show as it is: questions, and what the press writes down about its own work.
LEAVES_PAGES = re.compile(
    r"\s*((SELECT|SAVEPOINT|RELEASE)\b"
    r'|(INSERT INTO|UPDATE|DELETE FROM) "articles_(pressstatus|printfailure|picturefailure|outboxconsumer)")'
)
MADE_OF_ENTRIES = re.compile(r"/feed/|\.md$")


class Rows(dict):
    """What the database answers now: question → rows. A question is a statement, and its parameters as text and as they are."""

    def of(self, question):
        (sql, _), parameters = question
        if question[0] not in self:
            with connection.cursor() as cursor:
                cursor.execute(sql, parameters)
                self[question[0]] = cursor.fetchall()
        return self[question[0]]


class Asked:
    """The questions of a view; none if it did more than ask."""

    def __init__(self):
        self.questions, self.is_all = {}, True

    def __call__(self, execute, sql, parameters, many, context):
        if sql.startswith("SELECT"):
            self.questions[sql, repr(parameters)] = parameters
        elif not sql.startswith(("SAVEPOINT", "RELEASE")):
            self.is_all = False
        return execute(sql, parameters, many, context)


@contextmanager
def with_questions(known):
    """Put into `known` what is rendered meanwhile: path and moment → the answer, and its questions with their rows. Nothing
    is written meanwhile, because the rows are asked for once more."""
    render, rows = Printer.render, Rows()

    def rendered(printer, path):
        asked = Asked()
        with connection.execute_wrapper(asked):
            answer = render(printer, path)
        if asked.is_all:
            questions = [(question, rows.of(question)) for question in asked.questions.items()]
            known[path, timezone.now()] = answer, questions
        return answer

    with mock.patch.object(Printer, "render", rendered):
        yield


class Rendered:
    """Answers of views since the last statement that may have changed a page, and those in `known` from before it. They count
    only for the moment at which they were given, with the settings of then, and only where a test asks for the truth: the
    press never gets one."""

    def __init__(self, known):
        self.known, self.rows = known, Rows()
        self.answers, self.is_believed = {}, False

    @contextmanager
    def noted(self):
        render = Printer.render

        def rendered(printer, path):
            # What a press has written of entries that it keeps is what is to be proved, and no proof.
            if KeptEntries.used() and MADE_OF_ENTRIES.search(path):
                return render(printer, path)
            key = path, timezone.now()
            answer = self.answers.get(key) or self.still_true(key) if self.is_believed else None
            self.answers[key] = answer = answer or render(printer, path)
            return answer

        setting_changed.connect(self.forget_all)
        try:
            with mock.patch.object(Printer, "render", rendered), connection.execute_wrapper(self.look):
                yield
        finally:
            setting_changed.disconnect(self.forget_all)

    def look(self, execute, sql, parameters, many, context):
        if not LEAVES_PAGES.match(sql):
            self.forget()
        return execute(sql, parameters, many, context)

    def still_true(self, key):
        answer, questions = self.known.get(key, (None, ()))
        return answer if all(self.rows.of(question) == rows for question, rows in questions) else None

    def forget(self):
        self.answers.clear()
        self.rows.clear()

    def forget_all(self, **_setting):
        self.known = {}
        self.forget()

    @contextmanager
    def believed(self):
        """With --full nothing is, and all is rendered again."""
        self.is_believed = not corpora.is_full
        with read_once() if self.is_believed else nullcontext():
            yield
        self.is_believed = False


@contextmanager
def read_once():
    """While nothing changes, the formats of a feed say the same: what is in it is read for one of them."""
    entries, kept = feeds.entries_of, {}

    def kept_entries(articles):
        key = str(articles.query)
        if key not in kept:
            kept[key] = entries(articles)
        return kept[key]

    section_at = lru_cache(feeds.section_at)
    with mock.patch.multiple(feeds, entries_of=kept_entries, section_at=section_at):
        yield
