"""What somebody who publishes brings to readers."""

import datetime
from dataclasses import replace

import time_machine
from django.test import TestCase, override_settings
from django.utils import timezone

from articles.models import Article
from articles.publishing import (
    BylineContent,
    Content,
    NotReady,
    begin,
    publish,
    reschedule,
    save_draft,
    schedule,
    submit,
    withdraw,
)
from articles.publishing.article.advice.all import MUSTS, SHOULDS
from articles.publishing.article.judging import faults_brought
from articles.publishing.article.scheduling.go_live import publish_due
from newsroom.configuration import musts
from tests import factories as make

HOUR = datetime.timedelta(hours=1)
LEFTOVER = "<p>It cost TK pounds.</p>"


class JudgingTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = make.editor()
        cls.author = make.author()
        cls.silent = make.image(alt="")

    def content(self, **changes):
        return make.content(authors=[self.author], **changes)

    def draft(self, **changes):
        return begin(self.content(**changes), by=self.editor)

    def live(self, **changes):
        """Public, as nobody has judged it."""
        return make.published_article(**changes)

    def now(self, article):
        return Article.objects.get(pk=article.pk)

    def assert_refused(self, fields, act, *args, **more):
        with self.assertRaises(NotReady) as refusal:
            act(*args, by=self.editor, **more)
        self.assertEqual([each.field for each in refusal.exception.problems if each.field], fields)

    def test_each_must_is_refused_at_its_field(self):
        figure = f'<figure><img data-image="{self.silent.pk}" alt=""></figure>'
        for fields, wrong in {
            ("bylines",): {"bylines": ()},
            ("lead_image",): {"lead_image_id": self.silent.pk},
            ("body",): {"body": f"<p>A wall.</p>{figure}"},
            ("headline", "standfirst"): {"headline": "TK", "standfirst": "Lorem ipsum dolor"},
            ("body", "body"): {"body": '<p><a href="/nowhere/">x</a> <a href="mailto:">y</a></p>'},
        }.items():
            with self.subTest(wrong=wrong):
                article = begin(replace(self.content(), **wrong), by=self.editor)
                self.assert_refused(list(fields), publish, article)
                self.assert_refused(list(fields), schedule, article, at=timezone.now() + HOUR)
                self.assertEqual(self.now(article).state, "draft")

    def test_a_draft_is_saved_and_submitted_as_it_is(self):
        article = self.draft(body=LEFTOVER)
        save_draft(article, replace(Content.of(article), headline="XXX"), by=self.editor)
        self.assertEqual(submit(self.now(article), by=self.editor).state, "in_review")

    def test_what_readers_have_already_passes_and_what_is_new_does_not(self):
        article = self.live(body=LEFTOVER, lead_image=self.silent)
        was = Content.of(article)
        publish(article, replace(was, body=f"{LEFTOVER}<p>A name mended.</p>"), by=self.editor)
        self.assert_refused(
            ["body"], publish, self.now(article), replace(was, body=f"{LEFTOVER}<p>And TK more.</p>")
        )
        other = make.image(alt="")
        self.assert_refused(["lead_image"], publish, self.now(article), replace(was, lead_image_id=other.pk))

    def test_a_withdrawn_article_has_no_readers_who_would_have_its_faults(self):
        article = self.live(body=LEFTOVER)
        withdraw(article, by=self.editor)
        self.assert_refused(["bylines", "body"], publish, self.now(article))

    def test_leftovers_that_are_meant_are_asked_once(self):
        article = self.draft(body=LEFTOVER)
        publish(article, replace(Content.of(article), meant="TK"), by=self.editor)
        again = replace(Content.of(self.now(article)), body=f"{LEFTOVER}<p>TK pays, and TK knows.</p>")
        self.assertEqual(Content.of(publish(self.now(article), again, by=self.editor)).meant, "TK")

    def test_a_scheduled_text_is_judged_when_it_is_saved_and_when_it_moves(self):
        article = schedule(self.draft(), by=self.editor, at=timezone.now() + HOUR)
        self.assert_refused(["body"], save_draft, article, replace(Content.of(article), body=LEFTOVER))
        live = publish(self.draft(), by=self.editor)
        changed = replace(Content.of(live), body=LEFTOVER)
        live = publish(live, changed, by=None, at=timezone.now() + HOUR)
        self.assert_refused(["body"], reschedule, live, at=timezone.now() + 2 * HOUR)

    def test_the_press_holds_changes_back_whose_link_has_broken_since(self):
        target, article = self.live(), publish(self.draft(), by=self.editor)
        link = f'<p><a href="{target.get_absolute_url()}">x</a></p>'
        schedule(article, replace(Content.of(article), body=link), by=self.editor, at=timezone.now() + HOUR)
        withdraw(target, by=self.editor)
        with time_machine.travel(timezone.now() + 2 * HOUR):
            self.assertEqual(publish_due(), 0)
        self.assertIn("readers find nothing", self.now(article).scheduled_problem)
        self.assertNotIn("href", self.now(article).body)

    def test_nobodys_acts_and_those_of_another_site_pass(self):
        content = replace(self.content(body=LEFTOVER), bylines=())
        publish(begin(content, by=None), by=None)
        publish(begin(content, by=self.editor), by=self.editor, as_elsewhere=True)

    def test_a_setting_makes_a_should_a_must(self):
        article = self.draft()
        with override_settings(ARTICLES_MUST_HAVE=frozenset({"tags", "standfirst"})):
            self.assert_refused(["tags"], publish, article)
            publish(article, replace(Content.of(article), tags=("coast",)), by=self.editor)

    def test_the_setting_knows_each_should_by_its_name(self):
        self.assertEqual(tuple(SHOULDS), musts.SHOULDS)
        self.assertFalse(MUSTS.keys() & SHOULDS.keys())

    def test_a_long_text_without_faults_takes_few_queries(self):
        target, article = self.live(), self.live(authors=[self.author])
        link = f'<p><a href="{target.get_absolute_url()}">x</a></p>'
        content = replace(Content.of(article), body=link * 50, bylines=(BylineContent(self.author.pk),))
        # Two of them read what readers have.
        with self.assertNumQueries(3):
            self.assertEqual(faults_brought(article, content), [])
