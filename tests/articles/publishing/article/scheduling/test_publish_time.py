"""Another publish time of an article that readers have: what it changes, and what it leaves."""

import datetime

from django.utils import timezone

from articles.models import Act, OldAddress, OutboxEntry
from articles.publishing import (
    Content,
    NotReady,
    Refused,
    begin,
    change_publish_time,
    publish,
    save_draft,
    submit,
    withdraw,
)
from tests import factories as make

from .test_go_live import DAY, HOUR, NOON, ScheduledCase


class PublishTimeTest(ScheduledCase):
    """Published at noon of 9 June; now it is noon of 10 June."""

    def changed(self, at, article=None):
        return change_publish_time(article or self.article, by=self.editor, at=at)

    def test_is_the_date_on_the_page_and_the_place_in_lists(self):
        other = publish(
            begin(self.content(headline="Another"), by=None), by=None, at=NOON - 30 * HOUR, when=NOON
        )
        lists = ("/world/", "/tag/coast/", "/author/mara-ellis/")
        for at, first in ((NOON - 40 * HOUR, other), (NOON - HOUR, self.article)):
            self.changed(at)
            self.assertContains(
                self.client.get(self.now().get_absolute_url()), f"{timezone.localtime(at):%Y-%m-%dT%H:%M}"
            )
            for front in lists:
                page = self.client.get(front).content.decode()
                places = [page.index(f">{each.headline}<") for each in (self.now(), other)]
                self.assertEqual(places[0] < places[1], first == self.article, front)

    def test_of_the_same_day_keeps_the_address(self):
        self.changed(NOON - DAY - HOUR)
        self.assertEqual(self.now().get_absolute_url(), self.article.get_absolute_url())
        self.assertFalse(OldAddress.objects.exists())

    def test_of_another_day_moves_the_address_and_the_old_one_leads_there(self):
        self.changed(NOON - 3 * DAY)
        self.assertEqual(self.now().get_absolute_url(), f"/2026/06/07/{self.article.slug}/")
        self.assertRedirects(
            self.client.get(self.article.get_absolute_url()),
            self.now().get_absolute_url(),
            status_code=301,
        )

    def test_takes_no_address_that_another_article_of_that_day_has(self):
        other = publish(begin(self.content(), by=None), by=None, at=NOON - 3 * DAY, when=NOON)
        self.changed(NOON - 3 * DAY)
        self.assertEqual(self.now().get_absolute_url(), f"/2026/06/07/{other.slug}-2/")

    def test_leaves_every_text_and_what_is_scheduled_goes_out_with_it(self):
        self.scheduled()
        save_draft(self.article, self.content(headline="Saved later"), by=self.editor)
        version = self.now().version
        self.changed(NOON - 3 * DAY)
        article = self.now()
        self.assertEqual(
            (article.headline, article.scheduled_for), ("Harbour towns weigh the price", NOON + HOUR)
        )
        self.assertEqual((Content.newest(article).headline, article.version), ("Saved later", version))
        self.at_its_second()
        article = self.now()
        self.assertEqual((article.headline, article.publish_at), ("Scheduled", NOON - 3 * DAY))
        self.assertEqual(article.get_absolute_url(), f"/2026/06/07/{self.article.slug}/")

    def test_says_who_did_it(self):
        self.changed(NOON - 3 * DAY)
        act = self.article.acts.first()
        self.assertEqual((act.verb, act.by), (Act.Verb.REDATE, self.editor))
        self.assertEqual(act.detail, "from 9 June 2026, 13:00 to 7 June 2026, 13:00")

    def test_that_it_has_already_is_no_change(self):
        entries = OutboxEntry.objects.count()
        self.changed(self.article.publish_at)
        self.assertEqual(OutboxEntry.objects.count(), entries)
        self.assertNotEqual(self.article.acts.first().verb, Act.Verb.REDATE)

    def test_may_not_be_still_to_come_nor_after_its_end_nor_before_papers_were_printed_here(self):
        publish(self.article, by=None, until=NOON + HOUR)
        self.clock.move_to(NOON + 2 * HOUR)
        for at, field in (
            (NOON + 3 * HOUR, "publish_at"),
            (NOON + HOUR, "expires_at"),
            (datetime.datetime(1900, 1, 1, tzinfo=datetime.UTC), "publish_at"),
        ):
            with self.subTest(at), self.assertRaises(NotReady) as refusal:
                self.changed(at)
            self.assertEqual(refusal.exception.problems[0].field, field)
        self.changed(NOON - 3 * DAY)
        self.assertEqual(self.now().publish_at, NOON - 3 * DAY)

    def test_is_not_that_of_what_readers_do_not_have(self):
        draft = begin(self.content(), by=None)
        waiting = publish(begin(self.content(), by=None), by=None, at=NOON + HOUR)
        withdrawn = withdraw(make.published_article(), by=None)
        for article in (draft, submit(begin(self.content(), by=None), by=None), waiting, withdrawn):
            with self.subTest(article.state), self.assertRaisesMessage(Refused, "Readers do not have"):
                self.changed(NOON - DAY, article)
