import datetime

import time_machine
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles.models import Presence
from articles.publishing import put_in_bin, save_draft
from tests import factories as make

from .desk.case import DeskTestCase, address, somebody

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
SECOND = datetime.timedelta(seconds=1)


class PresenceTests(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.mairi = somebody("mairi", "Editors")
        cls.mairi.first_name, cls.mairi.last_name = "Mairi", "Caldwell"
        cls.mairi.save()
        with time_machine.travel(NOON, tick=False):
            cls.article = make.article(headline="The wall")

    def setUp(self):
        super().setUp()
        self.clock = self.enterContext(time_machine.travel(NOON, tick=False))
        self.other = Client()
        self.other.force_login(self.mairi)

    def ask(self, client=None, user=None, **more):
        sent = {"user": (user or self.user).pk, "uid": self.article.uid, "tab": "a-window", "version": 1}
        return (client or self.client).post(address("desk_presence"), sent | more)

    def ask_as_mairi(self, **more):
        return self.ask(self.other, self.mairi, **more)

    def lines(self, answer=None):
        page = LexborHTMLParser((answer or self.ask()).content.decode())
        return [" ".join(line.text().split()) for line in page.css("[data-line]")]

    def after(self, seconds):
        self.clock.move_to(NOON + seconds * SECOND)

    def test_says_who_else_is_here_since_when_and_their_last_change(self):
        self.ask_as_mairi()
        told = "Mairi Caldwell has this open since 13:00"  # in London
        self.assertEqual(self.lines(), [told])
        self.after(300)
        self.ask_as_mairi(typed="1")
        self.ask_as_mairi(tab="another-window")
        self.assertEqual(self.lines(), [f"{told}; last change 13:05"])
        self.assertEqual(self.lines(self.ask_as_mairi()), ["editor has this open since 13:00"])

    def test_is_told_when_the_form_is_opened_also_to_one_who_may_only_look(self):
        self.ask_as_mairi()
        form = address("article_change", self.article.pk)
        self.assertEqual(self.lines(self.client.get(form)), ["Mairi Caldwell has this open since 13:00"])
        self.assertEqual(self.lines(self.other.get(form)), [])

    def test_who_leaves_is_gone_at_once_and_who_is_cut_off_after_some_seconds(self):
        self.ask_as_mairi()
        self.assertEqual(self.ask_as_mairi(left="1").status_code, 204)
        self.assertEqual(self.lines(), [])
        self.ask_as_mairi()
        self.after(11)
        self.assertTrue(self.lines())
        self.after(13)
        self.assertEqual(self.lines(), [])

    def test_a_hidden_page_counts_as_open_between_its_rare_requests(self):
        self.ask_as_mairi(hidden="1")
        self.after(120)
        self.assertTrue(self.lines())

    def test_old_rows_are_swept_when_a_window_comes(self):
        self.ask_as_mairi()
        self.after(3600)
        self.ask()
        self.assertEqual([row.editor for row in Presence.objects.all()], [self.user])

    def test_tells_of_a_newer_version_and_leads_to_what_changed(self):
        save_draft(self.article, make.content(headline="The new wall"), by=self.mairi)
        answer = self.ask()
        (line,) = self.lines(answer)
        self.assertEqual(line, "Mairi Caldwell has saved a newer version at 13:00. See what changed")
        self.assertContains(answer, f"{address('article_compare', self.article.pk)}?old=1&amp;new=2")
        self.assertEqual(self.lines(self.ask(version=2)), [])
        own = self.lines(self.ask_as_mairi())[-1]
        self.assertIn("You have, in another window, saved a newer version", own)

    def test_tells_who_has_put_it_into_the_bin(self):
        put_in_bin(self.article, by=self.mairi)
        (line,) = self.lines()
        self.assertIn("Mairi Caldwell put this article into the bin at 10 June 2026, 13:00", line)

    def test_answers_a_few_queries_however_many_are_here(self):
        def queries():
            self.ask()
            # Session, user, permissions of user and group, their sections, the article, this window,
            # the others, what was decided, the state of the notes, what the bell tells.
            with self.assertNumQueries(11):
                self.ask(seen="0.off")

        queries()
        for number in range(5):
            who = somebody(f"reporter{number}", "Editors")
            Presence.objects.create(article=self.article, editor=who, tab="x", until=NOON + 60 * SECOND)
        queries()
        self.assertEqual(self.lines()[-1], "and 3 more")

    def test_takes_nothing_from_strangers_nor_nonsense(self):
        for status, client, more in [
            (403, Client(), {}),
            (403, self.other, {}),  # The form is another's, who was logged in here before.
            (400, None, {"uid": "7"}),
            (400, None, {"version": "many"}),
            (400, None, {"tab": ""}),
        ]:
            with self.subTest(more):
                self.assertEqual(self.ask(client, **more).status_code, status)
        self.assertFalse(Presence.objects.exists())
        self.client.force_login(looker := somebody("looker", "Editors"))
        looker.groups.clear()
        self.assertEqual(self.ask(user=looker).status_code, 403)
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(self.user)
        self.assertEqual(self.ask(strict).status_code, 403)

    def test_lists_mark_what_others_have_open_without_a_query_for_each(self):
        def queries(path, number):
            with self.assertNumQueries(number):
                return self.client.get(path)

        make.article(headline="Quiet")
        listed = address("article_changelist")
        self.ask()
        self.assertNotContains(queries(listed, 14), "open-by")
        for article in [self.article, make.article(headline="Also open")]:
            Presence.objects.create(article=article, editor=self.mairi, tab="x", until=NOON + 60 * SECOND)
        page = queries(listed, 14)
        self.assertContains(page, "Open now: </span>Mairi Caldwell", 2)
        self.assertContains(page, "Mairi Caldwell has this open since 13:00", 2)
        self.assertContains(self.other.get(listed), 'title="editor has this open since 13:00"', 1)
        self.assertNotContains(self.other.get(listed), 'title="Mairi')

    def test_readers_get_nothing_of_it(self):
        article = make.published_article()
        Presence.objects.create(article=article, editor=self.mairi, tab="x", until=NOON + 60 * SECOND)
        self.assertNotContains(Client().get(article.get_absolute_url()), "Caldwell")
