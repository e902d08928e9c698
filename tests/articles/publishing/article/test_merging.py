from django.test import SimpleTestCase

from articles.publishing import BylineContent, Content
from articles.publishing.article.merging import merge_contents

BASE = Content(headline="A", kicker="K", slug="a", language="en", tags=("x", "y"))


def lines(*pairs):
    return tuple(BylineContent(number, role) for number, role in pairs)


class FieldTests(SimpleTestCase):
    def merge(self, mine, theirs, base=None):
        base = {**vars(BASE), **(base or {})}
        return merge_contents(*(Content(**{**base, **changes}) for changes in ({}, mine, theirs)))

    def test_that_one_has_changed_are_as_that_one_has_them(self):
        merged = self.merge({"headline": "M"}, {"kicker": "T"})
        self.assertEqual((merged.content.headline, merged.content.kicker), ("M", "T"))
        self.assertEqual((merged.came_in, merged.conflicts), (("kicker",), ()))

    def test_that_both_have_changed_are_conflicts_unless_they_say_the_same(self):
        self.assertEqual(self.merge({"headline": "M"}, {"headline": "T"}).conflicts, ("headline",))
        self.assertEqual(self.merge({"headline": "S"}, {"headline": "S"}).conflicts, ())

    def test_a_slug_that_is_left_open_is_as_theirs_has_it(self):
        self.assertEqual(self.merge({"slug": ""}, {"slug": "t"}).content.slug, "t")

    def test_tags_are_merged_by_member(self):
        self.assertEqual(
            self.merge({"tags": ("y", "m")}, {"tags": ("x", "y", "t")}).content.tags, ("y", "m", "t")
        )

    def test_bylines_are_merged_by_author_and_roles_come_from_who_changed_them(self):
        base = {"bylines": lines((1, ""), (2, "Photographs by"))}
        mine = {"bylines": lines((1, "Reporting by"), (2, "Photographs by"))}
        theirs = {"bylines": lines((1, ""), (2, "Pictures by"), (3, ""))}
        merged = self.merge(mine, theirs, base)
        self.assertEqual(merged.content.bylines, lines((1, "Reporting by"), (2, "Pictures by"), (3, "")))

    def test_one_role_changed_by_both_is_a_conflict(self):
        base = {"bylines": lines((1, ""))}
        merged = self.merge({"bylines": lines((1, "M"))}, {"bylines": lines((1, "T"))}, base)
        self.assertEqual(merged.conflicts, ("bylines",))

    def test_an_order_changed_by_one_is_kept_and_by_both_is_a_conflict(self):
        base = {"bylines": lines((1, ""), (2, ""), (3, ""))}
        theirs = {"bylines": lines((3, ""), (1, ""), (2, ""))}
        merged = self.merge({"bylines": lines((1, "M"), (2, ""), (3, ""))}, theirs, base)
        self.assertEqual([line.author_id for line in merged.content.bylines], [3, 1, 2])
        mine = {"bylines": lines((2, ""), (1, ""), (3, ""))}
        self.assertEqual(self.merge(mine, theirs, base).conflicts, ("bylines",))
