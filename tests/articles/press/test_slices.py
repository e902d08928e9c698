"""What touches more articles than a slice holds is printed slice by slice, and in the end all of it is true."""

from io import StringIO
from unittest import mock

from django.core.management import CommandError, call_command

from articles.management.commands.press import TROUBLE
from articles.models import Author, Tag, Task
from articles.publishing.authors import save_author
from articles.publishing.tags import merge_tags, save_tag
from articles.publishing.tasks import work as tasks

from .everything import test_reprints as reprints
from .printed_newsroom import PrintedNewsroom

SLICED = ("sections", "tasks.print_what_shows", "tags", "article.content.working_copies")


class Sliced:
    """The same acts, with two articles in a slice: most leave tasks."""

    def setUp(self):
        super().setUp()
        for module in SLICED:
            self.enterContext(mock.patch(f"articles.publishing.{module}.SLICE", 2))


class SharedInSlicesTest(Sliced, reprints.SharedTest):
    pass


class PictureInSlicesTest(Sliced, reprints.PictureTest):
    pass


class TasksOfThePressTest(Sliced, PrintedNewsroom):
    def renamed(self):
        author = Author.objects.get(pk=self.mara.pk)
        author.name = "Mara Lind"
        save_author(author)

    def test_press_once_works_off_all_that_is_left(self):
        self.renamed()
        self.assertEqual(Task.objects.count(), 1)
        call_command("press", "once", stdout=StringIO())
        self.assertFalse(Task.objects.exists())
        self.assert_true_to_the_site()

    def test_nothing_is_printed_that_shows_none_of_it(self):
        self.renamed()
        self.assertEqual([path for path in self.printed() if path.startswith("/about/")], [])

    def test_news_goes_before_what_is_left(self):
        self.renamed()
        self.press.turn()
        left = Task.objects.get().cursor
        article = self.publish()
        with mock.patch("articles.press.press.LOOK_EVERY", 0):
            while self.shelf.read(article.get_absolute_url()) is None:
                self.press.turn()
        self.assertEqual(Task.objects.get().cursor, left)

    def test_two_that_concern_one_tag_end_well(self):
        tag = Tag.objects.get(name="coast")
        tag.name, tag.slug = "shore", "shore"
        save_tag(tag)
        merge_tags([tag], into=Tag.objects.get(name="money"))
        self.printed()
        self.assert_true_to_the_site()

    def test_a_task_that_fails_is_named_and_holds_up_nothing(self):
        self.renamed()
        failing = {**tasks.KINDS, "show": mock.Mock(side_effect=ValueError("no such thing"))}
        with mock.patch.object(tasks, "KINDS", failing), self.assertLogs("articles.publishing", "ERROR"):
            article = self.publish()
            self.assertIn(article.get_absolute_url(), self.printed())
            said, errors = StringIO(), StringIO()
            with self.assertRaises(CommandError) as status:
                call_command("press", "status", stdout=said)
            call_command("press", "once", stdout=StringIO(), stderr=errors)
        self.assertEqual(status.exception.returncode, TROUBLE)
        name = "Pages that show the author “Mara Lind” are printed"
        for text in (said.getvalue(), errors.getvalue()):
            self.assertIn(name, text)
            self.assertIn("ValueError: no such thing", text)
