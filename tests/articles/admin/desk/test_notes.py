from django.contrib.auth import get_user_model
from django.test import Client
from selectolax.lexbor import LexborHTMLParser

from articles.models import Note, Notification
from articles.publishing import return_to_draft, submit
from articles.publishing.notes.writing import edit_note, write_note
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address, somebody
from tests.articles.admin.desk.filled_form import change_address, write


class NotesTests(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.mairi = somebody("mairi", "Editors")
        cls.mairi.first_name, cls.mairi.last_name = "Mairi", "Caldwell"
        cls.mairi.save()
        cls.article = make.article(headline="The wall")
        cls.page = address("article_notes", cls.article.pk)

    def setUp(self):
        super().setUp()
        self.other = Client()
        self.other.force_login(self.mairi)

    def texts(self, response=None):
        response = response or self.client.get(self.page)
        tree = LexborHTMLParser(response.content.decode())
        return [" ".join(node.text().split()) for node in tree.css(".note__text")]

    def test_one_writes_and_another_answers_and_resolves(self):
        answer = self.other.post(self.page, {"write": "1", "new": "Four or six?", "quote": "four metres"})
        self.assertRedirects(answer, self.page, fetch_redirect_response=False)
        note = Note.objects.get()
        self.assertEqual((note.by, note.quote), (self.mairi, "four metres"))
        self.client.post(self.page, {"answer": note.pk, f"answer-{note.pk}": "Four."})
        self.assertEqual(self.texts(), ["Four or six?", "Four."])
        self.client.post(self.page, {"resolve": f"{note.pk}.1"})
        self.assertContains(self.client.get(self.page), "Resolved by editor")
        self.client.post(self.page, {"reopen": f"{note.pk}.2"})
        self.assertNotContains(self.client.get(self.page), "Resolved by")

    def test_the_form_of_the_article_has_the_threads_and_their_number(self):
        write_note(self.article, "Four or six?", by=self.mairi)
        form = self.client.get(change_address(self.article))
        self.assertEqual(self.texts(form), ["Four or six?"])
        self.assertContains(form, "Notes<span data-notes-number>&nbsp;(1)</span>")
        # Saving the article takes nothing of the notes along.
        write(self.client, self.article, headline="The new wall")
        self.assertEqual(Note.objects.get().text, "Four or six?")

    def test_changing_and_removing_name_what_was_shown_and_lose_nothing_that_was_typed(self):
        note = write_note(self.article, "Four or six?", by=self.user)
        edit_note(note, "Four or five?", by=self.user, seen=1)
        sent = {"edit": f"{note.pk}.1", f"text-{note.pk}": "Six!", "new": "And this", "quote": "the wall"}
        refused = self.client.post(f"{self.page}?panel", sent)
        self.assertContains(refused, "has changed since it was shown", status_code=409)
        for typed in ("Six!", "And this", 'value="the wall"'):
            self.assertContains(refused, typed, status_code=409)
        done = self.client.post(f"{self.page}?panel", {**sent, "edit": f"{note.pk}.2"})
        self.assertEqual(self.texts(done), ["Six!"])
        self.assertContains(done, "And this")
        stale = self.client.post(self.page, {"remove": f"{note.pk}.2"})
        self.assertEqual((stale.status_code, Note.objects.count()), (409, 1))
        self.client.post(self.page, {"remove": f"{note.pk}.3"})
        self.assertFalse(Note.objects.exists())

    def test_notes_of_others_are_not_changed_and_comments_may_be_removed(self):
        theirs = write_note(self.article, "Mine.", by=self.mairi)
        comment = write_note(self.article, "See https://example.org/x", by=None, name="Nessa")
        page = self.client.get(self.page)
        self.assertNotContains(page, f'name="edit" value="{theirs.pk}.1"')
        self.assertContains(page, "Nessa</b> <span>(has a link)")
        self.assertNotContains(page, 'href="https://example.org/x"')
        self.assertContains(page, f'name="remove" value="{comment.pk}.1"')
        for act in ({"edit": f"{theirs.pk}.1", f"text-{theirs.pk}": "No"}, {"remove": f"{theirs.pk}.1"}):
            self.assertEqual(self.client.post(self.page, act).status_code, 409)
        self.client.post(self.page, {"remove": f"{comment.pk}.1"})
        self.assertEqual(list(Note.objects.all()), [theirs])

    def test_shows_words_as_words_links_as_links_and_names_as_names(self):
        write_note(
            self.article,
            "<b>@mairi_caldwell, @mairi @nobody: see https://example.org/a?b=1&c=2 a@mairi.org",
            by=self.user,
        )
        page = self.client.get(self.page)
        self.assertContains(page, "&lt;b&gt;")
        self.assertContains(page, '<b class="note__name">@Mairi Caldwell</b>', 1)
        self.assertContains(page, 'href="https://example.org/a?b=1&amp;c=2"')

    def test_a_name_in_an_address_names_nobody(self):
        text = "See https://example.org/@Mairi_Caldwell/1"
        write_note(self.article, text, by=self.user)
        self.assertContains(self.client.get(self.page), 'href="https://example.org/@Mairi_Caldwell/1"')
        self.assertFalse(Notification.objects.exists())

    def test_an_answer_alone_is_not_resolved(self):
        first = write_note(self.article, "Four or six?", by=self.mairi)
        answer = write_note(self.article, "Six.", by=self.user, thread=first.pk)
        self.assertEqual(self.client.post(self.page, {"resolve": f"{answer.pk}.1"}).status_code, 409)

    def test_suggests_colleagues(self):
        get_user_model().objects.create_user("maria")
        self.assertEqual(self.suggested("ma"), [{"value": "Mairi_Caldwell", "label": "Mairi Caldwell"}])
        self.assertEqual([each["value"] for each in self.suggested("cald")], ["Mairi_Caldwell"])

    def test_suggests_only_those_who_may_read_the_article(self):
        writer = somebody("malin", "Contributors")
        self.assertEqual([each["label"] for each in self.suggested("ma")], ["Mairi Caldwell"])
        own = make.article(by=writer)
        self.assertEqual([each["label"] for each in self.suggested("ma", own)], ["malin", "Mairi Caldwell"])
        editors = self.mairi.groups.get()
        editors.sections.set([make.section("Sport")])
        self.assertEqual([each["label"] for each in self.suggested("ma", own)], ["malin"])

    def suggested(self, typed, article=None):
        people = address("article_people", (article or self.article).pk)
        return self.client.get(people, {"q": typed}).json()["results"]

    def test_strangers_and_those_who_may_not_read_get_nothing(self):
        write_note(self.article, "Four or six?", by=self.mairi)
        self.mairi.groups.clear()
        for client in (self.other, Client()):
            for answer in (client.get(self.page), client.post(self.page, {"write": "1", "new": "x"})):
                self.assertNotContains(answer, "Four or six?", status_code=answer.status_code)
            self.assertNotEqual(
                client.get(address("article_people", self.article.pk), {"q": "e"}).status_code, 200
            )
        self.assertEqual(Note.objects.count(), 1)

    def test_what_was_typed_is_shown_again_after_a_log_in(self):
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(self.user)
        sent = {"write": "1", "new": "Four or six?", "csrfmiddlewaretoken": "old"}
        answer = strict.post(self.page, sent, HTTP_ORIGIN="http://testserver")
        self.assertContains(answer, "Four or six?</textarea>")
        self.assertContains(answer, "not saved yet")
        self.assertFalse(Note.objects.exists())

    def test_the_number_of_queries_does_not_grow_with_the_notes(self):
        def queries(number):
            with self.assertNumQueries(number):
                self.client.get(f"{self.page}?panel")

        note = write_note(self.article, "@Mairi_Caldwell", by=self.mairi)
        self.client.get(self.page)
        # Session, user, article, permissions of user and group and where; threads, answers, names, state.
        queries(10)
        for number in range(4):
            write_note(self.article, f"@Mairi_Caldwell {number}", by=self.user, thread=note.pk)
            write_note(self.article, f"@editor {number}", by=self.user)
        queries(10)

    def test_whoever_has_the_form_open_is_told_of_notes_and_of_sending_back(self):
        article = submit(self.article, by=self.mairi)
        seen = f"{article.acts.first().pk}.off"
        sent = {"user": self.mairi.pk, "uid": article.uid, "tab": "a", "version": 1, "seen": seen}
        poll = lambda: self.other.post(address("desk_presence"), sent)  # noqa: E731 - asked three times
        before = poll()
        self.assertContains(before, 'data-notes-now="0.0.0"')
        return_to_draft(article, by=self.user, reason="Four or six?")
        told = poll()
        self.assertContains(told, "editor sent it back to draft at")
        self.assertContains(told, "(Four or six?)")
        self.assertNotContains(told, 'data-notes-now="0.0.0"')
