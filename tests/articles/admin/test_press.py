import datetime

from django.utils import timezone

from articles.models import Notice, PictureFailure, PressStatus, PrintFailure
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address

MINUTE = datetime.timedelta(minutes=1)
HOUR = datetime.timedelta(hours=1)
SHELF = "paper-1:/srv/shelf"


class PressTest(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.client.force_login(make.editor("operator"))
        self.now = timezone.now()

    def status(self, **more):
        values = {"shelf": SHELF, "seen_at": self.now, **more}
        return PressStatus.objects.create(**values)

    def failure(self, path="/world/", error="TemplateSyntaxError: Invalid block tag", shelf=SHELF):
        return PrintFailure.objects.create(
            shelf=shelf,
            path=path,
            error=error,
            failed_at=self.now,
            next_try_at=self.now + MINUTE,
        )

    def test_says_nothing_at_the_desk_while_all_is_well(self):
        self.status()
        self.assertNotContains(self.client.get("/admin/"), "The press was last seen")

    def test_says_at_the_desk_that_the_press_stands_still(self):
        self.status(seen_at=self.now - 12 * MINUTE)
        page = self.client.get("/admin/")
        self.assertContains(page, "The press was last seen 12\xa0minutes ago")

    def test_goes_on_saying_so_however_long_the_only_press_is_away(self):
        self.status(seen_at=self.now - 72 * HOUR)
        self.assertContains(self.client.get("/admin/"), "The press was last seen 3\xa0days ago")

    def test_lists_what_a_hub_has_not_taken(self):
        Notice.objects.create(
            service="websub",
            address="/world/feed/",
            noted_at=self.now - 2 * HOUR,
            next_try_at=self.now + MINUTE,
            tries=3,
            last_error="hub.example answered 500",
        )
        page = self.client.get("/admin/articles/notice/")
        self.assertContains(page, "/world/feed/")
        self.assertContains(page, "for 2\xa0hours; failed 3 times, next try")
        self.assertContains(page, "hub.example answered 500")

    def test_names_the_one_of_several_that_is_missing(self):
        self.status(shelf="paper-2:/srv/shelf")
        self.status(seen_at=self.now - 12 * MINUTE)
        page = self.client.get("/admin/")
        self.assertContains(page, "The press of paper-1:/srv/shelf was last seen 12\xa0minutes ago")
        self.assertNotContains(page, "paper-2")

    def test_does_not_speak_of_a_press_that_was_given_up(self):
        self.status(shelf="paper-2:/srv/shelf")
        self.status(seen_at=self.now - 25 * HOUR)
        self.failure()
        page = self.client.get("/admin/")
        self.assertNotContains(page, "last seen")
        self.assertNotContains(page, "cannot be printed")

    def test_speaks_of_all_that_were_in_use_when_none_runs_any_more(self):
        for number, hours in ((1, 72), (2, 73), (3, 200)):
            self.status(shelf=f"paper-{number}:/srv/shelf", seen_at=self.now - hours * HOUR)
        page = self.client.get("/admin/")
        self.assertContains(page, "The press of paper-1:")
        self.assertContains(page, "The press of paper-2:")
        self.assertNotContains(page, "paper-3")

    def test_a_clock_that_runs_ahead_gives_up_no_other(self):
        self.status(shelf="paper-2:/srv/shelf", seen_at=self.now + 48 * HOUR)
        self.status(seen_at=self.now - 12 * MINUTE)
        self.assertContains(self.client.get("/admin/"), "The press of paper-1:")

    def test_counts_a_page_that_several_presses_cannot_print_once(self):
        self.failure(), self.failure(shelf="paper-2:/srv/shelf")
        self.assertContains(self.client.get("/admin/"), "1 page cannot be printed")

    def test_says_at_the_desk_how_many_pages_fail(self):
        self.failure(), self.failure("/culture/")
        self.assertContains(self.client.get("/admin/"), "2 pages cannot be printed")

    def test_says_so_to_editors_too_and_links_only_to_what_they_may_open(self):
        self.failure()
        why = address("printfailure_changelist")
        self.assertContains(self.client.get("/admin/"), f'<a href="{why}">Which and why</a>')
        self.client.force_login(self.user)
        page = self.client.get("/admin/")
        self.assertContains(page, "1 page cannot be printed")
        self.assertNotContains(page, "Which and why")

    def test_shows_the_queue_and_the_last_error(self):
        self.status(
            waiting=3,
            oldest_at=self.now - 2 * MINUTE,
            last_error="ShelfFull: No space left on device",
            last_error_at=self.now,
        )
        page = self.client.get(address("pressstatus_changelist"))
        self.assertContains(page, "runs; 3 changes wait, the oldest for 2\xa0minutes")
        self.assertContains(page, "No space left on device")

    def test_shows_a_failing_page_with_its_error(self):
        self.failure()
        page = self.client.get(address("printfailure_changelist"))
        self.assertContains(page, "/world/")
        self.assertContains(page, "TemplateSyntaxError: Invalid block tag")

    def test_says_at_the_desk_which_pictures_cannot_be_made_and_why(self):
        image = make.image("A harbour")
        PictureFailure.objects.create(
            image=image, error="Its file cannot be read.", failed_at=self.now, next_try_at=self.now
        )
        which = address("picturefailure_changelist")
        page = self.client.get("/admin/")
        self.assertContains(page, "1 picture cannot be made: readers get the description instead.")
        self.assertContains(page, f'<a href="{which}">Which and why</a>')
        self.assertContains(self.client.get(which), "Its file cannot be read.")
        self.client.force_login(self.user)
        page = self.client.get("/admin/")
        self.assertContains(page, "1 picture cannot be made")
        self.assertNotContains(page, "Which and why")

    def test_cannot_be_changed(self):
        failure = self.failure()
        self.assertEqual(self.client.post(address("printfailure_delete", failure.pk)).status_code, 403)
        self.assertEqual(self.client.get(address("pressstatus_add")).status_code, 403)
