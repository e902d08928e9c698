"""Two people change a section, a tag, an author, a page or a picture at the same time."""

import re
from unittest import mock

from django.contrib import admin
from django.contrib.auth.models import Group, User
from django.test import Client, TestCase
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles.admin.log import ReadOnly
from articles.admin.shared.guarded import Guarded, GuardedForm, StateGuardedForm
from articles.models import Author, Image, Page, Section, Tag
from articles.publishing.authors import save_author
from articles.publishing.pictures import change_image
from articles.publishing.shared.versions import Outdated
from articles.publishing.tags import merge_tags, save_tag
from tests import factories as make


def fields(response):
    """Of the form in the page, as a browser would send them."""
    found = {}
    for node in LexborHTMLParser(response.content.decode()).css("#content-main form [name]"):
        name, kind = node.attributes["name"], node.attributes.get("type")
        if node.tag == "textarea":
            found[name] = (node.text() or "").removeprefix("\n")
        elif node.tag == "select":
            chosen = node.css_first("option[selected]")
            found[name] = chosen.attributes.get("value") or "" if chosen else ""
        elif kind == "checkbox":
            found |= {name: "on"} if "checked" in node.attributes else {}
        elif node.tag == "input" and kind not in ("submit", "file"):
            found[name] = node.attributes.get("value") or ""
    return found


class GuardedTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana, cls.ben = make.editor("ana"), make.editor("ben")
        # What two people write into one field of it, and what they both leave alone.
        cls.rows = {
            "section": (make.section("World"), "description", "name"),
            "author": (make.author("Mara Ellis"), "biography", "name"),
            "tag": (make.tag("coast"), "description", "name"),
            "page": (make.page("About"), "title", "path"),
            "image": (make.image(width=300, height=200), "caption", "alt"),
        }

    def setUp(self):
        self.client.force_login(self.ana)
        self.other = Client()
        self.other.force_login(self.ben)

    def address(self, kind):
        return reverse(f"admin:articles_{kind}_change", args=[self.rows[kind][0].pk])

    def both_open(self, kind):
        return fields(self.client.get(self.address(kind))), fields(self.other.get(self.address(kind)))

    def now(self, kind, name):
        row = self.rows[kind][0]
        return getattr(type(row).objects.get(pk=row.pk), name)

    def assert_refused(self, response, *words):
        self.assertEqual(response.status_code, 200)
        problems = " ".join(response.context["adminform"].form.non_field_errors())
        for word in words:
            self.assertIn(word, problems)

    def test_the_second_is_told_who_and_what_and_loses_nothing(self):
        for kind, (_, name, _) in self.rows.items():
            with self.subTest(kind):
                mine, theirs = self.both_open(kind)
                self.assertEqual(
                    self.other.post(self.address(kind), theirs | {name: "Of Ben"}).status_code, 302
                )
                response = self.client.post(self.address(kind), mine | {name: "Of Ana"})
                self.assert_refused(response, "ben has changed this", "is “Of Ben”")
                self.assertEqual(self.now(kind, name), "Of Ben")
                self.assertEqual(fields(response)[name], "Of Ana", "what was typed is in the form")

    def test_a_second_press_puts_the_own_words_there(self):
        for kind, (_, name, _) in self.rows.items():
            with self.subTest(kind):
                mine, theirs = self.both_open(kind)
                self.other.post(self.address(kind), theirs | {name: "Of Ben"})
                told = self.client.post(self.address(kind), mine | {name: "Of Ana"})
                self.assertEqual(self.client.post(self.address(kind), fields(told)).status_code, 302)
                self.assertEqual(self.now(kind, name), "Of Ana")

    def test_only_what_differs_is_named(self):
        mine, theirs = self.both_open("page")
        self.other.post(self.address("page"), theirs | {"title": "About us"})
        response = self.client.post(self.address("page"), mine)
        self.assert_refused(response, "Title is “About us”")
        self.assertNotIn("Body", " ".join(response.context["adminform"].form.non_field_errors()))

    def test_a_change_that_a_verb_made_elsewhere_counts_too(self):
        mine = fields(self.client.get(self.address("image")))
        change_image(self.rows["image"][0], alt="Described at the desk")
        self.assert_refused(self.client.post(self.address("image"), mine), "Somebody has changed this")
        self.assertEqual(self.now("image", "alt"), "Described at the desk")

    def test_nobody_is_named_who_has_not_done_it(self):
        self.client.post(
            self.address("image"), fields(self.client.get(self.address("image"))) | {"credit": "Ana"}
        )
        mine = fields(self.client.get(self.address("image")))
        change_image(Image.objects.get(pk=self.rows["image"][0].pk), alt="Described at the desk")
        self.assert_refused(
            self.client.post(self.address("image"), mine), "Somebody has changed this picture,"
        )

    def test_rows_are_called_by_their_names(self):
        parent = make.section("Culture")
        mine, theirs = self.both_open("section")
        self.other.post(self.address("section"), theirs | {"parent": parent.pk})
        self.assert_refused(self.client.post(self.address("section"), mine), "is “Culture”")

    def test_one_person_alone_is_never_asked(self):
        for kind, (_, name, _) in self.rows.items():
            with self.subTest(kind):
                for words in ("First", "Second"):
                    sent = fields(self.client.get(self.address(kind))) | {name: words}
                    self.assertEqual(self.client.post(self.address(kind), sent).status_code, 302)
                self.assertEqual(self.now(kind, name), "Second")

    def test_who_saves_between_the_check_and_the_save_is_found_too(self):
        mine = fields(self.client.get(self.address("tag"))) | {"description": "Of Ana"}
        calls = []

        def late(tag, *, expected):
            """The first call finds that somebody has saved the tag after the form's own check."""
            calls.append(expected)
            if len(calls) == 1:
                raise Outdated(tag)
            return save_tag(tag, expected=expected)

        with mock.patch("articles.admin.tag.save_tag", late):
            self.assertEqual(self.client.post(self.address("tag"), mine).status_code, 302)
        self.assertEqual((len(calls), self.now("tag", "description")), (2, "Of Ana"))

    def test_a_tag_that_was_merged_meanwhile_does_not_come_back(self):
        tag = self.rows["tag"][0]
        stale = Tag.objects.get(pk=tag.pk)
        merge_tags([tag], into=make.tag("sea"))
        with self.assertRaises(Outdated):
            save_tag(stale, expected=stale.version)
        self.assertFalse(Tag.objects.filter(name="coast").exists())

    def test_the_order_of_sections_is_nobodys_change_of_their_words(self):
        make.section("Culture")
        mine = fields(self.client.get(self.address("section"))) | {"description": "Of Ana"}
        self.other.get(reverse("admin:articles_section_changelist"))
        Section.objects.filter(pk=self.rows["section"][0].pk).update(order=7)
        self.assertEqual(self.client.post(self.address("section"), mine).status_code, 302)

    def test_every_form_of_ours_has_the_guard(self):
        """Articles and fronts have others, which test_decisions.py and fronts/test_board.py try. The bin has no form, what people are told by
        e-mail is chosen by each for themselves, and tokens are made and ended, but never changed."""
        ours = [desk for model, desk in admin.site._registry.items() if model._meta.app_label == "articles"]
        without = {type(desk).__name__ for desk in ours if not isinstance(desk, (Guarded, ReadOnly))}
        self.assertEqual(
            without, {"ApiTokenAdmin", "ArticleAdmin", "BinAdmin", "BoardAdmin", "NotificationAdmin"}
        )
        guarded = [desk for desk in ours if isinstance(desk, Guarded)]
        self.assertEqual([desk for desk in guarded if not issubclass(desk.form, GuardedForm)], [])

    def test_people_and_groups_have_it_too(self):
        for model in (User, Group):
            self.assertTrue(issubclass(admin.site._registry[model].form, StateGuardedForm))

    def test_every_verb_raises_the_version(self):
        author = self.rows["author"][0]
        before = Author.objects.get(pk=author.pk).version
        save_author(Author.objects.get(pk=author.pk))
        self.assertEqual(Author.objects.get(pk=author.pk).version, before + 1)
        for model in (Author, Image, Page, Section, Tag):
            self.assertTrue(re.search("version", str([field.name for field in model._meta.fields])))
