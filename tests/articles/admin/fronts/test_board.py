import datetime

import time_machine
from django.contrib.auth.models import Group, User
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles.models import Article, BoardVersion, OldAddress, State
from articles.publishing.boards import Filled, publish_board
from tests import factories

NOON = datetime.datetime(2026, 11, 30, 12, tzinfo=datetime.UTC)
HOUR = datetime.timedelta(hours=1)
PAPER = reverse("admin:articles_board_front", args=["paper"])


def publisher(name, *sections):
    person = User.objects.create_user(name, is_staff=True)
    group = Group.objects.create(name=f"Publishers {name}")
    group.permissions.set(Group.objects.get(name="Publishers").permissions.all())
    group.sections.set(sections)
    person.groups.add(group)
    return person


@time_machine.travel(NOON, tick=False)
class BoardCase(TestCase):
    @classmethod
    def setUpTestData(cls):
        with time_machine.travel(NOON, tick=False):
            cls.world, cls.sport = factories.section("World"), factories.section("Sport")
            cls.stories = [
                factories.published_article(
                    at=NOON - number * HOUR,
                    section=(cls.world, cls.sport)[number % 2],
                    headline=f"Story {number}",
                )
                for number in range(8)
            ]
        cls.mara = publisher("mara")
        cls.address = {
            section: reverse("admin:articles_board_front", args=[section.pk])
            for section in (cls.world, cls.sport)
        }

    def setUp(self):
        self.client.force_login(self.mara)

    def sent(self, *numbers, **more):
        places = {
            f"article_{place}": self.stories[number].get_absolute_url()
            for place, number in enumerate(numbers)
        }
        return {"version": 0, "layout": "usual", **places, **more}

    def post(self, *numbers, address=PAPER, **more):
        return self.client.post(address, self.sent(*numbers, **more))

    def publish(self, *numbers, section=None, **more):
        slots = [Filled(place, self.stories[number].pk, **more) for place, number in enumerate(numbers)]
        return publish_board(section, "usual", slots, by=self.mara)

    def newest(self):
        return BoardVersion.objects.order_by("-pk").first()

    def places(self, version=None):
        version = version or self.newest()
        return {slot.place: slot.article.headline for slot in version.slots.select_related("article")}

    def errors(self, response):
        self.assertEqual(response.status_code, 200)
        return response.context["form"].errors


class PublishingTest(BoardCase):
    def test_publishes_what_is_in_the_places(self):
        image = factories.image(width=60, height=40)
        words = {"headline_0": "Mine", "kicker_1": "Now", "image_1": image.pk, "until_1": "2026-11-30T18:00"}
        response = self.post(5, 3, **words, _publish=1)
        self.assertRedirects(response, PAPER)
        version = self.newest()
        self.assertEqual(self.places(), {0: "Story 5", 1: "Story 3"})
        self.assertEqual((version.number, version.by), (1, self.mara))
        first, second = version.slots.all()
        self.assertEqual((first.headline, second.kicker, second.image), ("Mine", "Now", image))
        self.assertEqual(second.until, NOON + 6 * HOUR)

    def test_an_empty_place_between_two_stays_empty(self):
        self.post(
            _publish=1,
            article_0=self.stories[1].get_absolute_url(),
            article_3=self.stories[2].get_absolute_url(),
        )
        self.assertEqual(self.places(), {0: "Story 1", 3: "Story 2"})

    def test_schedules_it(self):
        self.post(5, at="2026-11-30T18:00", _schedule=1)
        self.assertEqual(self.newest().out_at, NOON + 6 * HOUR)
        self.assertContains(self.client.get(PAPER), "Version 1, by mara, goes out on")

    def test_scheduling_without_a_time_or_with_one_that_has_passed_is_told_at_the_field(self):
        self.assertEqual(list(self.errors(self.post(5, _schedule=1))), ["at"])
        self.assertEqual(list(self.errors(self.post(5, at="2026-11-30T11:00", _schedule=1))), ["at"])
        self.assertFalse(BoardVersion.objects.exists())

    def test_publishing_now_with_a_time_at_which_it_goes_out_is_told_there(self):
        self.assertEqual(list(self.errors(self.post(5, at="2026-11-30T18:00", _publish=1))), ["at"])
        self.assertFalse(BoardVersion.objects.exists())

    def test_what_was_typed_stays_if_something_is_wrong(self):
        response = self.post(5, article_1="/no/such/story/", headline_0="Mine", _publish=1)
        self.assertEqual(list(self.errors(response)), ["article_1"])
        page = LexborHTMLParser(response.text)
        typed = {
            name: page.css_first(f"[name={name}]").attributes["value"] for name in ("article_1", "headline_0")
        }
        self.assertEqual(typed, {"article_1": "/no/such/story/", "headline_0": "Mine"})
        self.assertEqual(page.css_first("[data-slot='0'] [data-story]").text(), "Story 5")

    def test_asks_no_more_of_a_full_board_than_of_one_with_a_story(self):
        self.post(0, _publish=1)
        images = [factories.image(width=60 + place, height=40) for place in range(5)]
        asked = []
        for places in (1, 5):
            more = {f"image_{place}": images[place].pk for place in range(places)}
            more |= {f"until_{place}": f"2026-11-30T{18 + place}:00" for place in range(places)}
            with CaptureQueriesContext(connection) as queries:
                response = self.post(*range(places), version=self.newest().number, **more, _publish=1)
            self.assertEqual(response.status_code, 302)
            asked.append(len(queries))
        self.assertEqual(asked[0], asked[1])
        self.assertEqual(self.newest().slots.exclude(image=None).count(), 5)
        # Nor when it is shown again.
        for places in (1, 5):
            more = {f"image_{place}": images[place].pk for place in range(places)}
            with CaptureQueriesContext(connection) as queries:
                self.post(*range(places), **more, move="")
            asked.append(len(queries))
        self.assertEqual(asked[2], asked[3])

    def test_takes_addresses_in_any_script_old_ones_and_those_of_the_whole_web(self):
        story = factories.published_article(at=NOON, slug="что-дальше", section=self.world)
        OldAddress.objects.create(path="/old/wall/", article=self.stories[1])
        typed = {
            "article_0": story.get_absolute_url(),
            "article_1": "http://localhost:8000/old/wall?utm_source=x",
            "article_2": f"/{NOON:%Y/%m/%d}/что-дальше",
        }
        self.assertEqual(list(self.errors(self.client.post(PAPER, self.sent() | typed))), ["article_2"])
        del typed["article_2"]
        self.client.post(PAPER, self.sent() | typed | {"_publish": 1})
        self.assertEqual(self.places(), {0: story.headline, 1: "Story 1"})

    def test_what_leads_elsewhere_or_nowhere_is_told_at_its_place(self):
        lines = ["https://example.org/x/", "/2026/02/31/wall/", "/2026/11/30/wall/", "wall", "http://[/"]
        response = self.post(**{f"article_{place}": line for place, line in enumerate(lines)}, _publish=1)
        self.assertEqual(list(self.errors(response)), [f"article_{place}" for place in range(5)])

    def test_a_story_twice_is_told_at_the_second(self):
        self.assertEqual(list(self.errors(self.post(5, 5, _publish=1))), ["article_1"])

    def test_words_a_picture_or_a_time_without_a_story_are_told(self):
        image = factories.image(width=60, height=40)
        for more in ({"headline_2": "Mine"}, {"image_2": image.pk}, {"until_2": "2026-11-30T18:00"}):
            with self.subTest(more):
                self.assertEqual(list(self.errors(self.post(**more, _publish=1))), ["article_2"])

    def test_who_opened_an_older_one_is_told_by_whom_it_was_changed_and_may_publish_then(self):
        other = publisher("jonas")
        publish_board(None, "usual", [], by=other)
        response = self.post(5, _publish=1)
        self.assertContains(response, "jonas has published this front")
        self.assertEqual(BoardVersion.objects.count(), 1)
        version = LexborHTMLParser(response.text).css_first("#board_form [name=version]").attributes["value"]
        self.post(5, version=version, _publish=1)
        self.assertEqual(self.places(), {0: "Story 5"})

    def test_who_opened_one_that_is_not_there_any_more_is_told_and_may_publish_then(self):
        response = self.post(5, version=7, _publish=1)
        self.assertContains(response, "The board that you opened is not there any more.")
        version = LexborHTMLParser(response.text).css_first("#board_form [name=version]").attributes["value"]
        self.post(5, version=version, _publish=1)
        self.assertEqual(self.places(), {0: "Story 5"})

    def test_the_enter_key_without_a_script_publishes_nothing(self):
        """A browser presses the first button of the form."""
        self.publish(1)
        page = LexborHTMLParser(self.client.get(PAPER).text)
        first = page.css_first("#board_form button")
        self.post(5, version=1, **{first.attributes["name"]: first.attributes["value"]})
        self.assertEqual(BoardVersion.objects.count(), 1)


class WithoutScriptTest(BoardCase):
    def moved(self, act, *numbers, **more):
        response = self.post(*numbers, move=act, **more)
        page = LexborHTMLParser(response.text)
        return [page.css_first(f"[data-slot='{place}'] [data-story]").text() for place in range(3)]

    def test_a_story_moves_up_and_down_and_is_taken_out(self):
        self.assertEqual(self.moved("1:up", 5, 3), ["Story 3", "Story 5", ""])
        self.assertEqual(self.moved("1:down", 5, 3), ["Story 5", "", "Story 3"])
        self.assertEqual(self.moved("0:clear", 5, 3), ["", "Story 3", ""])
        self.assertFalse(BoardVersion.objects.exists())

    def test_its_words_go_with_it(self):
        response = self.post(5, 3, move="1:up", headline_1="Mine")
        page = LexborHTMLParser(response.text)
        self.assertEqual(page.css_first("[name=headline_0]").attributes["value"], "Mine")

    def test_nonsense_moves_nothing(self):
        for act in ("0:up", "99:down", "x:up", "²:up", "3", ""):
            with self.subTest(act):
                self.assertEqual(self.moved(act, 5, 3), ["Story 5", "Story 3", ""])


class BlocksTest(BoardCase):
    def blocks(self, response):
        page = LexborHTMLParser(response.text)
        return [
            (node.css_first("span").text(), "checked" in node.css_first("[type=checkbox]").attributes)
            for node in page.css("[data-block]")
        ]

    def test_are_moved_and_hidden(self):
        self.assertEqual(self.blocks(self.client.get(PAPER)), [("World", False), ("Sport", False)])
        numbers = [self.sport.pk, self.world.pk]
        self.post(blocks=numbers, hidden=[self.world.pk], _publish=1)
        self.assertEqual(self.newest().blocks, [[self.sport.pk, False], [self.world.pk, True]])
        self.assertEqual(self.blocks(self.client.get(PAPER)), [("Sport", False), ("World", True)])

    def test_move_without_a_script(self):
        response = self.post(
            blocks=[self.world.pk, self.sport.pk], hidden=[self.sport.pk], move=f"block:{self.sport.pk}:up"
        )
        self.assertEqual(self.blocks(response), [("Sport", True), ("World", False)])
        for act in ("block:x:up", f"block:{self.world.pk}:up", f"block:{self.world.pk}:x", "block"):
            response = self.post(blocks=[self.world.pk, self.sport.pk], move=act)
            self.assertEqual(self.blocks(response), [("World", False), ("Sport", False)])

    def test_nonsense_is_no_block(self):
        self.post(blocks=["x", "²", "9" * 40, "7", "7"], hidden=["x"], _publish=1)
        self.assertEqual(self.newest().blocks, [[7, False]])

    def test_are_seen_in_the_preview(self):
        factories.published_articles(12, newest=NOON - 50 * HOUR, section=self.world)
        factories.published_articles(12, newest=NOON - 60 * HOUR, section=self.sport)
        sent = self.sent(blocks=[self.sport.pk, self.world.pk], hidden=[self.world.pk])
        response = self.client.post(reverse("board_preview", args=["paper"]), sent)
        self.assertEqual([block.section.name for block in response.context["front"].blocks], ["Sport"])

    def test_are_those_of_the_papers_front_alone(self):
        self.assertEqual(self.blocks(self.client.get(self.address[self.world])), [])


class VersionsTest(BoardCase):
    def test_says_what_was_published_by_whom_and_when_and_what_readers_have(self):
        self.publish(1)
        self.publish(2)
        page = LexborHTMLParser(self.client.get(PAPER).text)
        lines = [" ".join(node.text().split()) for node in page.css(".board-versions li span")]
        self.assertEqual(len(lines), 2)
        self.assertIn("Version 2, Usual day, by mara, 30 Nov 2026, 12:00, readers have it", lines[0])

    def test_an_older_one_is_opened_and_brought_back(self):
        self.publish(1)
        self.publish(2)
        page = LexborHTMLParser(self.client.get(f"{PAPER}?version=1").text)
        self.assertEqual(page.css_first("[data-story]").text(), "Story 1")
        self.assertIn("Below is version 1, by mara,", page.text())
        self.assertNotContains(self.client.get(f"{PAPER}?version=2"), "Below is version")
        self.client.post(PAPER, {"bring_back": 1, "version": 2})
        self.assertEqual(self.places(), {0: "Story 1"})
        self.assertEqual(self.newest().brings_back, 1)

    def test_who_has_not_seen_the_newest_brings_nothing_back(self):
        self.publish(1)
        self.publish(2)
        response = self.client.post(PAPER, {"bring_back": 1, "version": 1}, follow=True)
        self.assertContains(response, "Somebody has changed this board meanwhile")
        self.assertEqual(BoardVersion.objects.count(), 2)

    def test_a_scheduled_one_is_cancelled(self):
        self.post(5, at="2026-11-30T18:00", _schedule=1)
        self.client.post(PAPER, {"cancel": 1, "version": 1})
        self.assertEqual(self.newest().cancelled_by, self.mara)
        self.assertContains(self.client.get(PAPER), "cancelled by mara")

    def test_what_has_left_its_place_is_in_the_form_no_more(self):
        self.publish(1, 2, until=NOON + HOUR)
        with time_machine.travel(NOON + HOUR, tick=False):
            page = LexborHTMLParser(self.client.get(PAPER).text)
        self.assertEqual(page.css("[data-story]")[0].text(), "")

    def test_a_number_that_is_none_shows_the_board_that_readers_have(self):
        self.publish(1)
        for number in ("x", "7", "²", "-1", "1\x00", "9" * 40):
            with self.subTest(number[:9]):
                page = LexborHTMLParser(self.client.get(PAPER, {"version": number}).text)
                self.assertEqual(page.css_first("[data-story]").text(), "Story 1")

    def test_one_that_is_not_there_is_not_found(self):
        for sent in ({"cancel": 7}, {"bring_back": "x"}):
            self.assertEqual(self.client.post(PAPER, sent).status_code, 404)


class RightsTest(BoardCase):
    def test_who_has_one_section_lays_out_its_front_and_no_other(self):
        self.client.force_login(publisher("ana", self.world))
        page = LexborHTMLParser(self.client.get(reverse("admin:articles_board_changelist")).text)
        self.assertEqual([node.text() for node in page.css(".fronts a")], ["World"])
        self.assertEqual(self.post(0, address=self.address[self.world], _publish=1).status_code, 302)
        for address in (PAPER, self.address[self.sport]):
            with self.subTest(address):
                self.assertEqual(self.client.get(address).status_code, 403)
                self.assertEqual(self.post(address=address, _publish=1).status_code, 403)
        preview = reverse("board_preview", args=[self.sport.pk])
        self.assertEqual(self.client.post(preview, self.sent()).status_code, 403)

    def test_the_front_of_a_section_takes_only_its_own_stories(self):
        response = self.post(1, address=self.address[self.world], _publish=1)
        self.assertEqual(list(self.errors(response)), ["article_0"])

    def test_the_board_says_nothing_of_a_story_that_has_gone_where_the_person_may_not_see_it(self):
        self.publish(0, 2, section=self.world)
        Article.objects.filter(pk=self.stories[0].pk).update(
            section=self.sport, department=self.sport, headline="Secret", slug="secret", state=State.WITHDRAWN
        )
        self.client.force_login(publisher("ana", self.world))
        for query in ("", "?version=1"):
            page = self.client.get(self.address[self.world] + query)
            self.assertContains(page, "Story 2")
            self.assertNotContains(page, "ecret")

    def test_the_list_names_each_front_and_its_newest_version(self):
        self.publish(0, section=self.world)
        page = LexborHTMLParser(self.client.get(reverse("admin:articles_board_changelist")).text)
        lines = [" ".join(node.text().split()) for node in page.css(".fronts li")]
        self.assertEqual(len(lines), 3)
        self.assertIn("World Version 1 by mara", lines[1])

    def test_a_front_that_is_not_there_is_not_found(self):
        for which in ("9999", "x", "²"):
            address = reverse("admin:articles_board_front", args=[which])
            self.assertEqual(self.client.get(address).status_code, 404)


class PreviewTest(BoardCase):
    def preview(self, *numbers, which="paper", **more):
        return self.client.post(reverse("board_preview", args=[which]), self.sent(*numbers, **more))

    def test_is_the_front_as_it_would_be_and_nothing_is_published(self):
        response = self.preview(5, headline_0="Mine", layout="big")
        self.assertEqual(response.context["front"].lead.headline, "Mine")
        self.assertEqual(response["X-Robots-Tag"], "noindex")
        self.assertEqual(response["X-Frame-Options"], "SAMEORIGIN")
        self.assertIn("no-store", response["Cache-Control"])
        self.assertFalse(BoardVersion.objects.exists())

    def test_reads_no_whole_text(self):
        with CaptureQueriesContext(connection) as queries:
            self.preview(5, 3)
        self.assertEqual([each["sql"] for each in queries if '"articles_article"."body"' in each["sql"]], [])

    def test_is_the_front_of_a_section(self):
        response = self.preview(4, which=self.world.pk)
        self.assertEqual(response.context["top"][0].cards[0].headline, "Story 4")

    def test_is_the_front_at_the_time_at_which_it_goes_out(self):
        factories.published_article(at=NOON + HOUR, section=self.world, headline="Tomorrow's")
        self.assertNotContains(self.preview(5), "Tomorrow&#39;s")
        self.assertContains(self.preview(5, at="2026-11-30T18:00"), "Tomorrow&#39;s")

    def test_leaves_out_what_is_wrong(self):
        response = self.preview(5, 5, article_2="nonsense", layout="none", until_0="x")
        headlines = [card.headline for card in response.context["front"].above]
        self.assertEqual(headlines, ["Story 5", "Story 0", "Story 1", "Story 2", "Story 3"])
