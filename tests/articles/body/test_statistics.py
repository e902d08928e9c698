import pytest

from articles.body import reading_minutes, word_count


class TestWordCount:
    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", 0),
            ("The sea took four metres.", 5),
            ("don’t – it's well-known: 1,000.50 km", 5),
            ("Æble og Öl, naïveté", 4),
            ("שלום עולם", 2),
            ("海岸線", 3),
            ("日本のNHK放送", 6),
            ("ข่าววันนี้", 6),
            ("안녕하세요 세계", 2),
            ("— … !", 0),
        ],
    )
    def test_counts_what_a_reader_would(self, text, words):
        assert word_count(text) == words


class TestReadingTime:
    def test_is_a_minute_at_least(self):
        assert reading_minutes("", "en") == reading_minutes("word", "en") == 1

    @pytest.mark.parametrize(
        ("language", "minutes"), [("en", 10), ("en-GB", 10), ("pt_BR", 13), ("fi", 14), ("xx", 12), ("", 12)]
    )
    def test_goes_by_the_language(self, language, minutes):
        assert reading_minutes("word " * 2280, language) == minutes

    @pytest.mark.parametrize(("language", "minutes"), [("zh-hans", 10), ("ja", 7)])
    def test_goes_by_characters_where_words_have_no_spaces(self, language, minutes):
        assert reading_minutes("海" * 2550, language) == minutes

    def test_adds_up_what_is_mixed(self):
        assert reading_minutes("海" * 1275 + " word" * 920, "zh") == 10
