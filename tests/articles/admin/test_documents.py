from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from articles.models import Document, OldAddress
from articles.publishing import Refused
from articles.publishing.addresses.old_addresses import bring_in_addresses
from articles.publishing.documents import add_document, change_document
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address

PDF = b"%PDF-1.7\nA report."


class DocumentTest(DeskTestCase):
    def send(self, data=PDF, name="Annual report.pdf", title=""):
        file = SimpleUploadedFile(name, data)
        return self.client.post(address("document_add"), {"file": file, "title": title}, follow=True)

    def stored(self, document):
        return Path(settings.MEDIA_ROOT) / document.file.name

    def test_is_added_and_shows_its_address(self):
        page = self.send(title="The report")
        document = Document.objects.get()
        self.assertRedirects(page, address("document_change", document.pk))
        self.assertContains(page, document.get_absolute_url())
        self.assertContains(page, "PDF, 18 bytes, from “Annual report.pdf”")
        self.assertEqual((document.title, document.uploaded_by), ("The report", self.user))
        self.assertRegex(document.file.name, r"\Adocuments/../.{16}/annual-report\.pdf\Z")
        self.assertEqual(self.stored(document).read_bytes(), PDF)

    def test_without_a_title_it_is_called_like_the_file(self):
        self.send()
        self.assertEqual(Document.objects.get().title, "Annual report.pdf")

    def test_the_same_bytes_are_one_document(self):
        self.send(title="First")
        page = self.send(title="Second", name="other.pdf")
        self.assertEqual(Document.objects.get().title, "First")
        self.assertIn("was here already", self.told(page)[0])

    def test_what_cannot_be_taken_is_said_at_the_field_and_keeps_the_title(self):
        page = self.send(b"", title="The report")
        self.assertEqual(page.context["form"].errors["file"], ["This file is empty."])
        self.assertContains(page, 'value="The report"')
        self.assertFalse(Document.objects.exists())

    def test_with_the_token_of_an_older_log_in_keeps_the_title_and_takes_no_file(self):
        client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
        client.force_login(self.user)
        sent = {"file": SimpleUploadedFile("a.pdf", b"%PDF-1.4 a"), "title": "The budget"}
        answer = client.post(address("document_add"), sent | {"csrfmiddlewaretoken": "x" * 64})
        self.assertContains(answer, "choose it again")
        self.assertContains(answer, 'value="The budget"')
        self.assertFalse(Document.objects.exists())

    def test_a_change_of_somebody_else_is_not_written_over(self):
        self.send(title="First")
        document = Document.objects.get()
        form = self.client.get(address("document_change", document.pk)).context["adminform"].form
        change_document(Document.objects.get(), title="Theirs")
        data = {"title": "Mine", "shown_version": form.initial["shown_version"], "shown_entry": "0"}
        page = self.client.post(address("document_change", document.pk), data)
        self.assertContains(page, "has changed this document")
        self.assertContains(page, 'value="Mine"')
        self.assertEqual(Document.objects.get().title, "Theirs")
        # The editor has been told, so saving once more is allowed.
        again = page.context["adminform"].form
        data |= {"shown_version": again.data["shown_version"]}
        self.client.post(address("document_change", document.pk), data)
        self.assertEqual(Document.objects.get().title, "Mine")

    def test_one_that_a_text_links_to_stays(self):
        self.send()
        document = Document.objects.get()
        make.published_article(body=f'<p><a href="{document.get_absolute_url()}">The report</a></p>')
        page = self.client.post(address("document_delete", document.pk), {"post": "yes"}, follow=True)
        self.assertContains(page, "is used by 1 article")
        self.assertTrue(Document.objects.exists())

    def test_is_deleted_with_its_file_and_its_old_addresses(self):
        self.send()
        document = Document.objects.get()
        bring_in_addresses([("/wp-content/uploads/report.pdf", document)])
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(address("document_delete", document.pk), {"post": "yes"})
        self.assertFalse(Document.objects.exists() or OldAddress.objects.exists())
        self.assertFalse(self.stored(document).exists())

    def test_the_list_costs_the_same_with_more_rows(self):
        for number in range(3):
            self.send(PDF + bytes([65 + number]))
        with self.assertNumQueries(8):
            self.client.get(address("document_changelist"))
        for number in range(8):
            self.send(PDF + bytes([75 + number]))
        with self.assertNumQueries(8):
            page = self.client.get(address("document_changelist", q="report"))
        self.assertEqual(len(page.context["cl"].result_list), 11)

    def test_is_closed_to_those_who_may_not(self):
        self.user.groups.clear()
        self.assertEqual(self.client.get(address("document_add")).status_code, 403)

    def test_no_more_than_a_mebibyte_is_in_memory_at_once(self):
        class Endless:
            left = 300

            def seek(self, place):
                self.left = 300

            def read(self, size):
                self.left -= 1
                return b"x" * size if self.left >= 0 else b""

        with self.assertRaisesMessage(Refused, "larger than 200 MB"):
            add_document(Endless(), name="x", by=None)
