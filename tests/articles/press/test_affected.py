from articles.press.affected import Affected, Place, affected, all_affected

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


class TestAffected:
    def test_names_every_page_that_shows_an_article_and_itself_first(self):
        lists = ["/", "/world/", "/world/harbours/", "/tag/coast/", "/author/mara-ellis/"]
        days = [f"{start}2026/11/22/" for start in ("/", "/world/", "/world/harbours/")]
        assert affected(PUBLISHED).addresses == (
            "/2026/11/22/sea-wall/",
            *lists,
            *(f"{start}2026/11/" for start in lists),
            *days,
        )

    def test_names_where_it_stood_so_that_its_neighbours_can_be_found(self):
        assert affected(PUBLISHED).places == (Place(3, "2026-11-22T06:00:00+00:00"),)

    def test_a_change_of_one_page_of_the_papers_own_touches_it_alone(self):
        change = {"kind": "page", "id": 1, "addresses": ["/about/"]}
        assert affected(change).addresses == ("/about/",)
        assert not affected(change).everything

    def test_a_section_is_seen_on_every_page(self):
        assert affected({"kind": "section", "id": 1, "sections": ["/world/"]}).everything

    def test_a_tag_touches_its_page_and_the_articles_that_carry_it(self):
        change = {"kind": "tag", "id": 1, "tags": ["coast"], "beside": ["/2026/11/22/sea-wall/"]}
        assert affected(change).addresses == ("/tag/coast/", "/2026/11/22/sea-wall/")

    def test_a_sections_description_is_seen_on_its_own_page(self):
        change = {"kind": "section", "id": 1, "sections": ["/world/"], "everywhere": False}
        assert not affected(change).everything

    def test_what_is_printed_below_a_renamed_tag_is_named_by_what_it_was(self):
        change = {"kind": "tag", "id": 1, "below": ["/tag/sea/"], "moved": [["/tag/sea/", "/tag/ocean/"]]}
        found = affected(change)
        assert found.below == ("/tag/sea/",)
        assert found.moved == (("/tag/sea/", "/tag/ocean/"),)

    def test_pictures_to_be_made_touch_no_page(self):
        assert affected({"kind": "renditions", "id": 1}) == Affected()

    def test_addresses_beyond_ascii_are_encoded_once(self):
        assert "/tag/k%C3%BCste/" in affected({"kind": "tag", "id": 1, "tags": ["küste"]}).addresses


class TestAllAffected:
    def test_names_each_address_once_and_articles_before_lists(self):
        other = PUBLISHED | {"id": 8, "addresses": ["/2026/11/22/bread/"]}
        found = all_affected([PUBLISHED, other]).addresses
        assert found[:2] == ("/2026/11/22/sea-wall/", "/2026/11/22/bread/")
        assert len(found) == len(set(found))

    def test_of_nothing_is_nothing(self):
        assert all_affected([]).addresses == ()
