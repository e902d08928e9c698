"""What reporters and editors may do with a story in each state: one table, tried in every way there is.

The buttons of the form, a form that is made by hand, the acts of the list, the history, and the bin. It makes no
difference whose story it is: a newsroom writes together.
"""

import datetime
from contextlib import contextmanager
from dataclasses import replace

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.admin.desk.rights import ACTS
from articles.models import Article, Section
from articles.publishing import Content
from tests import corpora
from tests import factories as make

from .desk.case import DeskTestCase, address, somebody
from .desk.form import buttons, change_address, fields

# Words before the bar are buttons of the form. After it are acts of lists; “restore” is that of the history.
RIGHTS = """
draft                 reporter: save submit | move tag restore
draft                 editor:   save submit publish schedule bin | publish move tag bin restore
in review             reporter: save return | move tag restore
in review             editor:   save return publish schedule bin | publish move tag bin restore
scheduled             reporter: |
scheduled             editor:   save publish schedule return bin | withdraw move tag bin restore
live                  reporter: save | restore
live                  editor:   save publish schedule withdraw bin correct | withdraw move tag bin restore
live with changes     reporter: save | restore
live with changes     editor:   save publish schedule withdraw bin correct discard | publish withdraw move tag bin restore
live, more scheduled  reporter: save | restore
live, more scheduled  editor:   save publish schedule withdraw bin correct reschedule cancel | withdraw move tag bin restore
withdrawn             reporter: save submit | restore
withdrawn             editor:   save submit publish schedule bin | move tag bin restore
binned                reporter: |
binned                editor:   | unbin erase
"""
LIST_ACTS = {
    "publish": {"action": "publish"},
    "withdraw": {"action": "withdraw", "sure": "1"},
    "move": {"action": "move_to_section"},
    "tag": {"action": "add_tag", "tag": "coast"},
    "bin": {"action": "put_in_bin", "sure": "1"},
}
BIN_ACTS = {"unbin": {"action": "restore"}, "erase": {"action": "erase", "sure": "1"}}
DAY = datetime.timedelta(days=1)


def cells():
    for line in RIGHTS.strip().splitlines():
        case, _, allowed = line.partition(":")
        state, _, group = case.rpartition(" ")
        in_form, _, elsewhere = allowed.partition("|")
        yield state.strip(), group, set(in_form.split()), set(elsewhere.split())


def button_of(word):
    return "_save_draft" if word == "save" else f"_{word}"


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class RightsTests(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = {name: somebody(name, f"{name.title()}s") for name in ("reporter", "editor")}
        cls.colleague = make.editor("colleague")
        cls.other = make.section("Other")
        make.tag("coast")

    def setUp(self):
        pass

    def story(self, state, by):
        """One with two versions, of which `by` has written the newer."""
        article = make.article(by=None)
        article = publishing.save_draft(article, self.changed(article), by=by)
        if state == "in review":
            return publishing.submit(article, by=by)
        if state == "binned":
            return publishing.put_in_bin(article, by=by)
        if state == "draft":
            return article
        article = publishing.publish(
            article, by=by, at=timezone.now() + DAY if state == "scheduled" else None
        )
        if state == "live with changes":
            return publishing.save_draft(article, self.changed(article), by=by)
        if state == "live, more scheduled":
            return publishing.schedule(article, self.changed(article), by=by, at=timezone.now() + DAY)
        return publishing.withdraw(article, by=by) if state == "withdrawn" else article

    def changed(self, article):
        content = Content.newest(article)
        return replace(content, headline=f"{content.headline}, changed")

    def test_are_those_of_the_table(self):
        for state, group, in_form, elsewhere in cells():
            user = self.people[group]
            for whose in (self.colleague, user):
                with self.subTest(state, group=group, own=whose == user):
                    self.client.force_login(user)
                    self.article = self.story(state, whose)
                    if state == "binned":
                        self.try_list(BIN_ACTS, "binnedarticle_changelist", elsewhere)
                    else:
                        is_whole = whose == self.colleague or corpora.is_full
                        self.try_form(in_form, elsewhere, is_whole=is_whole)
                        self.try_restoring("restore" in elsewhere)
                    self.try_list(LIST_ACTS, "article_changelist", elsewhere)

    def marks(self):
        """What any act would leave behind."""
        article = Article.including_bin.filter(pk=self.article.pk).first()
        return article and (article.version, article.state, article.binned_at, article.acts.count())

    def check(self, what, is_allowed, before, response):
        self.assertLess(response.status_code, 500)
        self.assertEqual(self.marks() != before, is_allowed, f"{what}, {response.status_code}")

    def try_form(self, allowed, elsewhere, *, is_whole):
        page = self.client.get(change_address(self.article))
        self.assertEqual(buttons(page) & set(ACTS), {button_of(word) for word in allowed})
        may, before = {button_of(word) for word in (*allowed, *elsewhere)}, self.marks()
        later = f"{timezone.localtime() + 2 * DAY:%Y-%m-%dT%H:%M}"
        for button in ACTS if is_whole else ():
            sent = fields(page) | {"headline": f"Sent with {button}", button: "1", "correction_text": ""}
            sent |= {"publish_at": later if button in ("_schedule", "_reschedule") else ""}
            sent |= {"correction_text": "It is five."} if button == "_correct" else {}
            with taken_back():
                response = self.client.post(change_address(self.article), sent)
                self.check(button, button in may, before, response)

    def try_restoring(self, is_allowed):
        history = self.client.get(address("article_history", self.article.pk))
        self.assertEqual("/restore/" in history.content.decode(), is_allowed)
        before, where = self.marks(), reverse("admin:articles_article_restore", args=[self.article.pk])
        for more in ({}, {"field": "headline"}):
            with taken_back():
                sent = {"old": 1, "version": self.article.version, "seen": ""} | more
                self.check("restore", is_allowed, before, self.client.post(where, sent))

    def try_list(self, acts, name, allowed):
        before, other = self.marks(), Section.objects.get(pk=self.other.pk)
        for word, sent in acts.items():
            with taken_back():
                more = {"_selected_action": [self.article.pk]} | (
                    {"section": other.pk} if word == "move" else {}
                )
                response = self.client.post(address(name), sent | more)
                self.check(f"{word} in the list", word in allowed, before, response)
