"""docs/writing/states.md says what each combination of state, time and copies means; each of its cells is tried."""

import datetime

import time_machine
from django.db import transaction

from articles.models import Article, State
from articles.publishing import (
    Content,
    Refused,
    add_tag,
    approve,
    begin,
    cancel_scheduled,
    change_publish_time,
    correct,
    discard_working_copy,
    keep_times,
    move_to_section,
    publish,
    put_in_bin,
    reschedule,
    return_to_draft,
    save_draft,
    submit,
    take_out_of_bin,
    withdraw,
)
from articles.publishing import article as verbs_of_articles
from articles.publishing.article.restoring import bring_back_block, bring_back_field, bring_back_version
from articles.publishing.article.scheduling.end import KEEP, end_of
from articles.publishing.article.scheduling.go_live import publish_due
from tests.articles.publishing.newsroom import NewsroomTestCase
from tests.articles.publishing.verbs import verbs_in
from tests.servers.application import ROOT

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
AGO = NOON - 30 * HOUR  # the day before, so that an address that moves is seen
EARLIER = NOON - 60 * HOUR
OLD, PUBLIC, SCHEDULED, NEWER, SAVED = (
    *("The first text", "The public text", "The scheduled text"),
    *("The newer text", "Saved now"),
)
ENDS, CHANGES_END = NOON + 30 * HOUR, NOON + 40 * HOUR
# These make an article, delete it or note what could not be done; or they change a note that a correction has left.
WITHOUT_A_COLUMN = {
    *("begin", "bring_in", "delete_for_good", "hold_back"),
    *("mend_correction", "remove_correction"),
}


def tables():
    """Of the page: the article's row and the verb's column → the cell."""
    rows = []
    for line in (ROOT / "docs/writing/states.md").read_text().splitlines():
        if line.startswith("| "):
            rows.append([cell.strip() for cell in line.strip("|").split("|")])
    found, heads = {}, None
    for first, *cells in rows:
        if first == "the article":
            heads = cells
        elif not first.startswith("---"):
            found |= {(first, head): cell for head, cell in zip(heads, cells, strict=True)}
    return found


CELLS = tables()
SITUATIONS = list(dict.fromkeys(situation for situation, _ in CELLS))


def situation_of(article, now):
    """By the columns alone, and not by the properties that the verbs ask."""
    if article.state != State.PUBLISHED:
        is_approved = article.state == "in_review" and article.approved_version == article.version
        said = "approved" if is_approved else article.get_state_display()
        said += " again" if article.address_date and article.state == "in_review" else ""
    elif article.publish_at > now:
        said = "scheduled"
    else:
        said = "ended" if article.expires_at and article.expires_at <= now else "live"
    said += " + S" if article.scheduled_revision_id else ""
    newer = article.working_copy_id and article.working_copy_id != article.scheduled_revision_id
    if article.changes_in_review:
        return said + (" + A" if article.approved_version == article.version else " + R")
    return said + (" + W" if newer else "")


class StatesTest(NewsroomTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        with time_machine.travel(NOON, tick=False):
            cls.articles = {name: cls.made(name) for name in SITUATIONS}

    @classmethod
    def made(cls, situation):
        base, *copies = situation.split(" + ")
        article = begin(
            cls.content(cls, headline=OLD, body="<h2>A line</h2><p>The wall is six metres high.</p>"), by=None
        )
        article = save_draft(article, cls.content(cls, headline=PUBLIC), by=None)
        if base in {"in review", "approved"}:
            submit(article, by=None)
        elif base == "scheduled":
            publish(article, by=None, at=NOON + HOUR, until=ENDS)
        elif base != "draft":
            publish(article, by=None, at=AGO, until=NOON - HOUR if base == "ended" else ENDS)
        if "S" in copies and base != "withdrawn":
            publish(article, cls.content(cls, headline=SCHEDULED), by=None, at=NOON + HOUR, until=CHANGES_END)
        if {"W", "R", "A"} & set(copies) and base != "withdrawn":
            save_draft(article, cls.content(cls, headline=NEWER), by=None)
        if {"R", "A"} & set(copies):
            submit(article, by=None)
        if base in {"withdrawn", "in review again", "approved again"}:
            withdraw(article, by=None)
        if base == "withdrawn" and "S" in copies:
            scheduled = cls.content(cls, headline=SCHEDULED)
            publish(article, scheduled, by=None, at=NOON + HOUR, until=CHANGES_END)
        if base == "withdrawn" and "W" in copies:
            cls.give_working_copy(article, has_scheduled="S" in copies)
        if base in {"in review again", "approved again"}:
            submit(article, by=None)
        if base.startswith("approved") or "A" in copies:
            approve(article, by=None)
        return Article.objects.get(pk=article.pk)

    @classmethod
    def give_working_copy(cls, article, *, has_scheduled):
        if not has_scheduled:
            # It had one when it was withdrawn.
            publish(article, by=None)
        save_draft(article, cls.content(cls, headline=NEWER), by=None)
        if not has_scheduled:
            withdraw(article, by=None)

    def setUp(self):
        traveller = time_machine.travel(NOON, tick=False)
        self.clock = traveller.start()
        self.addCleanup(traveller.stop)

    def verbs(self):
        """The head of a column → what it does, or several that do the same there."""
        later = NOON + 2 * HOUR
        return {
            "publish": lambda article: publish(article, by=self.editor),
            "publish, without an end": lambda article: publish(article, by=self.editor, until=None),
            "schedule": lambda article: publish(article, by=self.editor, at=later),
            "schedule, without an end": lambda article: publish(
                article, by=self.editor, at=later, until=None
            ),
            "withdraw": lambda article: withdraw(article, by=self.editor),
            "at the second of what is scheduled": self.wait_for_its_second,
            "save, or bring back an older text": (
                lambda article: save_draft(article, self.content(headline=SAVED), by=self.editor),
                lambda article: bring_back_version(article, self.first(article), by=self.editor),
                lambda article: bring_back_field(article, self.first(article), "headline", by=self.editor),
                lambda article: bring_back_block(article, self.first(article), 1, by=self.editor),
            ),
            "submit": lambda article: submit(article, by=self.editor),
            "approve": lambda article: approve(article, by=self.editor),
            "return to draft": lambda article: return_to_draft(article, by=self.editor),
            "discard the working copy": lambda article: discard_working_copy(article, by=self.editor),
            "cancel what is scheduled": lambda article: cancel_scheduled(article, by=self.editor),
            "change its time": lambda article: reschedule(article, by=self.editor, at=later),
            "change its publish time": lambda article: change_publish_time(
                article, by=self.editor, at=EARLIER
            ),
            "correct": lambda article: correct(article, by=self.editor, text="It is four metres."),
            "move or tag": self.move_and_tag,
            "into the bin and out again": self.bin_and_take_out,
        }

    def first(self, article):
        return article.revisions.get(number=1)

    def wait_for_its_second(self, article):
        # The other articles have cells of their own, so their second comes later.
        others = Article.objects.exclude(pk=article.pk).filter(scheduled_for__isnull=False)
        others.update(scheduled_for=NOON + 3 * HOUR)
        self.clock.move_to(NOON + HOUR - HOUR / 3600)
        self.assertEqual(publish_due(), 0, "too early")
        self.clock.move_to(NOON + HOUR)
        publish_due()

    def move_and_tag(self, article):
        move_to_section(article, self.harbours, by=self.editor)
        add_tag(article, "storm", by=self.editor)

    def bin_and_take_out(self, article):
        article = put_in_bin(article, by=self.editor)
        self.assertFalse(Article.objects.filter(pk=article.pk).exists())
        take_out_of_bin(article, by=self.editor)

    def test_every_verb_has_a_column_and_every_cell_a_word(self):
        heads = {head for _, head in CELLS}
        self.assertEqual(heads, {"readers get", *self.verbs()})
        results = {cell for (_, head), cell in CELLS.items() if head != "readers get"}
        self.assertEqual(results - {"refused", ""}, set(SITUATIONS))

    def test_every_verb_of_the_code_is_in_a_column_or_changes_nothing_that_has_one(self):
        tried = {
            *("publish", "withdraw", "publish_scheduled", "save_draft", "submit", "return_to_draft"),
            "approve",
            *("bring_back_version", "bring_back_field", "bring_back_block", "discard_working_copy"),
            *(
                "cancel_scheduled",
                "reschedule",
                "change_publish_time",
                "correct",
                "amend",
                "put_in_bin",
                "take_out_of_bin",
                "keep_times",
            ),
        }
        self.assertEqual(set(verbs_in(verbs_of_articles)), tried | WITHOUT_A_COLUMN)

    def test_times_that_are_typed_and_saved_change_nothing(self):
        for situation, article in self.articles.items():
            with self.subTest(situation):
                times = {"publish_at": NOON + HOUR, "expires_at": NOON + 3 * HOUR}
                kept = keep_times(article, times, by=self.editor)
                self.assertEqual(situation_of(Article.objects.get(pk=kept.pk), NOON), situation)

    def test_each_situation_is_what_it_is_called(self):
        for situation, article in self.articles.items():
            with self.subTest(situation):
                self.assertEqual(situation_of(article, NOON), situation)

    def test_readers_get_what_the_table_says(self):
        for situation, article in self.articles.items():
            with self.subTest(situation):
                self.assert_readers_get(CELLS[situation, "readers get"], article, PUBLIC)

    def test_each_cell(self):
        for head, verbs in self.verbs().items():
            for number, verb in enumerate(verbs if isinstance(verbs, tuple) else (verbs,)):
                for situation, article in self.articles.items():
                    with self.subTest(situation, verb=head, number=number), transaction.atomic():
                        self.clock.move_to(NOON)
                        self.try_cell(situation, article, head, verb)
                        transaction.set_rollback(True)

    def try_cell(self, situation, before, head, verb):
        wanted = CELLS[situation, head]
        if wanted == "refused":
            with self.assertRaises(Refused), transaction.atomic():
                verb(Article.objects.get(pk=before.pk))
            wanted = situation
        else:
            verb(Article.objects.get(pk=before.pk))
        after = Article.objects.filter(pk=before.pk).first()
        now = self.clock_now()
        self.assertEqual(situation_of(after, now), wanted or situation)
        self.assert_texts(before, after, head, refused=CELLS[situation, head] == "refused")
        self.assert_end(before, after, head)
        if head == "change its publish time" and CELLS[situation, head] != "refused":
            self.assertEqual((after.publish_at, after.address_date), (EARLIER, EARLIER.date()))
        elif before.address_date and situation != "scheduled":
            self.assertEqual(
                (after.get_absolute_url(), after.publish_at, after.first_published_at),
                (before.get_absolute_url(), before.publish_at, before.first_published_at),
            )

    def clock_now(self):
        return datetime.datetime.now(tz=datetime.UTC)

    def assert_end(self, before, after, head):
        """When the article ends, or its scheduled changes if it has some."""
        if CELLS[situation_of(before, NOON), head] == "refused" or not head.startswith(
            ("publish", "schedule")
        ):
            return
        self.assertEqual(end_of(after, KEEP), None if "without an end" in head else end_of(before, KEEP))

    def assert_texts(self, before, after, head, *, refused):
        """Which text is public, scheduled and newest after the verb."""
        newest, standing = Content.newest(before).headline, before.headline
        goes_public = head.startswith("publish") and not refused
        if head == "at the second of what is scheduled" and before.scheduled_revision_id:
            standing = SCHEDULED
        elif goes_public or (head.startswith("schedule") and not refused and not before.has_been_out):
            standing = newest
        elif head.startswith("save"):
            self.assert_saved(before, after)
            newest = Content.newest(after).headline
            standing = standing if after.working_copy_id else newest
        self.assertEqual(after.headline, standing)
        readers = CELLS[situation_of(after, self.clock_now()), "readers get"]
        self.assert_readers_get(readers, after, standing)
        if after.scheduled_revision_id:
            kept = newest if head.startswith("schedule") else SCHEDULED
            self.assertEqual(after.scheduled_revision.content["headline"], kept)
        if head == "discard the working copy" and not refused:
            newest = after.scheduled_revision.content["headline"] if after.scheduled_revision else standing
        if head != "at the second of what is scheduled" or after.working_copy_id:
            self.assertEqual(Content.newest(after).headline, newest)

    def assert_saved(self, before, after):
        """The newest text is what was saved, or the one before it with what was brought back."""
        was, now, first = (
            Content.newest(before),
            Content.newest(after),
            Content.of_revision(self.first(after)),
        )
        self.assertIn(
            (now.headline, now.body),
            [(SAVED, was.body), (OLD, first.body), (OLD, was.body), (was.headline, now.body)],
        )
        self.assertNotEqual((now.headline, now.body), (was.headline, was.body))

    def assert_readers_get(self, said, article, text):
        if article.address_date is None:
            self.assertEqual(said, "404")
            return
        response = self.client.get(article.get_absolute_url())
        if said == "its text":
            self.assertContains(response, text)
        else:
            self.assertEqual(str(response.status_code), said)
