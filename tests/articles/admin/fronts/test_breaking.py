import time_machine
from django.urls import reverse

from articles.models import BreakingLine
from articles.publishing import withdraw
from articles.publishing.breaking_line import end_line, line_on, put_out

from .test_board import HOUR, NOON, BoardCase, publisher

ADDRESS = reverse("admin:articles_breaking")


@time_machine.travel(NOON, tick=False)
class BreakingTest(BoardCase):
    def send(self, text="The harbour is closed", link="", until="2026-11-30 15:00", act="_put", **more):
        return self.client.post(
            ADDRESS, {"seen": 0, "text": text, "link": link, "until": until, act: "1", **more}
        )

    def put(self, text="The harbour is closed", **more):
        return put_out(text, "", NOON + HOUR, by=self.mara, **more)

    def wrong(self, **typed):
        errors = self.errors(self.send(**typed))
        self.assertFalse(BreakingLine.objects.exists())
        return dict(errors)

    def test_puts_a_line_out(self):
        answer = self.send(link=f"http://localhost:8000{self.stories[0].get_absolute_url()}")
        self.assertRedirects(answer, ADDRESS)
        line = BreakingLine.objects.get()
        self.assertEqual(
            (line.text, line.link), ("The harbour is closed", self.stories[0].get_absolute_url())
        )
        self.assertEqual((line.by, line.at), (self.mara, NOON))
        self.assertContains(self.client.get(ADDRESS), "Readers have “<bdi>The harbour is closed</bdi>”")

    def test_a_new_line_is_offered_some_hours_and_one_that_is_out_is_offered_to_be_mended(self):
        initial = self.client.get(ADDRESS).context["form"].initial
        self.assertEqual((initial["seen"], initial["until"]), (0, NOON + 3 * HOUR))
        line = self.put()
        initial = self.client.get(ADDRESS).context["form"].initial
        self.assertEqual((initial["seen"], initial["text"]), (line.pk, line.text))

    def test_says_at_its_field_what_is_wrong_and_keeps_what_was_typed(self):
        gone = self.stories[1].get_absolute_url()
        withdraw(self.stories[1], by=None)
        self.assertEqual([*self.wrong(text=" ")], ["text"])
        self.assertEqual([*self.wrong(until="")], ["until"])
        self.assertEqual([*self.wrong(until="2026-11-30 11:00")], ["until"])
        for link in (
            gone,
            "/2026/01/01/nothing/",
            "javascript:alert(1)",
            "//example.org",
            "world",
            "ftp://a.b/",
        ):
            with self.subTest(link):
                self.assertEqual([*self.wrong(link=link)], ["link"])
        answer = self.send(text="Kept", link="world")
        self.assertContains(answer, 'value="Kept"')
        self.assertContains(answer, "Nothing you typed is lost")

    def test_takes_lists_and_other_sites_as_links(self):
        for link, kept in (
            ("/world/", "/world/"),
            ("http://localhost:8000", "/"),
            ("https://example.org/x", "https://example.org/x"),
        ):
            BreakingLine.objects.all().delete()
            self.assertEqual(self.send(link=link).status_code, 302, link)
            self.assertEqual(BreakingLine.objects.get().link, kept)

    def test_ends_it(self):
        line = self.put()
        self.assertRedirects(self.send(text="", until="", act="_end", seen=line.pk), ADDRESS)
        self.assertIsNone(line_on(NOON))

    def test_who_has_not_seen_the_newest_line_is_told_of_it_and_loses_nothing(self):
        other = publisher("ines")
        put_out("The mayor resigns", "", NOON + HOUR, by=other)
        for act in ("_put", "_end"):
            answer = self.send(text="It rains", act=act)
            self.assertContains(answer, "ines has put out “The mayor resigns”")
            self.assertContains(answer, 'value="It rains"')
        self.assertEqual(line_on(NOON).text, "The mayor resigns")
        # The editor has been told, so doing it once more is allowed.
        self.send(text="It rains", seen=answer.context["form"]["seen"].value())
        self.assertEqual(line_on(NOON).text, "It rains")

    def test_is_told_who_has_ended_the_line_meanwhile_or_that_it_has_ended_by_itself(self):
        line = self.put()
        with time_machine.travel(NOON + HOUR, tick=False):
            self.assertContains(self.send(act="_end", seen=line.pk), "has ended by itself")
        end_line(by=publisher("ines"), expected=line.pk)
        self.assertContains(self.send(seen=line.pk), "ines has ended “The harbour is closed”")

    def test_is_for_those_who_lay_out_the_paper_s_front(self):
        self.client.force_login(publisher("sam", self.sport))
        self.assertEqual(self.client.get(ADDRESS).status_code, 403)
        self.assertEqual(self.send().status_code, 403)
        self.assertNotContains(self.client.get(reverse("admin:articles_board_changelist")), ADDRESS)

    def test_stands_among_the_fronts(self):
        fronts = reverse("admin:articles_board_changelist")
        self.assertContains(self.client.get(fronts), "No line at the moment")
        self.put()
        self.assertContains(self.client.get(fronts), "“<bdi>The harbour is closed</bdi>” until")

    def test_takes_few_queries(self):
        self.put()
        self.client.get(ADDRESS)
        with self.assertNumQueries(9):
            self.client.get(ADDRESS)
