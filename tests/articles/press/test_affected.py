from articles.press.affected import affected, all_affected

PUBLISHED = {
    "kind": "article",
    "id": 7,
    "addresses": ["/2026/11/22/sea-wall/"],
    "sections": ["/world/", "/world/harbours/"],
    "tags": ["coast"],
    "authors": ["mara-ellis"],
    "days": ["2026-11-22"],
    "beside": ["/2026/11/23/next/"],
}


class TestAffected:
    def test_names_every_page_that_shows_an_article_and_itself_first(self):
        lists = ["/", "/world/", "/world/harbours/", "/tag/coast/", "/author/mara-ellis/"]
        archives = [page for start in lists for page in (f"{start}2026/11/", f"{start}2026/11/22/")]
        assert affected(PUBLISHED).addresses == (
            "/2026/11/22/sea-wall/",
            *lists,
            *archives,
            "/2026/11/23/next/",
        )

    def test_a_change_of_one_page_of_the_papers_own_touches_it_alone(self):
        change = {"kind": "page", "id": 1, "addresses": ["/about/"]}
        assert affected(change).addresses == ("/about/",)
        assert not affected(change).everything

    def test_a_section_is_seen_on_every_page(self):
        assert affected({"kind": "section", "id": 1, "sections": ["/world/"]}).everything

    def test_a_tag_touches_its_page_and_the_articles_that_carry_it(self):
        change = {"kind": "tag", "id": 1, "tags": ["coast"], "beside": ["/2026/11/22/sea-wall/"]}
        assert affected(change).addresses == ("/", "/tag/coast/", "/2026/11/22/sea-wall/")

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
