import datetime

from django.contrib.auth.models import Permission, User
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.utils import timezone

from articles.models import Article, Image, State
from tests import factories

from .filled_form import add_address, buttons, change_address, errors, fields, write

REPORTER = ["add_article", "change_article", "view_article"]
EDITOR = [*REPORTER, "publish_article", "add_tag", "add_image", "change_image"]


def staff(name, rights):
    user = User.objects.create_user(name, password="press-room", is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=rights, content_type__app_label="articles")
    )
    return user


class AtTheDesk(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.world = factories.section("World")
        cls.reporter, cls.editor = staff("rita", REPORTER), staff("ed", EDITOR)
        cls.onlooker = staff("olga", ["view_article"])
        cls.draft = factories.article(section=cls.world)
        cls.live = factories.published_article(section=cls.world)
        cls.scheduled = factories.published_article(
            section=cls.world, at=timezone.now() + datetime.timedelta(days=1)
        )


class ButtonTests(AtTheDesk):
    def shown(self, user, article):
        self.client.force_login(user)
        return buttons(self.client.get(change_address(article) if article else add_address()))

    def test_offer_a_reporter_what_a_reporter_may_do(self):
        self.assertEqual(self.shown(self.reporter, None), {"_save_draft", "_submit"})
        self.assertEqual(self.shown(self.reporter, self.draft), {"_save_draft", "_submit"})
        self.assertEqual(self.shown(self.reporter, self.live), {"_save_draft", "_submit"})
        self.assertEqual(self.shown(self.reporter, self.scheduled), set())

    def test_offer_an_editor_what_the_state_allows(self):
        self.assertEqual(
            self.shown(self.editor, self.draft), {"_save_draft", "_submit", "_publish", "_schedule"}
        )
        self.assertEqual(
            self.shown(self.editor, self.live),
            {"_save_draft", "_submit", "_publish", "_schedule", "_withdraw", "_correct"},
        )
        self.assertEqual(
            self.shown(self.editor, self.scheduled),
            {"_save_draft", "_publish", "_schedule", "_return"},
        )

    def test_offer_nothing_to_one_who_may_only_look(self):
        self.assertEqual(self.shown(self.onlooker, self.live), set())
        self.client.force_login(self.onlooker)
        self.assertEqual(self.client.get(add_address()).status_code, 403)


class HandMadePostTests(AtTheDesk):
    def test_publishes_nothing_for_a_reporter(self):
        self.client.force_login(self.reporter)
        for button in ("_publish", "_schedule", "_withdraw", "_correct", "_discard"):
            for article in (self.draft, self.live):
                with self.subTest(button, state=article.state):
                    response = write(self.client, article, headline="Sneaked in", **{button: "1"})
                    self.assertEqual(response.status_code, 403)
                    self.assertContains(response, "Sneaked in", status_code=403)
                    article.refresh_from_db()
                    self.assertNotEqual(article.headline, "Sneaked in")
                    self.assertIsNone(article.working_copy)
        self.assertEqual(self.draft.state, State.DRAFT)

    def test_changes_no_scheduled_article_for_a_reporter(self):
        self.client.force_login(self.reporter)
        response = write(self.client, self.scheduled, headline="Sneaked in", _save_draft="1")
        self.assertEqual(response.status_code, 403)

    def test_saves_nothing_for_one_who_may_only_look(self):
        self.client.force_login(self.editor)
        sent = fields(self.client.get(change_address(self.draft)), headline="Sneaked in")
        self.client.force_login(self.onlooker)
        self.assertEqual(self.client.post(change_address(self.draft), sent).status_code, 403)
        self.assertEqual(self.client.post(add_address(), sent).status_code, 403)

    def test_adds_no_picture_for_one_who_may_not(self):
        self.client.force_login(self.reporter)
        for article in (None, self.draft):
            file = SimpleUploadedFile("harbour.jpg", factories.picture_bytes())
            refused = write(self.client, article, headline="With a picture", lead_file=file)
            self.assertIn("choose one that is there", errors(refused)["lead_file"])
        self.assertFalse(Image.objects.exists())

    def test_adds_no_picture_for_an_act_that_is_not_theirs(self):
        self.client.force_login(staff("pia", [*REPORTER, "add_image"]))
        file = SimpleUploadedFile("harbour.jpg", factories.picture_bytes())
        self.assertEqual(write(self.client, self.draft, lead_file=file, _publish="1").status_code, 403)
        self.assertFalse(Image.objects.exists())

    def test_names_two_buttons_and_gets_the_harmless_one(self):
        self.client.force_login(self.editor)
        write(self.client, self.draft, headline="Two", _save_draft="1", _publish="1")
        self.draft.refresh_from_db()
        self.assertEqual((self.draft.headline, self.draft.state), ("Two", State.DRAFT))


class AddOnlyTests(AtTheDesk):
    """One who may add articles and open none, and has come by the name of a form."""

    def setUp(self):
        self.client.force_login(staff("nina", ["add_article"]))
        self.secret = factories.article(headline="A secret headline", body="<p>A secret body.</p>")

    def send(self, **changes):
        sent = fields(self.client.get(add_address()), headline="Mine", body="<p>My text.</p>")
        return self.client.post(add_address(), sent | changes)

    def test_sees_nothing_of_anothers_article(self):
        for button in ("_save_draft", "_submit"):
            answer = self.send(uid=str(self.secret.uid), **{button: "1"})
            self.assertContains(answer, "you may not change it", status_code=409)
            self.assertNotContains(answer, "secret", status_code=409)
            self.assertNotContains(answer, change_address(self.secret), status_code=409)

    def test_loses_nothing_and_can_make_another_article_of_it(self):
        answer = self.send(uid=str(self.secret.uid))
        again = fields(answer)
        self.assertEqual((again["headline"], again["body"]), ("Mine", "<p>My text.</p>"))
        self.assertEqual(self.client.post(add_address(), again | {"_save_draft": "1"}).status_code, 302)
        self.assertTrue(Article.objects.filter(headline="Mine").exists())
        self.secret.refresh_from_db()
        self.assertEqual(self.secret.headline, "A secret headline")


class OddNumberTests(AtTheDesk):
    """Numbers that Python reads and the desk's address does not: Django's stock form must not answer them."""

    def test_save_nothing_past_the_desk(self):
        body = '<p>Text</p><img src="x" onerror="alert(1)">'
        for user in (self.reporter, self.editor):
            self.client.force_login(user)
            for number in (
                f"{self.draft.pk} ",
                f" {self.draft.pk}",
                f"+{self.draft.pk}",
                f"0_{self.draft.pk}",
            ):
                with self.subTest(user.username, number=number):
                    address = f"/admin/articles/article/{number}/change/"
                    sent = {"headline": "Past the desk", "slug": "past", "body": body, "language": "en-gb"}
                    sent |= {"direction": "auto", "section": self.world.pk, "tags": "brand new"}
                    for response in (self.client.get(address), self.client.post(address, sent)):
                        self.assertRedirects(response, "/admin/", fetch_redirect_response=False)
                    self.draft.refresh_from_db()
                    self.assertNotEqual(self.draft.headline, "Past the desk")
                    self.assertNotIn("onerror", self.draft.body)


class TagTests(AtTheDesk):
    def test_are_made_only_by_those_who_may(self):
        factories.tag("coast")
        self.client.force_login(self.reporter)
        self.assertIn("tags", errors(write(self.client, self.draft, tags="Coast, brand new")))
        self.assertEqual(write(self.client, self.draft, tags="COAST").status_code, 302)
        self.assertEqual([tag.name for tag in self.draft.tags.all()], ["coast"])
        self.client.force_login(self.editor)
        write(self.client, self.draft, tags="Coast, brand new")
        self.assertEqual({tag.name for tag in self.draft.tags.all()}, {"coast", "brand new"})


class PictureTests(AtTheDesk):
    """The words of a picture in the library, and its focal point, are changed by those who may."""

    def write(self, image, **changes):
        draft = factories.article(section=self.world, lead_image=image)
        self.client.force_login(self.reporter)
        response = write(self.client, draft, **changes)
        image.refresh_from_db()
        return response

    def test_keep_their_words_from_those_who_may_not_change_the_library(self):
        image = factories.image(alt="The library's words")
        told = self.write(image, lead_alt="Other words", lead_in_library="on")
        self.assertIn("You may not change the words of this picture", errors(told)["lead_in_library"])
        self.assertEqual((image.alt, fields(told)["lead_alt"]), ("The library's words", "Other words"))

    def test_keep_their_focal_point_and_say_so(self):
        image = factories.image(alt="The library's words")
        response = self.write(image, lead_focus_x="10", lead_alt="Other words")
        self.assertEqual(response.status_code, 302)
        told = [str(message) for message in get_messages(response.wsgi_request)]
        self.assertEqual(told[0], "Saved.")
        self.assertIn("The focal point stays as it was", told[1])
        self.assertEqual(image.focus_x, 50)

    def test_may_be_described_by_anyone_where_nobody_has(self):
        image = factories.image(alt="")
        self.write(image, lead_alt="A harbour", lead_in_library="on")
        self.assertEqual(image.alt, "A harbour")

    def test_keep_their_words_once_readers_have_them(self):
        lead, portrait, unpublished = (factories.image(alt="Mine", caption="As it was") for _ in range(3))
        undescribed = factories.image(alt="", caption="As it was")
        Image.objects.update(uploaded_by=self.reporter)
        body = f'<figure><img src="/x.jpg" alt="" data-image="{undescribed.pk}"></figure>'
        factories.published_article(section=self.world, lead_image=lead)
        factories.published_article(section=self.world, body=body)
        factories.author("Ana Lind", portrait=portrait)
        for image in (lead, undescribed, portrait, unpublished):
            self.write(image, lead_alt="Mine", lead_caption="Sneaked in", lead_in_library="on")
            self.assertEqual(image.caption, "Sneaked in" if image == unpublished else "As it was")


class MissingArticleTests(AtTheDesk):
    def test_leads_back_to_the_desk(self):
        self.client.force_login(self.editor)
        Article.objects.filter(pk=self.draft.pk).delete()
        for address in (change_address(self.draft), f"/admin/articles/article/{10**30}/change/"):
            self.assertRedirects(self.client.get(address), "/admin/", fetch_redirect_response=False)

    def test_is_not_told_from_others_by_one_who_is_logged_out(self):
        for address in (change_address(self.draft), "/admin/articles/article/999/change/"):
            self.assertIn("/admin/login/", self.client.get(address).url)
