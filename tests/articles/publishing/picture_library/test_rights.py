"""A picture whose licence has ended leaves readers' pages at a paper that has set it so."""

import datetime
from io import StringIO

import time_machine
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.test import override_settings
from django.utils import timezone

from articles.models import Image, OutboxEntry, Task
from articles.press.purge.pictures_gone import addresses_gone
from articles.publishing.picture_library.ending import decide, end_use
from articles.publishing.picture_library.rights import end_of
from articles.publishing.pictures import change_image
from articles.publishing.renditions import expected_renditions, make_renditions
from articles.publishing.tasks.work import work_slice
from tests import factories as make
from tests.articles.publishing.newsroom import NewsroomTestCase

DAY = datetime.timedelta(days=1)


class EndTest(NewsroomTestCase):
    def setUp(self):
        self.image, self.inside = make.image("A harbour"), make.image("A crane")
        self.mara.portrait = self.image
        self.mara.save()
        body = f'<p>Text.</p><figure><img src="/x.jpg" data-image="{self.inside.pk}" alt="A"></figure>'
        self.article = make.published_article(lead_image=self.image, authors=[self.mara], body=body)
        self.today = timezone.localdate()
        OutboxEntry.objects.all().delete()

    def until(self, day, image=None):
        image = image or self.image
        change_image(Image.objects.get(pk=image.pk), facts={"usable_until": day})

    def pages(self):
        """Every page, feed and file in which readers meet the article."""
        own = self.article.get_absolute_url()
        section = self.article.section.get_absolute_url()
        month = f"{self.article.address_date:%Y-%m}"
        addresses = [
            "/",
            own,
            section,
            self.mara.get_absolute_url(),
            "/feed/",
            "/feed/json/",
            f"{own}index.md",
        ]
        addresses += [f"/sitemap-{month}.xml", f"/embed/{self.article.uid}/", f"/oembed?url={own}"]
        for address in addresses:
            answer = self.client.get(address, follow=True)
            self.assertIn(answer.status_code, (200, 400, 404), address)
            yield address, answer.content.decode()

    def showing(self, image):
        return [address for address, html in self.pages() if f"/{image.pk}-" in html]

    @override_settings(ENDED_PICTURES_LEAVE=True)
    def test_takes_it_off_every_page_and_brings_it_back(self):
        shown = self.showing(self.image), self.showing(self.inside)
        self.assertGreaterEqual(len(shown[0]), 6)
        self.until(self.today - DAY)
        self.until(self.today - DAY, self.inside)
        self.assertEqual((self.showing(self.image), self.showing(self.inside)), ([], []))
        changes = [entry.change for entry in OutboxEntry.objects.all() if entry.change["kind"] == "image"]
        self.assertIn(self.article.get_absolute_url(), changes[0]["beside"])
        self.until(self.today)
        self.until(None, self.inside)
        self.assertEqual((self.showing(self.image), self.showing(self.inside)), shown)

    @override_settings(ENDED_PICTURES_LEAVE=True)
    def test_takes_the_addresses_of_its_files_along(self):
        rendition = expected_renditions(self.image)[0]
        make_renditions(self.image, [rendition])
        with self.captureOnCommitCallbacks(execute=True):
            self.until(self.today - DAY)
        self.assertFalse(default_storage.exists(rendition.path))
        self.assertEqual(self.client.get(f"/media/{rendition.path}").status_code, 404)
        changes = [entry.change for entry in OutboxEntry.objects.filter(change__kind="renditions")]
        self.assertIn(f"/media/{rendition.path}", addresses_gone(changes))
        # The desk has it under another address, and readers again once its day is put off.
        desk = Image.objects.get(pk=self.image.pk)
        self.assertEqual(self.client.get(desk.get_absolute_url()).status_code, 200)
        self.until(self.today)
        self.assertEqual(self.client.get(f"/media/{rendition.path}").status_code, 200)

    def test_leaves_it_where_the_paper_has_not_set_it_so(self):
        self.until(self.today - DAY)
        self.assertTrue(self.showing(self.image))

    @override_settings(ENDED_PICTURES_LEAVE=True)
    def test_is_awaited_by_a_task_that_wakes_the_press(self):
        self.until(self.today + DAY)
        self.until(self.today)
        task, moment = Task.objects.get(), end_of(self.today)
        self.assertEqual((task.kind, task.next_try_at), ("end_use", moment))
        self.assertTrue(OutboxEntry.objects.filter(due_at=moment).exists())
        self.assertFalse(work_slice())
        # As it is in that second.
        Image.objects.filter(pk=self.image.pk).update(usable_until=self.today - DAY)
        Task.objects.update(next_try_at=timezone.now())
        self.assertTrue(work_slice())
        self.assertTrue(Image.objects.get(pk=self.image.pk).withheld)
        self.assertFalse(Task.objects.exists())

    @override_settings(ENDED_PICTURES_LEAVE=True)
    def test_comes_with_the_day_after_the_last_in_the_papers_zone(self):
        moment = timezone.localtime(end_of(self.today))
        self.assertEqual((moment.date(), moment.time()), (self.today + DAY, datetime.time.min))

    @override_settings(ENDED_PICTURES_LEAVE=True)
    def test_changes_nothing_of_a_picture_that_is_gone_or_was_put_off(self):
        self.until(self.today + DAY)
        OutboxEntry.objects.all().delete()
        for number in (self.image.pk, 2**40):
            self.assertIsNone(end_use({"image": number}, 0).cursor)
        self.assertFalse(OutboxEntry.objects.exists())

    def test_follows_the_setting_when_it_is_asked_to(self):
        self.until(self.today - DAY)
        for is_set in (True, False):
            with override_settings(ENDED_PICTURES_LEAVE=is_set):
                call_command("pictures", "ended", stdout=StringIO())
            self.assertEqual(Image.objects.get(pk=self.image.pk).withheld, is_set)

    def test_words_that_an_editor_saves_meanwhile_stay(self):
        """Many pictures are read at once, and decided one after the other."""
        self.until(self.today)
        with override_settings(ENDED_PICTURES_LEAVE=True), time_machine.travel(timezone.now() + 2 * DAY):
            read_before = Image.objects.get(pk=self.image.pk)
            Image.objects.filter(pk=self.image.pk).update(caption="Saved meanwhile", version=9)
            self.assertTrue(decide(read_before))
        image = Image.objects.get(pk=self.image.pk)
        self.assertEqual((image.caption, image.withheld, image.version), ("Saved meanwhile", True, 10))
