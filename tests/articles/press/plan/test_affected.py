import pytest

from articles.press.plan.affected import Affected, MayShow, Place, affected, all_affected

PUBLISHED = {
    "kind": "article",
    "id": 7,
    "addresses": ["/2026/11/22/sea-wall/"],
    "sections": ["/world/", "/world/harbours/"],
    "tags": ["coast"],
    "authors": ["mara-ellis"],
    "days": ["2026-11-22"],
    "places": [[3, "2026-11-22T06:00:00+00:00"]],
}
OF_LISTS = ("/sitemap.xml", "/sitemap-pages.xml")


class TestAffected:
    def test_names_every_page_that_shows_an_article_and_itself_first(self):
        lists = ["/", "/world/", "/world/harbours/", "/tag/coast/", "/author/mara-ellis/"]
        starts = ["/", "/world/", "/world/harbours/", "/tag/coast/", "/author/mara-ellis/"]
        assert affected(PUBLISHED) == Affected(
            articles=("/2026/11/22/sea-wall/",),
            lists=tuple(lists),
            months=tuple(f"{start}2026/11/" for start in starts),
            days=tuple(f"{start}2026/11/22/" for start in starts),
            places=(Place(3, "2026-11-22T06:00:00+00:00"),),
            feeds=tuple(starts),
            sitemaps=("/sitemap.xml", "/sitemap-pages.xml", "/sitemap-news.xml", "/sitemap-2026-11.xml"),
            years=("/archive/", "/2026/"),
            twins=("/2026/11/22/sea-wall/index.md",),
        )

    def test_names_where_it_stood_so_that_its_neighbours_can_be_found(self):
        assert affected(PUBLISHED).places == (Place(3, "2026-11-22T06:00:00+00:00"),)

    def test_a_change_of_one_page_of_the_papers_own_touches_it_alone(self):
        change = {"kind": "page", "id": 1, "addresses": ["/about/"]}
        assert affected(change) == Affected(articles=("/about/",), sitemaps=OF_LISTS)

    def test_a_section_is_seen_on_every_page(self):
        assert affected({"kind": "section", "id": 1, "sections": ["/world/"]}).everything

    def test_a_tag_touches_its_page_and_the_articles_that_carry_it(self):
        change = {"kind": "tag", "id": 1, "tags": ["coast"], "beside": ["/2026/11/22/sea-wall/"]}
        assert affected(change) == Affected(
            lists=("/tag/coast/",),
            beside=("/2026/11/22/sea-wall/",),
            feeds=("/tag/coast/",),
            sitemaps=OF_LISTS,
        )

    def test_what_articles_show_is_in_the_feeds_that_have_them(self):
        assert affected({"kind": "tag", "id": 1, "shown_in": [7, 8]}).feeds_of == (7, 8)

    def test_a_sections_description_is_seen_on_its_own_page(self):
        change = {"kind": "section", "id": 1, "sections": ["/world/"], "everywhere": False}
        assert not affected(change).everything

    def test_a_board_touches_its_front_alone(self):
        change = {"kind": "board", "id": 1, "fronts": ["/world/"]}
        assert affected(change) == Affected(lists=("/world/",))

    def test_what_is_printed_below_a_renamed_tag_is_named_by_what_it_was(self):
        change = {"kind": "tag", "id": 1, "below": ["/tag/sea/"], "moved": [["/tag/sea/", "/tag/ocean/"]]}
        found = affected(change)
        assert found.below == ("/tag/sea/",)
        assert found.moved == (("/tag/sea/", "/tag/ocean/"),)

    def test_pictures_to_be_made_touch_no_page(self):
        assert affected({"kind": "renditions", "id": 1}) == Affected()

    def test_addresses_beyond_ascii_are_encoded_once(self):
        assert affected({"kind": "tag", "id": 1, "tags": ["küste"]}).lists == ("/tag/k%C3%BCste/",)

    @pytest.mark.parametrize(
        "change",
        [
            {},
            {"kind": "tag", "addresses": [7]},
            {"kind": "article", "days": ["soon"]},
            {"kind": "tag", "moved": ["/a/"]},
        ],
    )
    def test_of_another_shape_it_says_that_it_cannot_be_read(self, change):
        with pytest.raises((KeyError, TypeError, ValueError)):
            affected(change)


LISTS = ["/", "/world/", "/world/harbours/", "/tag/coast/", "/author/mara-ellis/"]
OWN = ("/2026/11/22/sea-wall/",)
TWIN = (f"{OWN[0]}index.md",)
SAME = PUBLISHED | {"came_or_left": {}}
FEEDS = tuple(MayShow(start, OWN) for start in LISTS)


class TestWhatHasChanged:
    def test_a_value_that_no_card_shows_touches_the_article_and_the_feeds_that_have_its_text(self):
        assert affected(SAME | {"changed": ["prepared_body", "updated_at"]}) == Affected(
            articles=OWN,
            showing_feeds=FEEDS,
            sitemaps=("/sitemap.xml", "/sitemap-2026-11.xml"),
            twins=TWIN,
        )

    def test_a_value_that_no_feed_shows_touches_the_article_alone(self):
        assert affected(SAME | {"changed": ["search_title"]}) == Affected(articles=OWN)

    def test_a_value_of_cards_touches_the_pages_that_show_the_article(self):
        found = affected(SAME | {"changed": ["headline"]})
        assert found == Affected(
            articles=OWN,
            showing_lists=tuple(MayShow(start, OWN) for start in LISTS),
            showing_months=tuple(MayShow(f"{start}2026/11/", OWN) for start in LISTS),
            showing_days=tuple(MayShow(f"{start}2026/11/22/", OWN) for start in LISTS),
            places=(Place(3, "2026-11-22T06:00:00+00:00"),),
            showing_feeds=FEEDS,
            sitemaps=("/sitemap-news.xml",),
            twins=TWIN,
        )

    def test_a_standfirst_is_on_no_month_and_beside_no_article(self):
        found = affected(SAME | {"changed": ["standfirst", "summary"]})
        assert found == Affected(
            articles=OWN,
            showing_lists=tuple(MayShow(start, OWN) for start in LISTS),
            showing_feeds=FEEDS,
            twins=TWIN,
        )

    def test_another_picture_is_beside_the_next_article_alone(self):
        found = affected(SAME | {"changed": ["picture"]})
        assert found.places == (Place(3, "2026-11-22T06:00:00+00:00", reach=1),)

    def test_a_first_picture_may_put_other_stories_on_the_front(self):
        found = affected(SAME | {"changed": ["has_picture", "picture"]})
        assert found.lists == ("/",)
        assert MayShow("/", OWN) not in found.showing_lists

    def test_a_list_that_it_came_into_is_printed_in_any_case_and_no_other(self):
        found = affected(SAME | {"changed": ["tags"], "came_or_left": {"tags": ["coast"]}})
        assert found == Affected(
            articles=OWN,
            lists=("/tag/coast/",),
            months=("/tag/coast/2026/11/",),
            days=("/tag/coast/2026/11/22/",),
            feeds=("/tag/coast/",),
            showing_feeds=tuple(each for each in FEEDS if each.page != "/tag/coast/"),
            sitemaps=OF_LISTS,
        )

    def test_another_department_is_one_more_for_the_front(self):
        moved = {"changed": ["section_id"], "came_or_left": {"sections": ["/culture/"]}}
        assert affected(SAME | moved).lists == ("/", "/culture/")

    def test_another_section_of_the_department_changes_no_front(self):
        moved = {"changed": ["section_id"], "came_or_left": {"sections": ["/world/courts/"]}}
        assert affected(SAME | moved).lists == ("/world/courts/",)

    def test_a_section_does_not_show_its_own_name_on_its_cards(self):
        found = affected(SAME | {"changed": ["section_name"]})
        assert [each.page for each in found.showing_lists] == ["/", "/tag/coast/", "/author/mara-ellis/"]

    def test_what_is_not_out_is_in_no_list(self):
        change = {"kind": "article", "id": 7, "addresses": [*OWN], "changed": ["address"]}
        found = affected(change)
        assert (found.articles, found.lists, found.months, found.places) == (OWN, (), (), ())

    def test_names_that_are_no_words_cannot_be_read(self):
        with pytest.raises(TypeError):
            affected(SAME | {"changed": [7]})


class TestAllAffected:
    def test_names_each_address_once(self):
        other = PUBLISHED | {"id": 8, "addresses": ["/2026/11/22/bread/"], "tags": ["bread"]}
        found = all_affected([PUBLISHED, other])
        assert found.articles == ("/2026/11/22/sea-wall/", "/2026/11/22/bread/")
        assert found.lists.count("/") == 1
        assert found.lists[-1] == "/tag/bread/"

    def test_of_nothing_is_nothing(self):
        assert all_affected([]) == Affected()
