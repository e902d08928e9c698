"""What everybody may do with a story in each state: the written table of acts, tried in every way there is.

The buttons of the form, a form that is made by hand, the acts of the list, the history, and the bin. What the desk asks
before each of them is compared with every cell of the table. Forms are sent in a sample: in each state by one of the people
for whom most of them are answered in different ways, by each of these in turn; with `--full` by everybody in each.
"""

from contextlib import contextmanager

from django.db import transaction
from django.test import Client, TestCase
from django.urls import reverse
from django.utils import timezone

from articles.admin.desk.rights import ACTS, applicable, permitted
from articles.models import Article
from articles.publishing.rights.of_articles import may_read
from tests import corpora
from tests import factories as make

from ..desk.case import address
from ..desk.filled_form import buttons, change_address, fields
from .matrix import acts
from .people import DAY, people, story

LIST_ACTS = {
    "approve": {"action": "approve"},
    "publish": {"action": "publish"},
    "withdraw": {"action": "withdraw", "sure": "1"},
    "move": {"action": "move_to_section"},
    "tag": {"action": "add_tag", "tag": "coast"},
    "bin": {"action": "put_in_bin", "sure": "1"},
}
BIN_ACTS = {"unbin": {"action": "restore"}, "erase": {"action": "erase", "sure": "1"}}
SENDERS = "CEeP"


def button_of(word):
    return "_save_draft" if word == "save" else f"_{word}"


@contextmanager
def taken_back():
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


class ActsTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = people()
        cls.other = make.section("Other")
        make.tag("coast")
        cls.cells = list(acts())
        states = dict.fromkeys(state for state, *_ in cls.cells)
        cls.stories = {state: story(state, cls.people["C"]).pk for state in states}

    def take(self, state):
        return Article.including_bin.get(pk=self.stories[state])

    def test_the_table_has_a_cell_for_everybody_in_each_state(self):
        self.assertEqual(len(self.cells), len(self.stories) * len(self.people))
        self.assertEqual(len({cell[:2] for cell in self.cells}), len(self.cells))

    def test_buttons_are_those_of_the_table(self):
        for state, letter, in_form, _ in self.cells:
            offered = applicable(self.people[letter], self.take(state)) if state != "binned" else set()
            with self.subTest(state, who=letter):
                self.assertEqual(offered, {button_of(word) for word in in_form})

    def test_nobody_may_what_no_cell_says(self):
        """Also what the state alone forbids: a form that is made by hand may ask for it."""
        allowed = {}
        for _, letter, in_form, _ in self.cells:
            allowed.setdefault(letter, set()).update(map(button_of, in_form))
        for state, letter, *_ in self.cells:
            may = {act for act in ACTS if permitted(act, self.people[letter], self.take(state))}
            self.assertLessEqual(may, allowed[letter], (state, letter))

    def test_forms_and_lists_do_what_the_table_says(self):
        states = list(self.stories)
        for state, letter, in_form, elsewhere in self.cells:
            if not corpora.is_full and letter != SENDERS[states.index(state) % len(SENDERS)]:
                continue
            with self.subTest(state, who=letter):
                self.client.force_login(self.people[letter])
                self.article = self.take(state)
                if state == "binned":
                    self.try_list(BIN_ACTS, "binnedarticle_changelist", elsewhere)
                else:
                    self.try_form(letter, in_form, elsewhere)
                    self.try_restoring("restore" in elsewhere)
                self.try_list(LIST_ACTS, "article_changelist", elsewhere)

    def marks(self):
        """What any act would leave behind."""
        article = Article.including_bin.filter(pk=self.article.pk).first()
        return article and (article.version, article.state, article.binned_at, article.acts.count())

    def check(self, what, is_allowed, before, response):
        self.assertLess(response.status_code, 500)
        self.assertEqual(self.marks() != before, is_allowed, f"{what}, {response.status_code}")

    def try_form(self, letter, in_form, elsewhere):
        page = self.client.get(change_address(self.article))
        if page.status_code == 200:
            self.assertEqual(buttons(page) & set(ACTS), {button_of(word) for word in in_form})
        self.assertEqual(page.status_code == 200, may_read(self.people[letter], self.article))
        before, sent = self.marks(), self.filled(page)
        may = {button_of(word) for word in (*in_form, *elsewhere)}
        if self.article.is_approved and "_save_draft" in may:
            # It is not offered again. What is sent here is another version, which may be approved.
            may |= {"_approve"}
        later = f"{timezone.localtime() + 2 * DAY:%Y-%m-%dT%H:%M}"
        for button in ACTS:
            asked = sent | {"headline": f"Sent with {button}", button: "1", "correction_text": ""}
            asked |= {"publish_at": later if button in ("_schedule", "_reschedule") else ""}
            # The end of what has ended would be kept, and then nothing goes out.
            is_to_go_out = button in {"_publish", "_schedule"} and "expires_at" in asked
            asked |= {"expires_at": ""} if is_to_go_out else {}
            asked |= {"reason": "Who said so?"} if button == "_return" else {}
            asked |= {"correction_text": "It is five."} if button == "_correct" else {}
            with taken_back():
                self.check(
                    button, button in may, before, self.client.post(change_address(self.article), asked)
                )

    def filled(self, page):
        """The form's fields. Whoever does not get the form may have them from somebody else."""
        if page.status_code != 200:
            colleague = Client()
            colleague.force_login(self.people["P"])
            page = colleague.get(change_address(self.article))
        return fields(page)

    def try_restoring(self, is_allowed):
        history = self.client.get(address("article_history", self.article.pk))
        self.assertEqual("/restore/" in history.content.decode(), is_allowed)
        before, where = self.marks(), reverse("admin:articles_article_restore", args=[self.article.pk])
        for more in ({}, {"field": "headline"}):
            with taken_back():
                sent = {"old": 1, "version": self.article.version, "seen": ""} | more
                self.check("restore", is_allowed, before, self.client.post(where, sent))

    def try_list(self, kinds, name, allowed):
        before = self.marks()
        for word, sent in kinds.items():
            with taken_back():
                more = {"_selected_action": [self.article.pk]} | (
                    {"section": self.other.pk} if word == "move" else {}
                )
                response = self.client.post(address(name), sent | more)
                self.check(f"{word} in the list", word in allowed, before, response)
