from unittest import mock

from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, TestCase
from django.urls import reverse
from PIL import Image as Picture

from articles.images.decode_limits import MAX_BYTES
from articles.models import Image
from tests import corpora, factories
from tests.articles.images.embedded.files import with_iptc
from tests.articles.images.samples import encoded, noise


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

    def test_says_that_it_has_the_bytes_already(self):
        self.assertEqual([self.send().json()["is_new"], self.send().json()["is_new"]], [True, False])

    def test_offers_the_words_of_the_file(self):
        answer = self.send(with_iptc({120: b"At dusk.", 80: b"Ana Lind"})).json()
        self.assertEqual((answer["caption"], answer["credit"]), ("At dusk.", "Ana Lind"))

    def test_offers_what_looks_like_it(self):
        photograph = noise(600, 400, grain=60)
        first = self.send(encoded(photograph, "JPEG")).json()
        again = self.send(encoded(photograph.resize((300, 200)), "JPEG")).json()
        self.assertEqual((first["alike"], [each["id"] for each in again["alike"]]), ([], [first["id"]]))

    def test_says_what_became_of_a_picture_that_moves(self):
        frames = [Picture.new("RGB", (64, 48), colour) for colour in ("red", "navy")]
        data = encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])
        self.assertIn("first of its 2 frames", self.send(data).json()["note"])

    def test_makes_no_rendition(self):
        with mock.patch("articles.publishing.renditions.encode_all") as made:
            self.send()
        made.assert_not_called()

    def test_says_that_the_disk_is_full_and_keeps_nothing(self):
        with mock.patch(
            "articles.whole_files.os.replace", side_effect=OSError(28, "No space left on device")
        ):
            message = self.refused(self.send(), 507)
        self.assertIn("No space left on device", message)

    def test_takes_or_refuses_every_file_of_the_corpus_the_second_time_as_the_first(self):
        """Also as a pasted one, whose name says nothing. What is stored has no script and no place in it."""
        files = corpora.sample(corpora.files("images/*/*"), every=6)
        self.assertGreater(len(files), 5)
        for path in files:
            with self.subTest(path=path.name):
                data = path.read_bytes()
                first, again = self.send(data, path.name), self.send(data, "pasted.png")
                self.assertEqual(first.status_code, again.status_code)
                if first.status_code == 200:
                    self.assertEqual(first.json()["id"], again.json()["id"])
                    with Image.objects.get(pk=first.json()["id"]).file.open() as file:
                        stored = file.read().lower()
                    self.assertFalse(
                        [each for each in (b"<script", b"onerror", b"gps", b"exif") if each in stored]
                    )
                else:
                    self.assertEqual(first.status_code, 422)
                    self.assertTrue(first.json()["error"]["message"].endswith((".", ")")))

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
