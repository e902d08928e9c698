"""Forms and addresses made by hand: a message, a page that says no, never an error of ours."""

import itertools

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.urls import reverse

from articles.admin.shared.nonsense import BIGGEST, RefusesNonsense, row_number
from articles.models import Article, Author, Board, Notification
from tests import corpora
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address
from tests.articles.admin.desk.filled_form import add_address, fields

# What int() and databases stumble over, each in its way.
NO_NUMBERS = ["x", "", " ", "-1", "1.5", "²", "é", "1\x00", "NaN", str(BIGGEST + 1), "9" * 40, "9" * 5_000]


class NonsenseTestCase(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        cls.user = make.editor("ana")
        cls.section = make.section("World")
        cls.article = make.article(section=cls.section)
        cls.author = Author.objects.create(name="Ana Lind", slug="ana-lind")

    def addresses(self, page, *args):
        """Of every model's page of that kind. Notifications and fronts have none, but pages of their own."""
        for model in (each for each in admin.site._registry if each not in (Board, Notification)):
            yield reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


class TestRowNumber:
    def test_is_what_a_row_may_have(self):
        assert [row_number(text) for text in ("0", "7", "007", str(BIGGEST))] == [0, 7, 7, BIGGEST]

    def test_is_none_of_the_rest(self):
        assert {row_number(text) for text in [*NO_NUMBERS, "+7", "7 ", "٧", "7_0"]} == {None}


class ListTests(NonsenseTestCase):
    def test_all_refuse_nonsense(self):
        lax = [each for each in admin.site._registry.values() if not isinstance(each, RefusesNonsense)]
        self.assertEqual(lax, [])

    def test_do_nothing_with_what_is_no_row(self):
        actions = ("delete_selected", "put_in_bin", "publish", "merge")
        each = list(itertools.product(self.addresses("changelist"), NO_NUMBERS, actions))
        for list_address, number, action in corpora.sample(each, every=7):
            with self.subTest(list_address, number=number[:20], action=action):
                sent = {"action": action, "_selected_action": [self.article.pk, number], "sure": "1"}
                self.assertLess(self.client.post(list_address, sent).status_code, 400)
        self.assertTrue(Article.objects.filter(pk=self.article.pk, state="draft").exists())

    def test_say_that_nothing_was_done(self):
        sent = {"action": "publish", "_selected_action": "x"}
        answer = self.client.post(address("article_changelist"), sent, follow=True)
        self.assertEqual(
            self.told(answer), ["What was chosen is not in the list. Nothing was done; choose again."]
        )

    def test_take_no_condition_that_no_filter_offers(self):
        conditions = ("headline__regex", "id__in", "at__year", "password__startswith", "username__regex")
        values = ("[", "\x00", "-1", str(BIGGEST + 1))
        each = list(itertools.product(conditions, values, self.addresses("changelist")))
        for condition, value, list_address in corpora.sample(each, every=7):
            with self.subTest(list_address, condition=condition, value=value):
                answer = self.client.get(list_address, {condition: value}, follow=True)
                self.assertEqual(answer.status_code, 200)
                self.assertIn(f"cannot be narrowed by “{condition}”", self.told(answer)[0])

    def test_still_take_those_of_their_filters(self):
        reporter = User.objects.create_user("rita", is_staff=True)
        reporter.groups.add(group := Group.objects.get(name="Editors"))
        users = reverse("admin:auth_user_changelist")
        shown = self.client.get(users, {"is_superuser__exact": "0", "groups__id__exact": group.pk})
        self.assertEqual(list(shown.context["cl"].result_list), [reporter])

    def test_show_all_where_a_filters_value_means_nothing(self):
        names = ("state", "section", "author", "language", "published", "p", "o", "q", "e", "_to_field")
        for name, value in corpora.sample(itertools.product(names, NO_NUMBERS), every=5):
            with self.subTest(name, value=value[:20]):
                answer = self.client.get(address("article_changelist"), {name: value}, follow=True)
                self.assertIn(answer.status_code, (200, 400))


class RowTests(NonsenseTestCase):
    def test_that_no_address_can_mean_are_told_to_be_missing(self):
        numbers = ("x", "1\x00", str(BIGGEST + 1))
        pages = itertools.product(("change", "delete", "history"), numbers)
        rows = [address for page, number in pages for address in self.addresses(page, number)]
        ways = (self.client.get, self.client.post, self.client.delete)
        for row_address, ask in corpora.sample(itertools.product(rows, ways), every=4):
            with self.subTest(row_address[:80], ask=ask.__name__):
                self.assertLess(ask(row_address).status_code, 500)

    def test_of_notifications_are_told_to_be_missing(self):
        for number in ("0", "7", str(BIGGEST + 1), "9" * 40):
            self.assertEqual(self.client.get(f"/admin/articles/notification/{number}/").status_code, 404)

    def test_are_refused_at_their_field(self):
        for number in ("x", *NO_NUMBERS[-3:]):
            with self.subTest(number[:20]):
                data = {"name": "Jonas", "slug": "", "role": "", "biography": "", "links": ""}
                answer = self.client.post(address("author_add"), data | {"portrait": number, "user": number})
                self.assertIn(answer.status_code, (200, 302))
                answer = self.client.post(
                    reverse("admin:auth_group_add"), {"name": "Guests", "permissions": number}
                )
                self.assertContains(answer, "not a valid value")


class EndpointTests(NonsenseTestCase):
    def test_answer_any_text(self):
        author_field = {"app_label": "articles", "model_name": "byline", "field_name": "author"}
        for text in (*NO_NUMBERS, "\x00"):
            with self.subTest(text[:20]):
                asked = [
                    (reverse("admin:autocomplete"), {**author_field, "term": text, "page": "1"}),
                    (reverse("admin:autocomplete"), {**author_field, "term": "a", "page": text}),
                    (reverse("admin:autocomplete"), {**author_field, "field_name": text}),
                    (address("desk_tags"), {"q": text}),
                    (address("desk_authors"), {"q": text}),
                    (address("image_picker"), {"q": text, "page": text}),
                ]
                for where, query in asked:
                    self.assertLess(self.client.get(where, query).status_code, 500)

    def test_answer_what_is_no_json(self):
        order = reverse("admin:articles_section_sortable_update")
        for body in ("", "{", "[]", "1", '{"updatedItems": null}', '{"updatedItems": [["x", "y"]]}', "\x00"):
            with self.subTest(body):
                answer = self.client.post(order, body, content_type="application/json")
                self.assertLess(answer.status_code, 500)

    def test_answer_other_methods(self):
        for name in ("desk_upload", "desk_tags", "desk_authors", "image_picker", "section_sortable_update"):
            for method in ("get", "post", "put", "patch", "delete", "options", "trace"):
                with self.subTest(name, method=method):
                    self.assertLess(getattr(self.client, method)(address(name)).status_code, 500)


class NewArticleTests(NonsenseTestCase):
    def test_is_saved_before_anything_is_done_with_it(self):
        for button in ("_withdraw", "_return", "_discard", "_correct"):
            with self.subTest(button):
                sent = fields(self.client.get(add_address()), headline="Typed")
                answer = self.client.post(
                    add_address(), sent | {button: "1", "correction_text": "It was four."}
                )
                self.assertContains(answer, "save it first", status_code=422)
                self.assertEqual(fields(answer)["headline"], "Typed")
        self.assertEqual(Article.objects.count(), 1)
