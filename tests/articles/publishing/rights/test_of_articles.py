from django.contrib.auth.models import AnonymousUser, Group, Permission, User
from django.test import TestCase

from articles import publishing
from articles.models import Article
from articles.publishing.rights.of_articles import (
    chosen_from,
    is_own,
    may,
    may_read,
    may_write,
    readable,
    who_may,
    who_may_read,
)
from articles.publishing.rights.reach import NOWHERE, reach
from tests import factories as make


def member(name, *groups):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(groups)
    return user


def again(user):
    """As the next request has the user."""
    return User.objects.get(pk=user.pk)


class OfArticlesTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.sport, cls.politics, cls.business = map(make.section, ("Sport", "Politics", "Business"))
        cls.markets = make.section("Markets", parent=cls.business)
        cls.everywhere = Group.objects.get(name="Editors")
        cls.desk = Group.objects.create(name="The desk")
        cls.desk.permissions.set(cls.everywhere.permissions.all())
        cls.desk.sections.set([cls.sport, cls.business])
        cls.editor = member("edie", cls.desk)
        cls.contributor = member("cora", Group.objects.get(name="Contributors"))
        sections = (cls.sport, cls.politics, cls.business, cls.markets)
        cls.stories = {section.name: make.article(section=section) for section in sections}
        cls.nowhere = publishing.begin(publishing.Content(headline="Nowhere yet"), by=None)

    def test_a_group_without_sections_has_all(self):
        user = member("all", self.everywhere)
        for story in (*self.stories.values(), self.nowhere):
            self.assertTrue(may(user, "change", story))

    def test_a_group_with_sections_has_these_and_their_subsections(self):
        reached = {name for name, story in self.stories.items() if may(self.editor, "change", story)}
        self.assertEqual(reached, {"Sport", "Business", "Markets"})
        self.assertFalse(may(self.editor, "publish", self.stories["Sport"]))

    def test_a_subsection_does_not_include_its_department(self):
        self.desk.sections.set([self.markets])
        user = again(self.editor)
        self.assertFalse(may(user, "change", self.stories["Business"]))
        self.assertTrue(may(user, "change", self.stories["Markets"]))

    def test_several_groups_add_up_and_each_permission_is_by_itself(self):
        politics = Group.objects.create(name="Publishers of politics")
        politics.permissions.set(Permission.objects.filter(codename="publish_article"))
        politics.sections.set([self.politics])
        self.editor.groups.add(politics)
        user = again(self.editor)
        self.assertTrue(may(user, "publish", self.stories["Politics"]))
        self.assertFalse(may(user, "publish", self.stories["Sport"]))
        self.assertFalse(may(user, "change", self.stories["Politics"]))

    def test_what_was_given_by_name_reaches_everywhere(self):
        self.editor.user_permissions.add(Permission.objects.get(codename="change_article"))
        user = again(self.editor)
        self.assertTrue(may(user, "change", self.stories["Politics"]))
        self.assertFalse(may(user, "approve", self.stories["Politics"]))

    def test_make_one_query_however_often_they_are_asked(self):
        user = again(self.editor)
        user.get_all_permissions()
        with self.assertNumQueries(1):
            for story in self.stories.values():
                may(user, "change", story)
        boss = make.editor("boss")
        with self.assertNumQueries(0):
            may(boss, "change", self.stories["Sport"])

    def test_nothing_is_left_to_whoever_has_left(self):
        for left in ({"is_staff": False}, {"is_active": False}):
            User.objects.filter(pk=self.editor.pk).update(**({"is_staff": True, "is_active": True} | left))
            self.assertEqual(reach(again(self.editor), "change"), NOWHERE)
        self.assertEqual(reach(AnonymousUser(), "view"), NOWHERE)

    def test_an_article_without_a_section_is_for_those_who_have_all_and_for_its_writer(self):
        self.assertFalse(may_read(self.editor, self.nowhere))
        mine = publishing.begin(publishing.Content(headline="Mine"), by=self.editor)
        self.assertTrue(may_write(self.editor, mine))

    def test_whoever_only_contributes_writes_in_own_drafts_and_reads_own_stories(self):
        mine, other = make.article(by=self.contributor), self.stories["Sport"]
        self.assertTrue(may_write(self.contributor, mine))
        self.assertFalse(may_read(self.contributor, other) or may_write(self.contributor, other))
        publishing.submit(mine, by=self.contributor)
        mine.refresh_from_db()
        self.assertFalse(may_write(self.contributor, mine))
        self.assertTrue(may_read(self.contributor, mine))

    def test_a_byline_makes_a_story_ones_own(self):
        author = make.author("Cora", user=self.contributor)
        signed = make.article(authors=[author])
        self.assertTrue(is_own(self.contributor, signed) and may_write(self.contributor, signed))
        self.assertEqual(set(readable(self.contributor)), {signed})

    def test_the_list_has_what_may_be_read_one_by_one(self):
        make.article(section=self.politics, by=self.editor)
        make.article(section=self.politics, by=self.contributor)
        make.published_article(section=self.sport, by=self.contributor)
        for user in (self.editor, self.contributor, member("all", self.everywhere), member("nobody")):
            one_by_one = {article for article in Article.objects.all() if may_read(user, article)}
            self.assertEqual(set(readable(again(user))), one_by_one, user)

    def test_the_people_who_may_read_an_article_are_those_of_whom_each_may(self):
        make.article(section=self.politics, by=self.contributor)
        make.article(section=self.politics, authors=[make.author("Edie", user=self.editor)])
        publishing.begin(publishing.Content(headline="Mine"), by=self.editor)
        publishing.begin(publishing.Content(headline="Mine too"), by=self.contributor)
        member("all", self.everywhere)
        member("both", self.everywhere, self.desk)
        User.objects.create_user("left", is_active=False, is_superuser=True, is_staff=True)
        User.objects.create_user("reader").groups.set([self.everywhere])
        member("by name").user_permissions.set(Permission.objects.filter(codename="view_article"))
        member("publishes only").user_permissions.set(Permission.objects.filter(codename="publish_article"))
        make.editor("boss")
        for article in Article.objects.all():
            with self.assertNumQueries(1):
                people = list(who_may_read(article))
            one_by_one = [user for user in User.objects.all() if may_read(again(user), article)]
            self.assertCountEqual(people, one_by_one, article)
            self.assertIn("boss", map(str, people))

    def test_sections_to_choose_from_are_those_in_which_one_may_write(self):
        self.assertEqual(chosen_from(self.contributor, None).sections, None)
        own = {self.sport.pk, self.business.pk, self.markets.pk}
        self.assertEqual(chosen_from(self.editor, None).sections, own)
        self.assertEqual(chosen_from(self.editor, self.stories["Sport"]).sections, own)
        self.assertFalse(chosen_from(self.editor, self.stories["Sport"], "publish"))

    def test_those_who_may_are_named(self):
        self.assertEqual(who_may("publish", self.sport.pk), "Administrators or Publishers")
        self.assertEqual(
            who_may("approve", self.markets.pk), "Administrators, Editors, Publishers or The desk"
        )
        self.assertNotIn("The desk", who_may("approve", self.politics.pk))
        self.assertNotIn("The desk", who_may("approve", None))
