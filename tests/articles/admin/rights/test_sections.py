"""Whoever has one section at the desk learns nothing of the others there, and puts nothing into them."""

from django.contrib.auth.models import Group, Permission, User
from django.test import TestCase
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Article, Presence, Tag
from articles.publishing import Content
from tests import factories as make

from ..desk.case import address
from ..desk.filled_form import change_address, errors, fields, write
from .people import DAY

# What nobody may read who may not see the stories, and what is searched for, which pages repeat.
CANARY, TYPED = "canary", "bunting"


def like(group, *sections):
    """A group with the permissions of that one, for these sections."""
    made = Group.objects.create(name=f"{group} of {sections[0]}")
    made.permissions.set(Group.objects.get(name=group).permissions.all())
    made.sections.set(sections)
    return made


def member(name, *groups):
    user = User.objects.create_user(name, is_staff=True)
    user.groups.set(groups)
    return user


class InOneSection(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.sport, cls.politics = make.section("Sport"), make.section("Politics")
        cls.editor = member("edie", like("Editors", cls.sport))
        cls.publisher = member("pia", like("Publishers", cls.sport))
        cls.contributor = member("cora", Group.objects.get(name="Contributors"))


class SilenceTest(InOneSection):
    def setUp(self):
        words = {
            "headline": f"The {CANARY} and the {TYPED}",
            "standfirst": CANARY,
            "body": f"<p>{CANARY}</p>",
        }
        words |= {"section": self.politics, "tags": ("series",)}
        picture = make.image("A harbour")
        self.draft = make.article(**words, lead_image=picture, lead_alt=f"A {CANARY} in a harbour")
        self.waiting = publishing.submit(make.article(**words), by=None)
        self.scheduled = make.published_article(**words, at=timezone.now() + DAY)
        self.binned = publishing.put_in_bin(make.article(**words), by=None)
        Tag.objects.filter(name="series").update(is_series=True)
        Presence.objects.create(article=self.draft, editor=self.publisher, tab="x", until="2999-01-01T00:00Z")
        series = Tag.objects.get(name="series")
        self.pages = [
            *("/admin/", address("article_changelist"), address("article_changelist", q=TYPED)),
            *(address("binnedarticle_changelist"), address("act_changelist")),
            *(address("image_change", picture.pk), address("image_alts", picture.pk)),
            address("tag_order", series.pk),
            *(address("desk_links", q=TYPED), address("image_delete", picture.pk)),
            address("desk_links", address=self.scheduled.get_absolute_url()),
            *(change_address(each) for each in (self.draft, self.waiting, self.scheduled, self.binned)),
            reverse("preview", args=[self.draft.uid]),
            address("article_compare", self.draft.pk),
        ]

    def test_is_kept_on_every_page_and_by_every_script(self):
        for user in (self.editor, self.publisher, self.contributor):
            self.client.force_login(user)
            for page in self.pages:
                with self.subTest(page, user=user.username):
                    self.assertNotIn(CANARY, self.client.get(page, follow=True).content.decode().lower())

    def test_is_broken_for_whoever_may_read_there(self):
        """So that the pages above are those on which it would be said."""
        self.client.force_login(make.editor("boss"))
        for page in self.pages:
            self.assertIn(CANARY, self.client.get(page, follow=True).content.decode(), page)


class ChoiceTest(InOneSection):
    def offered(self, page):
        return {str(section) for section in page.context["form"].fields["section"].queryset}

    def test_offers_ones_own_sections(self):
        self.client.force_login(self.editor)
        for page in (address("article_add"), change_address(make.article(section=self.sport))):
            self.assertEqual(self.offered(self.client.get(page)), {"Sport"})

    def test_refuses_others_at_the_field_and_keeps_the_text(self):
        self.client.force_login(self.editor)
        story = make.article(section=self.sport)
        sent = fields(self.client.get(change_address(story)), headline="Typed", section=self.politics.pk)
        told = self.client.post(change_address(story), sent)
        self.assertIn("not one of yours", errors(told)["section"])
        self.assertContains(told, "Typed", status_code=422)

    def test_leaves_no_article_of_others_without_a_section(self):
        self.client.force_login(self.editor)
        told = write(self.client, make.article(section=self.sport), section="")
        self.assertIn("Choose one of your sections", errors(told)["section"])

    def test_publishes_nothing_into_another_section(self):
        """A colleague has moved it in text that is not public yet."""
        story = make.published_article(section=self.sport)
        content = Content.newest(story)
        publishing.save_draft(story, make.content(section=self.politics, slug=content.slug), by=None)
        self.client.force_login(self.publisher)
        told = write(self.client, Article.objects.get(pk=story.pk), _publish="1")
        self.assertIn("not one of yours", errors(told)["section"])
        self.client.post(
            address("article_changelist"), {"action": "publish", "_selected_action": [story.pk]}, follow=True
        )
        story.refresh_from_db()
        self.assertEqual(story.section, self.sport)

    def test_moves_nothing_into_another_section_from_the_list_or_the_history(self):
        story = make.article(section=self.politics)
        story = publishing.save_draft(story, make.content(section=self.sport), by=None)
        self.client.force_login(self.publisher)
        chosen = {"_selected_action": [story.pk], "section": self.politics.pk, "action": "move_to_section"}
        self.client.post(address("article_changelist"), chosen)
        for more in ({}, {"field": "section_id"}, {"field": "x"}, {"block": "x"}):
            self.client.post(address("article_restore", story.pk), {"old": 1, "version": 2, **more})
        story.refresh_from_db()
        self.assertEqual((story.section, story.version), (self.sport, 2))

    def test_brings_nothing_to_readers_in_a_section_in_which_one_only_edits(self):
        """By saving a story that is scheduled, and by moving one that is live."""
        self.publisher.groups.add(like("Editors", self.politics))
        tomorrow = timezone.now() + DAY
        scheduled = make.published_article(section=self.sport, at=tomorrow)
        live = make.published_article(section=self.sport)
        self.client.force_login(self.publisher)
        told = write(self.client, scheduled, section=self.politics.pk)
        self.assertIn("not one of yours", errors(told)["section"])
        chosen = {"_selected_action": [live.pk], "section": self.politics.pk, "action": "move_to_section"}
        self.client.post(address("article_changelist"), chosen)
        for story in (scheduled, live):
            story.refresh_from_db()
            self.assertEqual(story.section, self.sport)
        draft = make.article(section=self.sport)
        write(self.client, draft, section=self.politics.pk)
        draft.refresh_from_db()
        self.assertEqual(draft.section, self.politics)


class RefusalTest(InOneSection):
    def test_names_those_who_may(self):
        self.client.force_login(self.contributor)
        told = self.client.get(change_address(make.article(section=self.sport)))
        self.assertContains(told, "You may not see this article; ", status_code=403)
        self.assertContains(told, "Editors of Sport", status_code=403)
        mine = make.article(section=self.sport, by=self.contributor)
        told = write(self.client, mine, headline="Mine", _publish="1")
        self.assertContains(told, "You may not publish it; Administrators", status_code=403)
        self.assertContains(told, "Mine", status_code=403)


class GroupTest(InOneSection):
    """The admin's pages of groups and users."""

    def setUp(self):
        self.client.force_login(member("ada", Group.objects.get(name="Administrators")))

    def test_a_group_is_copied_for_sections(self):
        editors = Group.objects.get(name="Editors")
        sent = {"name": "Editors of Politics", "sections": [self.politics.pk], "_saveasnew": "1"}
        sent["permissions"] = [each.pk for each in editors.permissions.all()]
        self.client.post(reverse("admin:auth_group_change", args=[editors.pk]), sent)
        made = Group.objects.get(name="Editors of Politics")
        self.assertEqual(list(made.sections.all()), [self.politics])
        self.assertEqual(set(made.permissions.all()), set(editors.permissions.all()))
        self.assertFalse(editors.sections.exists())

    def test_a_section_of_a_group_stays(self):
        told = self.client.get(address("section_delete", self.sport.pk))
        self.assertContains(told, "used by 2 groups")
        self.client.post(address("section_delete", self.sport.pk), {"post": "yes"})
        self.assertTrue(self.editor.groups.get().sections.filter(pk=self.sport.pk).exists())

    def test_an_administrator_makes_no_superuser_and_touches_none(self):
        boss = make.editor("boss")
        ada = User.objects.get(username="ada")
        page = reverse("admin:auth_user_change", args=[ada.pk])
        everything = [each.pk for each in Permission.objects.all()]
        sent = {"username": "ada", "is_superuser": "on", "is_staff": "on", "is_active": "on"}
        self.client.post(page, sent | {"user_permissions": everything, "groups": [ada.groups.get().pk]})
        ada.refresh_from_db()
        self.assertFalse(ada.is_superuser or ada.user_permissions.exists())
        for name in ("change", "delete"):
            address = reverse(f"admin:auth_user_{name}", args=[boss.pk])
            self.assertEqual(self.client.post(address, {"post": "yes"}).status_code, 403)
        password = reverse("admin:auth_user_password_change", args=[boss.pk])
        self.assertEqual(self.client.get(password).status_code, 403)
        sent = {"action": "delete_selected", "_selected_action": [boss.pk], "post": "yes"}
        self.client.post(reverse("admin:auth_user_changelist"), sent)
        self.assertTrue(User.objects.filter(pk=boss.pk).exists())
