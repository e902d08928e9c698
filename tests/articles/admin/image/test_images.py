from django.core.files.uploadedfile import SimpleUploadedFile

from articles import publishing
from articles.admin.image.picker import address as picture_address
from articles.images import ROLES, renditions_for
from articles.models import Author, Image
from articles.picture_files import masters
from articles.publishing.pictures import change_image
from articles.publishing.renditions import make_rendition
from tests import corpora
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address, somebody
from tests.articles.admin.desk.test_session import login_form


def upload(name="harbour.jpg", data=None):
    return SimpleUploadedFile(name, make.picture_bytes(400, 300) if data is None else data)


class UploadTest(DeskTestCase):
    def send(self, *files, **words):
        data = {"alt": "", "caption": "", "credit": ""} | words
        return self.client.post(address("image_add"), {**data, "files": files}, follow=True)

    def errors(self, page):
        return page.context["form"].errors["files"]

    def test_of_one_leads_to_its_focal_point(self):
        page = self.send(upload(), alt="A harbour", caption="At dusk.", credit="Ana Lind")
        image = Image.objects.get()
        self.assertRedirects(page, address("image_change", image.pk))
        self.assertEqual((image.alt, image.caption, image.credit), ("A harbour", "At dusk.", "Ana Lind"))
        self.assertEqual((image.original_name, image.uploaded_by), ("harbour.jpg", self.user))

    def test_of_several_leads_to_the_library(self):
        page = self.send(
            upload("a.jpg"), upload("b.png", make.picture_bytes(300, 300, format="PNG")), credit="Ana"
        )
        self.assertRedirects(page, address("image_changelist"))
        self.assertEqual(list(Image.objects.values_list("credit", flat=True)), ["Ana", "Ana"])

    def test_of_what_is_no_picture_says_so_at_the_field_and_keeps_the_words(self):
        page = self.send(upload("x.jpg", b"<svg xmlns='http://www.w3.org/2000/svg'/>"), alt="A drawing")
        self.assertIn("This is an SVG drawing", self.errors(page)[0])
        self.assertContains(page, 'value="A drawing"')

    def test_of_several_names_those_that_are_refused_and_stores_the_others(self):
        page = self.send(upload("good.jpg"), upload("bad.jpg", b"nothing"))
        self.assertTrue(self.errors(page)[0].startswith("bad.jpg: This file is not a picture"))
        self.assertEqual(Image.objects.get().original_name, "good.jpg")
        self.assertIn("In the library: ", self.told(page)[0])

    def test_of_nothing_or_an_empty_file_or_too_many_says_so(self):
        self.assertEqual(self.errors(self.send()), ["This field is required."])
        self.assertIn("The file is empty", self.errors(self.send(upload(data=b"")))[0])
        self.assertIn("at most 30", self.errors(self.send(*[upload() for _ in range(31)]))[0])

    def test_of_the_same_bytes_leads_to_the_picture_there_is(self):
        data = make.picture_bytes(400, 300)
        self.send(upload("a.jpg", data), alt="First")
        page = self.send(upload("b.jpg", data), alt="Second")
        self.assertEqual(Image.objects.get().alt, "First")
        self.assertRedirects(page, address("image_change", Image.objects.get().pk))

    def test_without_a_session_keeps_the_words_and_asks_for_the_files_again(self):
        sent = {"alt": "A harbour", "caption": "At dusk.", "credit": "Ana Lind"}
        self.client.logout()
        asked = self.client.post(address("image_add"), sent | {"files": upload()})
        self.assertContains(asked, "Nothing you typed is lost")
        self.user.set_password("press-room")
        self.user.save()
        carried = login_form(asked) | {"username": self.user.username, "password": "press-room"}
        back = self.client.post(address("image_add"), carried)
        self.assertContains(back, "choose them again")
        for words in sent.values():
            self.assertContains(back, words)
        self.assertFalse(Image.objects.exists())

    def test_of_every_file_of_the_corpus_is_stored_or_refused_with_a_message(self):
        files = corpora.sample(corpora.files("images/*/*"), every=3)
        self.assertGreater(len(files), 10)
        for path in files:
            with self.subTest(path=path.name):
                before = Image.objects.count()
                page = self.send(upload(path.name, path.read_bytes()), alt="Typed")
                self.assertEqual(page.status_code, 200)
                if page.redirect_chain:
                    continue
                self.assertTrue(self.errors(page)[0].endswith((".", ")")))
                self.assertContains(page, 'value="Typed"')
                self.assertEqual(Image.objects.count(), before)

    def test_is_closed_to_those_who_may_not(self):
        self.user.groups.clear()
        self.assertEqual(self.client.get(address("image_add")).status_code, 403)


class LibraryTest(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.dusk = make.image("A harbour at dusk", credit="Photograph: Ana Lind")
        cls.crane = make.image("Cranes", caption="Over the quay.")

    def found(self, text):
        return list(self.client.get(address("image_changelist", q=text)).context["cl"].result_list)

    def test_finds_by_alt_caption_credit_and_name(self):
        self.assertEqual(self.found("dusk lind"), [self.dusk])
        self.assertEqual(self.found("quay"), [self.crane])
        self.assertCountEqual(self.found("harbour.jpg"), [self.dusk, self.crane])
        self.assertEqual(self.found("nothing"), [])

    def test_costs_the_same_with_more_rows(self):
        for _ in range(10):
            make.image()
        with self.assertNumQueries(8):
            page = self.client.get(address("image_changelist"))
        self.assertEqual(page.content.count(b"<picture>"), 12)

    def test_changes_words_and_focal_point(self):
        data = {"alt": " New\x07 words ", "caption": "", "credit": "", "focus_x": "10", "focus_y": "90"}
        key = self.dusk.key
        self.client.post(address("image_change", self.dusk.pk), data)
        self.dusk.refresh_from_db()
        self.assertEqual((self.dusk.alt, self.dusk.focus_x, self.dusk.focus_y), ("New words", 10, 90))
        self.assertNotEqual(self.dusk.key, key)

    def test_refuses_a_focal_point_outside_the_picture(self):
        data = {"alt": "x", "caption": "", "credit": "", "focus_x": "101", "focus_y": "-1"}
        page = self.client.post(address("image_change", self.dusk.pk), data)
        self.assertCountEqual(page.context["adminform"].form.errors, ["focus_x", "focus_y"])

    def test_sets_a_crop_by_hand_and_refuses_one_that_is_none_with_all_that_was_typed(self):
        data = {"alt": "New words", "caption": "", "credit": "", "focus_x": "50", "focus_y": "50"}
        change = address("image_change", self.dusk.pk)
        page = self.client.post(change, data | {"crops": "16:9 600 0 700"})
        self.assertIn("beyond the picture", page.context["adminform"].form.errors["crops"][0])
        self.assertContains(page, "16:9 600 0 700")
        self.assertContains(page, "New words")
        self.client.post(change, data | {"crops": " 16:9  0 100 700; "})
        self.dusk.refresh_from_db()
        self.assertEqual((self.dusk.alt, self.dusk.crops), ("New words", "16:9 0 100 700"))

    def test_the_dialog_shows_a_picture_with_crops_set_by_hand(self):
        change_image(self.dusk, crops="4:3 0 0 500;1:1 0 0 400")
        answer = self.client.get(address("image_picker"))
        (shown,) = (each for each in answer.json()["results"] if each["id"] == self.dusk.pk)
        for url in (shown["thumb"], picture_address(self.dusk, "portrait")):
            self.assertEqual(self.client.get(url).status_code, 200)

    def test_tells_who_sets_a_crop_after_a_colleague(self):
        change = address("image_change", self.dusk.pk)
        shown = self.client.get(change).context["adminform"].form.initial["shown_version"]
        change_image(Image.objects.get(pk=self.dusk.pk), crops="1:1 0 0 500")
        data = {
            "alt": "",
            "caption": "",
            "credit": "",
            "focus_x": "50",
            "focus_y": "50",
            "shown_version": shown,
        }
        page = self.client.post(change, data | {"crops": "1:1 100 0 400"})
        self.assertContains(page, "Crops set by hand is “1:1 0 0 500”")
        self.assertEqual(Image.objects.get(pk=self.dusk.pk).crops, "1:1 0 0 500")

    def test_says_where_a_picture_is_used(self):
        make.author("Mara Ellis", portrait=self.dusk)
        article = make.article(headline="With a picture", lead_image=self.dusk)
        page = self.client.get(address("image_change", self.dusk.pk))
        self.assertContains(page, address("article_change", article.pk))
        self.assertContains(page, "Mara Ellis</a> (portrait)")

    def test_names_no_more_than_twenty_uses_of_a_kind_however_many_there_are(self):
        Author.objects.bulk_create(
            Author(name=f"Desk {number}", slug=f"desk-{number}", portrait=self.dusk) for number in range(25)
        )
        page = self.client.get(address("image_change", self.dusk.pk))
        self.assertContains(page, "(portrait)", count=20)
        self.assertContains(page, "more of these", count=1)


class DeletionTest(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.image = make.image("A harbour at dusk")
        cls.inside = f'<figure><img src="/x.jpg" data-image="{cls.image.pk}" alt="A harbour"></figure>'

    def kept(self, by):
        page = self.client.post(address("image_delete", self.image.pk), {"post": "yes"})
        self.assertContains(page, f"is used by {by}.")
        self.assertTrue(Image.objects.filter(pk=self.image.pk).exists())

    def test_is_refused_of_a_lead_image(self):
        make.article(lead_image=self.image)
        self.kept("1 article")

    def test_is_refused_of_a_picture_in_a_body(self):
        make.article(body=self.inside)
        self.kept("1 article")

    def test_is_refused_of_a_picture_in_unpublished_changes(self):
        article = make.published_article()
        publishing.save_draft(article, make.content(lead_image=self.image), by=None)
        self.kept("1 working copy")

    def test_is_refused_of_a_portrait(self):
        make.author(portrait=self.image)
        self.kept("1 author")

    def test_is_refused_of_a_picture_in_a_page(self):
        make.page(body=self.inside)
        self.kept("1 page")

    def test_takes_the_files_along(self):
        rendition = renditions_for(self.image.source, [ROLES["thumb"]])[0]
        make_rendition(self.image, rendition)
        names = [self.image.file.name, rendition.path]
        with self.captureOnCommitCallbacks(execute=True):
            self.client.post(address("image_delete", self.image.pk), {"post": "yes"})
        self.assertFalse(Image.objects.exists())
        self.assertEqual([name for name in names if masters().exists(name)], [])


class PickerTest(DeskTestCase):
    def ask(self, **query):
        return self.client.get(address("image_picker", **query))

    def test_describes_what_it_finds(self):
        image = make.image("A harbour", caption="At dusk.", credit="Ana Lind")
        make.image("Cranes")
        found = self.ask(q="harbour dusk").json()
        self.assertFalse(found["more"])
        (picture,) = found["results"]
        known = ("id", "alt", "caption", "credit", "width", "height", "focus_x", "focus_y")
        self.assertEqual(
            [picture[name] for name in known],
            [image.pk, "A harbour", "At dusk.", "Ana Lind", 1800, 1200, 50, 50],
        )
        for name in ("thumb", "url"):
            self.assertRegex(picture[name], r"^/media/renditions/.+\.jpg$")

    def test_goes_on_page_by_page_newest_first(self):
        sample = make.image()
        rows = [
            Image(file=sample.file.name, width=9, height=9, fingerprint=f"{number:064}", alt=f"{number}")
            for number in range(30)
        ]
        Image.objects.bulk_create(rows)
        first, second = self.ask().json(), self.ask(page=2).json()
        self.assertEqual((len(first["results"]), first["more"]), (24, True))
        self.assertEqual((len(second["results"]), second["more"]), (7, False))
        self.assertEqual(first["results"][0]["alt"], "29")

    def test_takes_any_page_for_one(self):
        for page in ("0", "-1", "x", "9" * 50, "", "٣"):
            with self.subTest(page=page):
                self.assertEqual(self.ask(page=page, q="\x00").status_code, 200)

    def test_is_never_cached_and_asks_twice_what_it_needs(self):
        make.image()
        with self.assertNumQueries(5):
            answer = self.ask()
        self.assertIn("no-store", answer["Cache-Control"])

    def test_is_for_those_who_write_or_see_pictures(self):
        self.client.force_login(somebody("reporter", "Editors"))
        self.assertEqual(self.ask().status_code, 200)
        self.user.groups.clear()
        self.client.force_login(self.user)
        self.assertEqual(self.ask().status_code, 403)
