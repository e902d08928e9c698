from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse

from articles.images.decode_limits import MAX_BYTES
from articles.models import Image
from tests import factories


class UploadTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor("ana")
        cls.reporter = User.objects.create_user("rita", password="press-room", is_staff=True)
        cls.reporter.user_permissions.set(Permission.objects.filter(codename="change_article"))
        cls.picture = factories.picture_bytes(900, 600, seed=7)

    def setUp(self):
        self.client.force_login(self.editor)
        self.address = reverse("admin:articles_desk_upload")

    def send(self, data=None, name="harbour.jpg", client=None):
        file = SimpleUploadedFile(name, self.picture if data is None else data)
        return (client or self.client).post(self.address, {"upload": file})

    def refused(self, response, status):
        self.assertEqual((response.status_code, response["Content-Type"]), (status, "application/json"))
        self.assertEqual(response.json()["uploaded"], 0)
        self.assertEqual(Image.objects.count(), 0)
        return response.json()["error"]["message"]

    def test_answers_with_the_picture_that_the_library_now_has(self):
        answer = self.send().json()
        image = Image.objects.get()
        self.assertEqual((answer["uploaded"], answer["id"], answer["width"]), (1, image.pk, 900))
        self.assertEqual(image.uploaded_by, self.editor)
        self.assertTrue(answer["url"].startswith("/media/"))

    def test_answers_an_address_at_which_the_picture_is(self):
        response = self.client.get(self.send().json()["url"])
        self.assertEqual(response.status_code, 200)
        self.assertTrue(response["Content-Type"].startswith("image/"))

    def test_takes_the_same_bytes_once(self):
        self.assertEqual(self.send().json()["id"], self.send(name="again.jpg").json()["id"])

    def test_refuses_what_is_no_picture_in_a_sentence(self):
        for data in (b"<svg onload=alert(1)>", b"GIF89a<script>", b"", b"MZ" * 100):
            self.refused(self.send(data), 422)

    def test_refuses_a_file_that_is_too_large_before_reading_it(self):
        self.assertIn("MB", self.refused(self.send(b"\xff" * (MAX_BYTES + 1)), 413))

    def test_refuses_a_form_without_a_file(self):
        self.refused(self.client.post(self.address, {}), 400)

    def test_refuses_those_who_may_not_add_pictures(self):
        self.client.force_login(self.reporter)
        self.refused(self.send(), 403)

    def test_refuses_one_who_is_logged_out(self):
        self.client.logout()
        self.assertIn("Log in", self.refused(self.send(), 403))

    def test_refuses_a_form_without_the_sites_token(self):
        client = Client(enforce_csrf_checks=True)
        client.force_login(self.editor)
        self.assertEqual(self.send(client=client).status_code, 403)
        self.assertEqual(Image.objects.count(), 0)

    def test_is_sent_and_never_fetched(self):
        self.assertEqual(self.client.get(self.address).status_code, 405)

    def test_is_not_ckeditors_own(self):
        self.assertEqual(self.client.get("/ckeditor/upload/").status_code, 404)
