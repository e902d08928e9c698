from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase

from articles.models import ImportRun, MissedAddress, OldAddress
from articles.publishing import withdraw
from articles.publishing.addresses.redirects import Wanted, save_redirect
from tests import factories

LIST, MISSED = "/admin/articles/oldaddress/", "/admin/articles/missedaddress/"


class RedirectsAtTheDeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()
        cls.story = factories.published_article(slug="sea-wall").get_absolute_url()
        factories.page("About")

    def setUp(self):
        self.client.force_login(self.editor)

    def test_are_written_by_hand(self):
        self.client.post(f"{LIST}add/", {"path": "/old/", "to": self.story})
        self.assertEqual(self.client.get("/old/")["Location"], self.story)
        form = f"{LIST}{OldAddress.objects.get().pk}/change/"
        page = self.client.get(form)
        self.assertContains(page, f'value="{self.story}"')
        hidden = page.context["adminform"].form.initial
        self.client.post(form, {"path": "/old/", "to": "/about/", "shown_version": hidden["shown_version"]})
        self.assertEqual(self.client.get("/old/")["Location"], "/about/")

    def test_from_numbers_of_wordpress_are_written_and_changed_by_hand(self):
        for typed in ("/?cat=5", "/?p=77", "http://localhost:8000/?author=3", "/?attachment_id=8"):
            with self.subTest(typed):
                self.client.post(f"{LIST}add/", {"path": typed, "to": self.story})
                number = typed.removeprefix("http://localhost:8000")
                answer = self.client.get(f"{number}&utm_source=mail")
                self.assertEqual(
                    (answer.status_code, answer["Location"]), (301, f"{self.story}?utm_source=mail")
                )
        self.assertEqual(self.client.get("/?page_id=77")["Location"], self.story)
        old = OldAddress.objects.get(path="/?cat=5")
        form = f"{LIST}{old.pk}/change/"
        self.assertContains(self.client.get(form), 'value="/?cat=5"')
        self.client.post(form, {"path": "/?cat=5", "to": "", "shown_version": old.version})
        self.assertEqual(self.client.get("/?cat=5").status_code, 410)
        out = b"".join(self.client.get(f"{LIST}download/").streaming_content).decode()
        OldAddress.objects.all().delete()
        self.client.post(f"{LIST}upload/", {"text": out})
        self.assertEqual(b"".join(self.client.get(f"{LIST}download/").streaming_content).decode(), out)

    def test_from_other_queries_are_refused(self):
        for typed in (
            "/?utm=5",
            "/?cat=5&p=1",
            "/?cat=x",
            "/world/?cat=5",
            "https://x.example/?cat=5",
            "/?cat=0",
        ):
            with self.subTest(typed):
                answer = self.client.post(f"{LIST}add/", {"path": typed, "to": self.story})
                self.assertEqual(answer.status_code, 200)
                self.assertContains(answer, "errorlist")
        self.assertFalse(OldAddress.objects.exists())

    def test_from_the_number_of_an_imported_article_are_refused(self):
        article = factories.published_article(headline="Brought in")
        run = ImportRun.objects.create()
        run.imported.create(source="old.example", source_id="9", article=article)
        answer = self.client.post(f"{LIST}add/", {"path": "/?p=9", "to": self.story})
        self.assertContains(answer, "The import has brought in what had this number: “Brought in”")
        self.client.post(f"{LIST}add/", {"path": "/?cat=9", "to": self.story})
        self.assertEqual(self.client.get("/?cat=9")["Location"], self.story)

    def test_say_at_the_field_what_is_wrong_and_keep_what_was_typed(self):
        response = self.client.post(f"{LIST}add/", {"path": self.story, "to": "/nowhere/"})
        self.assertContains(response, "which is shown first")
        response = self.client.post(f"{LIST}add/", {"path": "/new/", "to": "/nowhere/"})
        self.assertContains(response, "There is no page at this address")
        self.assertContains(response, 'value="/nowhere/"')

    def test_of_which_a_colleague_has_changed_one_are_not_written_over(self):
        old = save_redirect(Wanted("/old/", self.story))
        save_redirect(Wanted("/old/", "/about/"), old=old)
        form = f"{LIST}{old.pk}/change/"
        response = self.client.post(form, {"path": "/old/", "to": self.story, "shown_version": 0})
        self.assertContains(response, "has changed this redirect")
        self.assertEqual(OldAddress.objects.get().destination, "/about/")

    def test_are_found_by_a_part_of_the_address(self):
        save_redirect(Wanted("/हिंदी/", self.story))
        save_redirect(Wanted("/gone/"))
        self.assertContains(self.client.get(f"{LIST}?q=हिंदी"), "1 redirect")
        self.assertContains(self.client.get(f"{LIST}?q=gon"), "gone for good")

    def test_take_as_many_queries_however_many_there_are(self):
        for number in range(3):
            save_redirect(Wanted(f"/{number}/x/", self.story))
        with self.assertNumQueries(5):
            self.client.get(LIST)

    def test_to_what_somebody_may_not_see_tell_nothing_of_it(self):
        """A publisher of one section, and a draft of another whose address was changed."""
        publishers = Group.objects.get(name="Publishers")
        publishers.sections.set([factories.section("Sport")])
        ben = get_user_model().objects.create_user("ben", is_staff=True)
        ben.groups.set([publishers])
        politics = factories.section("Politics")
        secret = factories.published_article(headline="Minister resigns", section=politics)
        withdraw(secret, by=self.editor, reason="Too early")
        open_to_all = factories.published_article(headline="Cup won", section=politics)
        old = {
            each.slug: OldAddress.objects.create(path=f"/{each.slug}-old/", article=each)
            for each in (secret, open_to_all)
        }
        self.assertContains(self.client.get(LIST), secret.get_absolute_url())
        self.client.force_login(ben)
        with self.assertNumQueries(9):
            page = self.client.get(LIST)
        self.assertContains(page, "an article that you may not see", 1)
        self.assertContains(page, open_to_all.get_absolute_url())
        self.assertNotContains(page, secret.get_absolute_url())
        for tail in ("change/", "delete/", "history/"):
            self.assertEqual(self.client.get(f"{LIST}{old[secret.slug].pk}/{tail}").status_code, 403)
            self.assertEqual(self.client.get(f"{LIST}{old[open_to_all.slug].pk}/{tail}").status_code, 200)
        out = b"".join(self.client.get(f"{LIST}download/").streaming_content).decode()
        self.assertIn(open_to_all.get_absolute_url(), out)
        self.assertNotIn("resigns", out)

    def test_go_out_and_come_in_as_csv(self):
        lines = f"from;to\n/old/;{self.story}\n/gone/;\n"
        file = SimpleUploadedFile("old.csv", lines.encode("utf-8-sig"))
        self.client.post(f"{LIST}upload/", {"file": file})
        self.assertEqual(self.client.get("/old/")["Location"], self.story)
        self.assertEqual(self.client.get("/gone/").status_code, 410)
        out = b"".join(self.client.get(f"{LIST}download/").streaming_content).decode()
        self.assertEqual(out.splitlines()[0], "from,to,visits,last visit")
        OldAddress.objects.all().delete()
        self.client.post(f"{LIST}upload/", {"text": out})
        self.assertEqual(b"".join(self.client.get(f"{LIST}download/").streaming_content).decode(), out)

    def test_come_in_all_or_not_at_all(self):
        file = SimpleUploadedFile("old.csv", f"/old/,{self.story}\n/x/,/nowhere/\nnothing\n".encode())
        response = self.client.post(f"{LIST}upload/", {"file": file})
        self.assertContains(response, "Line 2, /x/: There is no page at this address")
        self.assertContains(response, "Line 3, nothing: Write an address of this site")
        self.assertContains(response, f"/old/,{self.story}")
        self.assertFalse(OldAddress.objects.exists())

    def test_come_in_all_or_not_at_all_when_lines_contradict_each_other(self):
        self.client.post(f"{LIST}upload/", {"text": "/old/,/about/"})
        response = self.client.post(f"{LIST}upload/", {"text": "/old/,\n/older/,/old/"})
        self.assertContains(response, "These lines do not go together")
        self.assertEqual(list(OldAddress.objects.values_list("path", "gone")), [("/old/", False)])

    def test_are_nothing_for_reporters(self):
        nobody = get_user_model().objects.create_user("nobody", is_staff=True)
        self.client.force_login(nobody)
        for address in (LIST, f"{LIST}upload/", f"{LIST}download/", MISSED):
            self.assertEqual(self.client.get(address).status_code, 403, address)


class MissedAtTheDeskTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()
        cls.story = factories.published_article(slug="sea-wall").get_absolute_url()
        for path in ("/news/sea-wall.html", "/x/"):
            MissedAddress.objects.create(path=path, hits=7, first_on="2026-06-01", last_on="2026-06-02")

    def setUp(self):
        self.client.force_login(self.editor)

    def test_becomes_a_redirect_in_one_click(self):
        self.assertContains(self.client.get(MISSED), f'value="/news/sea-wall.html {self.story}"')
        self.client.post(MISSED, {"lead": f"/news/sea-wall.html {self.story}"})
        self.assertEqual(self.client.get("/news/sea-wall.html")["Location"], self.story)
        self.assertEqual([each.path for each in MissedAddress.objects.all()], ["/x/"])

    def test_says_that_it_is_gone_in_one_click(self):
        self.client.post(MISSED, {"gone": "/x/"})
        self.assertEqual(self.client.get("/x/").status_code, 410)

    def test_leads_elsewhere_by_the_form(self):
        self.assertContains(self.client.get(MISSED), f"{LIST}add/?path=%2Fx%2F")
        self.assertContains(self.client.get(f"{LIST}add/?path=%2Fx%2F"), 'value="/x/"')

    def test_has_become_a_redirect_meanwhile_and_stays_what_a_colleague_has_made_it(self):
        save_redirect(Wanted("/x/", self.story))
        response = self.client.post(MISSED, {"gone": "/x/"}, follow=True)
        self.assertContains(response, "There is a redirect from this address already")
        self.assertEqual(self.client.get("/x/")["Location"], self.story)

    def test_has_become_a_page_meanwhile(self):
        factories.page("X", path="x")
        response = self.client.post(MISSED, {"gone": "/x/"}, follow=True)
        self.assertContains(response, "which is shown first")
        self.assertEqual(self.client.get("/x/").status_code, 200)
