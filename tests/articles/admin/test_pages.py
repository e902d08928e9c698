from articles.models import OutboxEntry, Page
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address


class PageTest(DeskTestCase):
    def save(self, page=None, **changes):
        data = {"title": "About", "path": "", "body": "<p>We print what we know.</p>", "language": "en-gb"}
        data |= {"order": "1", "published": "on"} | changes
        return self.client.post(address("page_change", page.pk) if page else address("page_add"), data)

    def test_is_saved_sanitised_prepared_and_announced(self):
        self.save(body='<h2>Who</h2><p onclick="x">We.</p><script>alert(1)</script>')
        page = Page.objects.get()
        self.assertEqual(page.path, "about")
        self.assertNotIn("script", page.body)
        self.assertIn("We.", page.prepared_body)
        self.assertTrue(OutboxEntry.objects.filter(change__kind="page").exists())

    def test_is_written_in_the_desks_editor(self):
        page = self.client.get(address("page_change", make.page().pk))
        self.assertContains(page, "ckeditor")
        self.assertContains(page, "We print what we know.")

    def test_cannot_take_the_sites_own_address(self):
        errors = self.save(path="admin").context["adminform"].form.errors
        self.assertEqual(list(errors), ["path"])

    def test_may_stand_below_others(self):
        self.save(path="/about/Cafe\u0301/")
        self.assertEqual(Page.objects.get().path, "about/Café")
        self.assertContains(self.client.get(address("page_changelist")), "/about/Caf%C3%A9/")

    def test_keeps_what_was_typed_when_a_field_is_wrong(self):
        page = self.save(path="admin", body="<p>Half an hour of work.</p>")
        self.assertContains(page, "Half an hour of work.")

    def test_is_deleted_with_a_confirmation_and_announced(self):
        page = make.page()
        OutboxEntry.objects.all().delete()
        self.client.post(address("page_delete", page.pk), {"post": "yes"})
        self.assertEqual(OutboxEntry.objects.get().change["addresses"], ["/about/"])
