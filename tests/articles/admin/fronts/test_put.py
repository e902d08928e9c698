import datetime

from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles import publishing
from articles.models import BoardVersion
from tests import factories

from .test_board import BoardCase, publisher


class PutTest(BoardCase):
    def put(self, article, **sent):
        return self.client.post(reverse("admin:articles_board_put", args=[article.pk]), sent, follow=True)

    def offered(self, article):
        page = self.client.get(reverse("admin:articles_article_change", args=[article.pk]))
        buttons = LexborHTMLParser(page.text).css("#desk-front button")
        return [(node.attributes["name"], node.attributes["value"]) for node in buttons]

    def test_an_old_story_comes_first_and_keeps_its_date(self):
        self.publish(1)
        answer = self.put(self.stories[7], first="paper")
        self.assertContains(answer, "This story is first on the front of the paper now.")
        self.assertEqual(self.places(), {0: "Story 7", 1: "Story 1"})
        before = self.stories[7].publish_at
        self.stories[7].refresh_from_db()
        self.assertEqual(self.stories[7].publish_at, before)

    def test_on_a_full_board_the_story_that_leaves_is_named(self):
        self.publish(*range(5))
        answer = self.put(self.stories[7], first="paper")
        self.assertContains(answer, "“Story 4” had its last place and has left it.")
        self.assertNotIn("Story 4", self.places().values())
        self.assertNotContains(self.put(self.stories[7], first="paper"), "has left it")

    def test_of_a_scheduled_story_it_is_said_when_it_will_be_there(self):
        later = timezone.now() + datetime.timedelta(days=1)
        scheduled = factories.published_article(section=self.world, at=later)
        self.assertContains(self.put(scheduled, place="paper"), "from its publish time on.")

    def test_it_comes_onto_the_front_of_its_section(self):
        self.put(self.stories[6], place=self.world.pk)
        self.assertEqual(self.newest().board.section, self.world)

    def test_the_desk_offers_the_fronts_that_are_the_persons_and_the_storys(self):
        both = [
            ("first", "paper"),
            ("place", "paper"),
            ("first", str(self.world.pk)),
            ("place", str(self.world.pk)),
        ]
        self.assertEqual(self.offered(self.stories[0]), both)
        self.client.force_login(publisher("ana", self.world))
        self.assertEqual(self.offered(self.stories[0]), both[2:])

    def test_nothing_is_offered_for_a_draft(self):
        draft = factories.article(section=self.world)
        self.assertEqual(self.offered(draft), [])
        self.put(draft, first="paper")
        self.assertFalse(BoardVersion.objects.exists())

    def test_a_story_does_not_come_onto_the_front_of_another_section(self):
        answer = self.put(self.stories[0], first=self.sport.pk)
        self.assertContains(answer, "Only a story that is out or scheduled can stand there")
        self.assertFalse(BoardVersion.objects.exists())

    def test_one_that_was_withdrawn_meanwhile_is_refused(self):
        publishing.withdraw(self.stories[0], by=None)
        self.put(self.stories[0], first="paper")
        self.assertFalse(BoardVersion.objects.exists())
