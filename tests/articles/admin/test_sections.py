import json

from articles.models import OutboxEntry, Section
from articles.publishing import put_in_bin
from articles.publishing.sections import order_sections
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address


class SectionsTest(DeskTestCase):
    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.world = make.section("World")
        cls.science = make.section("Science")
        cls.harbours = make.section("Harbours", parent=cls.world)
        cls.europe = make.section("Europe", parent=cls.world)
        order_sections()

    def names(self):
        return [
            str(section)
            for section in self.client.get(address("section_changelist")).context["cl"].result_list
        ]

    def save(self, section=None, **changes):
        data = {"name": "Sport", "slug": "sport", "parent": "", "description": ""} | changes
        where = address("section_change", section.pk) if section else address("section_add")
        return self.client.post(where, data)

    def shown(self):
        """The numbers of the sections as the page shows them."""
        result = self.client.get(address("section_changelist")).context["cl"].result_list
        return [section.pk for section in result]

    def drop(self, *pairs, seen=None):
        data = json.dumps({"updatedItems": pairs, "seen": self.shown() if seen is None else seen})
        where = address("section_sortable_update")
        return self.client.post(where, data, content_type="application/json")

    def errors(self, page):
        return dict(page.context["adminform"].form.errors.items())


class OrderTest(SectionsTest):
    def test_shows_subsections_under_their_parents(self):
        self.assertEqual(self.names(), ["World", "World › Harbours", "World › Europe", "Science"])

    def test_takes_the_subsections_along(self):
        self.drop(
            [str(self.science.pk), 1],
            [str(self.world.pk), 2],
            [str(self.harbours.pk), 3],
            [str(self.europe.pk), 4],
        )
        self.assertEqual(self.names(), ["Science", "World", "World › Harbours", "World › Europe"])

    def test_puts_a_subsection_back_under_its_parent(self):
        self.drop([str(self.europe.pk), 5])
        self.assertEqual(self.names(), ["World", "World › Harbours", "World › Europe", "Science"])

    def test_orders_the_subsections_of_one_parent(self):
        self.drop([str(self.europe.pk), 2], [str(self.harbours.pk), 3])
        self.assertEqual(self.names(), ["World", "World › Europe", "World › Harbours", "Science"])

    def test_is_changed_without_a_mouse_too(self):
        for chosen, act, expected in (
            ([self.science], "move_up", ["Science", "World", "World › Harbours", "World › Europe"]),
            ([self.science], "move_up", ["Science", "World", "World › Harbours", "World › Europe"]),
            (
                [self.harbours, self.science],
                "move_down",
                ["World", "World › Europe", "World › Harbours", "Science"],
            ),
            (
                [self.harbours, self.europe],
                "move_up",
                ["World", "World › Europe", "World › Harbours", "Science"],
            ),
        ):
            with self.subTest(act, chosen=chosen):
                sent = {"action": act, "_selected_action": [section.pk for section in chosen]}
                answer = self.client.post(address("section_changelist"), sent)
                self.assertRedirects(answer, address("section_changelist"))
                self.assertEqual(self.names(), expected)

    def test_is_announced_once_and_only_when_it_changed(self):
        OutboxEntry.objects.all().delete()
        self.drop([str(self.europe.pk), 2], [str(self.harbours.pk), 3])
        self.drop([str(self.europe.pk), 2], [str(self.harbours.pk), 3])
        self.assertEqual([entry.change["kind"] for entry in OutboxEntry.objects.all()], ["section"])

    def test_starts_from_the_tree_where_no_places_were_kept(self):
        Section.objects.update(order=0)
        self.drop([str(self.science.pk), 1], [str(self.world.pk), 2])
        self.assertEqual(self.names()[:2], ["Science", "World"])

    def test_refuses_what_is_no_order(self):
        for body in (
            *(
                "",
                "{}",
                "[]",
                '{"updatedItems": [["x", 1]], "seen": []}',
                '{"updatedItems": [[1]], "seen": []}',
            ),
            *('{"updatedItems": [[1, 1]]}', '{"updatedItems": [[1, 1]], "seen": ["x"]}'),
        ):
            with self.subTest(body=body):
                where = address("section_sortable_update")
                answer = self.client.post(where, body, content_type="application/json")
                self.assertEqual(answer.status_code, 400)

    def test_of_two_who_move_at_once_the_second_is_told_and_undoes_nothing(self):
        seen = self.shown()
        self.drop([str(self.science.pk), 1], [str(self.world.pk), 2], seen=seen)
        answer = self.drop([str(self.europe.pk), 2], [str(self.harbours.pk), 3], seen=seen)
        self.assertEqual(answer.status_code, 409)
        page = self.client.get(address("section_changelist"))
        self.assertContains(page, "Not moved: somebody has changed the sections")
        self.assertEqual(self.names(), ["Science", "World", "World › Harbours", "World › Europe"])
        self.drop([str(self.europe.pk), 3], [str(self.harbours.pk), 4])
        self.assertEqual(self.names(), ["Science", "World", "World › Europe", "World › Harbours"])

    def test_a_page_of_the_list_need_not_show_all_sections(self):
        self.assertEqual(self.drop([str(self.science.pk), 1], seen=self.shown()[2:]).status_code, 200)
        self.assertEqual(self.drop([str(self.world.pk), 1], seen=self.shown()[::2]).status_code, 409)

    def test_is_not_for_reporters(self):
        seen = self.shown()
        self.user.groups.clear()
        self.assertEqual(self.drop([str(self.science.pk), 1], seen=seen).status_code, 403)


class FormTest(SectionsTest):
    def test_saves_and_announces(self):
        OutboxEntry.objects.all().delete()
        self.assertRedirects(self.save(), address("section_changelist"))
        self.assertEqual(self.names()[-1], "Sport")
        self.assertTrue(OutboxEntry.objects.filter(change__kind="section").exists())

    def test_puts_a_new_subsection_last_under_its_parent(self):
        self.save(parent=self.world.pk)
        self.assertEqual(self.names()[3], "World › Sport")

    def test_makes_the_slug_of_the_name(self):
        self.save(name="Überland & Meer", slug="")
        self.assertEqual(Section.objects.get(name="Überland & Meer").slug, "überland-meer")

    def test_refuses_the_sites_own_words_at_the_field(self):
        for slug in ("admin", "search", "2026"):
            with self.subTest(slug=slug):
                self.assertEqual(list(self.errors(self.save(slug=slug))), ["slug"])

    def test_refuses_a_slug_that_is_taken_at_the_field(self):
        errors = self.errors(self.save(slug="science"))
        self.assertEqual(errors, {"slug": ["Another section has this address; choose another word."]})
        self.assertRedirects(self.save(slug="harbours"), address("section_changelist"))

    def test_refuses_a_third_level_at_the_field(self):
        errors = self.errors(self.save(parent=self.europe.pk))
        self.assertIn("two levels deep", errors["parent"][0])

    def test_refuses_to_make_a_parent_a_subsection(self):
        errors = self.errors(self.save(self.world, name="World", slug="world", parent=self.science.pk))
        self.assertIn("has subsections", errors["parent"][0])

    def test_moves_the_articles_with_their_section(self):
        article = make.published_article(section=self.harbours)
        self.save(self.harbours, name="Harbours", slug="harbours", parent=self.science.pk)
        article.refresh_from_db()
        self.assertEqual(article.department, self.science)


class DeletionTest(SectionsTest):
    def delete(self, section):
        return self.client.post(address("section_delete", section.pk), {"post": "yes"}, follow=True)

    def test_of_a_section_with_articles_says_what_to_do(self):
        make.article(section=self.science)
        page = self.delete(self.science)
        self.assertContains(page, "“Science” is used by 1 article.")
        self.assertContains(page, f'<a href="{address("article_changelist")}?section={self.science.pk}">')
        self.assertTrue(Section.objects.filter(pk=self.science.pk).exists())

    def test_of_a_section_that_only_the_bin_uses_leads_to_the_bin(self):
        put_in_bin(make.article(section=self.science), by=None)
        page = self.delete(self.science)
        self.assertContains(page, "“Science” is used by 1 binned article.")
        self.assertContains(page, f'<a href="{address("binnedarticle_changelist")}">See the bin</a>')

    def test_of_a_section_with_subsections_says_what_to_do(self):
        self.assertContains(self.delete(self.world), "is used by 2 subsections.")

    def test_of_an_empty_section_is_announced(self):
        OutboxEntry.objects.all().delete()
        self.delete(self.science)
        self.assertFalse(Section.objects.filter(pk=self.science.pk).exists())
        self.assertEqual(OutboxEntry.objects.get().change["sections"], ["/science/"])

    def test_of_several_deletes_none_while_one_is_used(self):
        make.article(section=self.science)
        data = {"post": "yes", "list_name": "section_changelist"}
        page = self.act("delete_selected", self.science, self.europe, **data)
        self.assertContains(page, "Nothing was deleted")
        self.assertEqual(Section.objects.count(), 4)
        self.act("delete_selected", self.europe, **data)
        self.assertEqual(Section.objects.count(), 3)
