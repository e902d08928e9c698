from dataclasses import replace

from django.test import SimpleTestCase

from articles.publishing import BylineContent, Content
from articles.publishing.article.merging.choices import one_text

BASE = Content(headline="A", kicker="K", slug="a", language="en", tags=("x", "y"))


def lines(*pairs):
    return tuple(BylineContent(number, role) for number, role in pairs)


class FieldTests(SimpleTestCase):
    def merge(self, mine, theirs, base=None):
        base = {**vars(BASE), **(base or {})}
        return one_text(*(Content(**{**base, **changes}) for changes in ({}, mine, theirs)))

    def assert_asks(self, text, *names):
        self.assertEqual([place.names[0] for place in text.places], list(names))

    def test_that_one_has_changed_are_as_that_one_has_them(self):
        merged = self.merge({"headline": "M"}, {"kicker": "T"})
        self.assertEqual((merged.content.headline, merged.content.kicker), ("M", "T"))
        self.assertEqual(merged.places, [])

    def test_that_both_have_changed_are_conflicts_unless_they_say_the_same(self):
        self.assert_asks(self.merge({"headline": "M"}, {"headline": "T"}), "headline")
        self.assert_asks(self.merge({"headline": "S"}, {"headline": "S"}))

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
        self.assert_asks(merged, "bylines")

    def test_an_order_changed_by_one_is_kept_and_by_both_is_a_conflict(self):
        base = {"bylines": lines((1, ""), (2, ""), (3, ""))}
        theirs = {"bylines": lines((3, ""), (1, ""), (2, ""))}
        merged = self.merge({"bylines": lines((1, "M"), (2, ""), (3, ""))}, theirs, base)
        self.assertEqual([line.author_id for line in merged.content.bylines], [3, 1, 2])
        mine = {"bylines": lines((2, ""), (1, ""), (3, ""))}
        self.assert_asks(self.merge(mine, theirs, base), "bylines")

    def test_words_of_one_lead_picture_are_merged_word_by_word(self):
        base = {"lead_image_id": 1, "lead_credit": "B"}
        merged = self.merge({"lead_alt": "M"}, {"lead_caption": "T", "lead_credit": None}, base)
        self.assert_asks(merged)
        found = merged.content
        self.assertEqual((found.lead_alt, found.lead_caption, found.lead_credit), ("M", "T", None))
        self.assert_asks(self.merge({"lead_alt": "M"}, {"lead_alt": "T"}, base), "lead_alt")

    def test_words_of_one_lead_picture_never_come_under_another(self):
        base = {"lead_image_id": 1}
        other = {"lead_image_id": 2, "lead_caption": "Of 2"}
        self.assertEqual(self.merge({"kicker": "M"}, other, base).content.lead_caption, "Of 2")
        for mine in ({"lead_caption": "Of 1"}, {"lead_image_id": 3}, {"lead_image_id": None}):
            for one, two in ((mine, other), (other, mine)):
                text = self.merge(one, two, base)
                self.assert_asks(text, "lead_image_id")
                for whose, chosen in (("mine", one), ("theirs", two)):
                    settled = text.settled({text.places[0].key: whose})
                    wanted = {**base, "lead_caption": None, **chosen}
                    self.assertEqual(
                        {name: getattr(settled, name) for name in wanted},
                        wanted,
                        "picture and words together",
                    )

    def test_without_a_base_each_difference_is_asked(self):
        mine, theirs = replace(BASE, headline="M", tags=("x",)), replace(BASE, headline="T", kicker="")
        self.assert_asks(one_text(None, mine, theirs), "headline", "kicker", "tags")
