"""Narrowing the library, what is said about pictures, several at once, another file, and cleaning up."""

import datetime

from django.db import connection
from django.utils import timezone

from articles.admin.image.narrowing import narrowed
from articles.models import Collection, Image
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address, somebody

from .test_images import upload


class NarrowingTest(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        today = timezone.localdate()
        cls.whole = make.image("A harbour", credit="Ana Lind", width=64, height=48)
        cls.silent = make.image("", credit="Ana Lind", width=64, height=48)
        cls.decoration = make.image("", credit="Ana Lind", width=64, height=48)
        cls.high = make.image("A crane", width=48, height=64)
        make.article(lead_image=cls.whole)
        Image.objects.filter(pk=cls.decoration.pk).update(decorative=True, uploaded_by=cls.user)
        Image.objects.filter(pk=cls.silent.pk).update(usable_until=today - datetime.timedelta(days=1))
        Image.objects.filter(pk=cls.high.pk).update(usable_until=today)
        cls.coast = Collection.objects.create(name="Coast")
        cls.coast.images.add(cls.high, cls.whole)

    CASES = (
        ({"missing": "alt"}, ["silent"]),
        ({"missing": "credit"}, ["high"]),
        ({"use": "none"}, ["high", "decoration", "silent"]),
        ({"by": "me"}, ["decoration"]),
        ({"shape": "portrait"}, ["high"]),
        ({"shape": "landscape"}, ["decoration", "silent", "whole"]),
        ({"licence": "ended"}, ["silent"]),
        ({"licence": "soon"}, ["high"]),
        ({"missing": "alt", "licence": "soon"}, []),
        ({"shape": "portrait", "q": "crane"}, ["high"]),
    )

    def test_shows_the_same_in_the_list_and_in_the_dialog(self):
        cases = [*self.CASES, ({"collection": str(self.coast.pk)}, ["high", "whole"])]
        for asked, names in cases:
            with self.subTest(asked=asked):
                wanted = [getattr(self, name).pk for name in names]
                listed = self.client.get(address("image_changelist", **asked)).context["cl"].result_list
                self.assertEqual([image.pk for image in listed], wanted)
                answer = self.client.get(address("image_picker", **asked)).json()
                self.assertEqual([each["id"] for each in answer["results"]], wanted)

    # Rows of 200 MB of pictures cost most on SQLite, whose plans this reads.
    if connection.vendor == "sqlite":

        def test_by_two_reads_no_row_that_an_index_can_tell_apart(self):
            me, portrait = {"by": "me"}, {"shape": "portrait"}
            cases = (
                ({"missing": "alt"}, "pictures_without_alt", [{}, me, portrait]),
                ({"missing": "credit"}, "pictures_without_credit", [{}, me, portrait]),
                ({"licence": "ended"}, "COVERING INDEX pictures_with_an_end", [{}, portrait]),
                (me, "COVERING INDEX pictures_of_one", [portrait]),
            )
            for first, index, others in cases:
                for other in others:
                    plan = narrowed(Image.objects.order_by(), first | other, self.user).values("pk").explain()
                    with self.subTest(asked=first | other):
                        self.assertIn(index, plan)
                        self.assertNotRegex(plan, r"SCAN articles_image\b(?! USING)")

    def test_by_nonsense_leaves_all(self):
        for asked in ({"collection": "²"}, {"shape": "round"}, {"collection": "9" * 30}):
            self.assertEqual(len(self.client.get(address("image_picker", **asked)).json()["results"]), 4)

    def test_is_offered_by_the_dialog_once(self):
        choices = self.client.get(address("image_picker", choices="")).json()["choices"]
        self.assertIn(["alt", "Without alt text"], choices["missing"])
        self.assertEqual(choices["collection"], [[str(self.coast.pk), "Coast"]])
        self.assertNotIn("choices", self.client.get(address("image_picker")).json())

    def test_says_in_the_dialog_and_in_the_list_which_licences_have_ended(self):
        found = self.client.get(address("image_picker")).json()["results"]
        self.assertEqual([each["id"] for each in found if each["ended"]], [self.silent.pk])
        page = self.client.get(address("image_changelist"))
        self.assertContains(page, "Licence has ended", count=1)

    def test_finds_words_without_their_accents(self):
        self.whole.caption = "Zürich"
        self.whole.save()
        found = self.client.get(address("image_picker", q="ZURICH")).json()["results"]
        self.assertEqual([each["id"] for each in found], [self.whole.pk])


class FormTest(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.image = make.image("A harbour")

    def save(self, **more):
        names = "alt caption credit copyright origin licence usable_until taken_on in_collections"
        data = {**dict.fromkeys(names.split(), ""), "focus_x": "50", "focus_y": "50", **more}
        page = self.client.post(address("image_change", self.image.pk), data)
        self.image.refresh_from_db()
        return page

    def test_keeps_rights_dates_and_collections(self):
        self.save(
            copyright="Lind",
            origin="Reuters",
            licence="Editorial use",
            usable_until="2027-01-31",
            taken_on="2026-11-30",
            in_collections="Coast, Harbours,coast",
        )
        image = self.image
        self.assertEqual((image.copyright, image.origin, image.licence), ("Lind", "Reuters", "Editorial use"))
        self.assertEqual(image.usable_until, datetime.date(2027, 1, 31))
        self.assertEqual(image.taken_on, datetime.date(2026, 11, 30))
        self.assertEqual([str(each) for each in image.collections.all()], ["Harbours", "coast"])

    def test_shows_collections_to_those_who_may_only_look(self):
        self.save(in_collections="Coast")
        self.client.force_login(somebody("rita", "Editors"))
        page = self.client.get(address("image_change", self.image.pk))
        self.assertContains(page, "Coast")
        self.assertNotContains(page, 'name="in_collections"')

    def test_forgets_a_collection_with_its_last_picture(self):
        self.save(in_collections="Coast")
        self.save(in_collections="")
        self.assertFalse(Collection.objects.exists())

    def test_says_that_a_picture_is_only_decoration(self):
        self.save(decorative="on")
        self.assertTrue(self.image.decorative)
        page = self.save(decorative="on", alt="A harbour")
        self.assertIn("says something", str(page.context["adminform"].form.errors["decorative"]))

    def test_names_what_looks_like_it_and_whether_its_articles_are_public(self):
        make.published_article(headline="Out", lead_image=self.image)
        make.article(headline="Draft", lead_image=self.image)
        again = make.image("The same again", width=900, height=600, seed=5)
        Image.objects.filter(pk=self.image.pk).update(**{f"band_{n}": 40 + n for n in range(1, 5)})
        Image.objects.filter(pk=again.pk).update(**{f"band_{n}": 40 + n for n in range(1, 5)})
        page = self.client.get(address("image_change", self.image.pk))
        self.assertContains(page, "The same again")
        self.assertContains(page, "Out</a> (public)")
        self.assertContains(page, "Draft</a> (not public)")


class SeveralTest(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.images = [make.image(f"{number}", credit="Old", width=64, height=48) for number in range(3)]

    def change(self, **more):
        seen = more.pop("seen", [f"{image.pk}:{image.version}" for image in self.images])
        data = {
            **dict.fromkeys("credit copyright origin licence usable_until into out_of".split(), ""),
            **more,
        }
        return self.act("change_several", *self.images[:2], list_name="image_changelist", seen=seen, **data)

    def test_get_what_is_filled_in_and_keep_the_rest(self):
        told = self.told(self.change(credit="Ana Lind", into="Coast"))
        self.assertEqual(told, ["2 pictures are changed."])
        self.assertEqual(
            [*Image.objects.order_by("pk").values_list("credit", flat=True)], ["Ana Lind"] * 2 + ["Old"]
        )
        self.assertEqual(Collection.objects.get().images.count(), 2)
        self.images = list(Image.objects.order_by("pk"))
        self.change(out_of="coast", licence="Editorial use")
        self.assertFalse(Collection.objects.exists())
        self.assertEqual(Image.objects.filter(credit="Ana Lind", licence="Editorial use").count(), 2)

    def test_are_asked_about_first(self):
        page = self.act("change_several", *self.images[:2], list_name="image_changelist")
        self.assertContains(page, "Change 2 pictures")
        self.assertContains(self.change(), "Nothing is filled in")

    def test_that_a_colleague_has_changed_meanwhile_are_left_and_named(self):
        seen = [f"{image.pk}:{image.version}" for image in self.images]
        self.images[0].version += 1
        self.images[0].save()
        told = self.told(self.change(credit="Ana Lind", seen=seen))
        self.assertIn("Not changed: “0”", told[0])
        self.assertEqual(Image.objects.get(pk=self.images[0].pk).credit, "Old")
        self.assertEqual(Image.objects.get(pk=self.images[1].pk).credit, "Ana Lind")

    def test_are_closed_to_those_who_may_not_change_pictures(self):
        self.client.force_login(somebody("rita", "Editors"))
        self.change(credit="Ana Lind")
        self.assertFalse(Image.objects.filter(credit="Ana Lind").exists())


class ReplaceTest(DeskTestCase):
    def setUp(self):
        super().setUp()
        self.image = make.image("A harbour", width=64, height=48)

    def send(self, *, version=None, **file):
        sent = {"shown_version": self.image.version if version is None else version, "file": upload(**file)}
        return self.client.post(address("image_replace", self.image.pk), sent, follow=True)

    def test_puts_another_file_in_its_place(self):
        page = self.send(data=make.picture_bytes(400, 300))
        self.assertRedirects(page, address("image_change", self.image.pk))
        self.assertEqual(Image.objects.get().width, 400)

    def test_says_at_the_field_why_a_file_is_refused(self):
        page = self.send(data=b"<svg/>")
        self.assertIn("SVG", page.context["form"].errors["file"][0])

    def test_tells_who_saw_an_older_picture_and_takes_the_file_the_second_time(self):
        self.image.version += 1
        self.image.save()
        page = self.send(version=0)
        self.assertIn("Somebody has changed", page.context["form"].errors["file"][0])
        self.assertContains(page, 'name="shown_version" value="1"')
        self.assertEqual(Image.objects.get().width, 64)


class UnusedTest(DeskTestCase):
    def test_are_shown_and_then_deleted(self):
        used, unused = make.image("Used", width=64, height=48), make.image("Left over", width=64, height=48)
        make.article(lead_image=used)
        Image.objects.update(uploaded_at=timezone.now() - datetime.timedelta(days=31))
        self.assertContains(self.client.get(address("image_changelist")), address("image_unused"))
        page = self.client.get(address("image_unused"))
        self.assertContains(page, "Left over")
        self.assertNotContains(page, "Used")
        page = self.client.post(address("image_unused"), follow=True)
        self.assertEqual(self.told(page), ["1 picture is deleted."])
        self.assertContains(page, "Every picture")
        self.assertEqual(list(Image.objects.all()), [used])
        self.assertNotEqual(used, unused)
