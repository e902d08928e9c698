import datetime
from unittest import mock

import time_machine
from django.db import connection
from django.test import TestCase

from articles.search import results
from articles.search.documents import author_fact, key_of, section_fact
from articles.search.index import DESK, PUBLIC
from articles.search.question import read_question
from articles.search.results import Order, _languages, find, languages
from tests import corpora
from tests.articles.search.case import DAY, NOON, ask, put, text


class IndexTest(TestCase):
    @classmethod
    def setUpTestData(cls):
        put(
            text(1, "The wall that holds", "Rain.", "A sea, and a wall.", age=400, facts=(section_fact(1),)),
            text(2, "Storms", "A wall in the rain.", "The sea wall broke.", age=3, facts=(section_fact(2),)),
            text(
                3,
                "Ferries",
                "Slow.",
                "Fathom’s walls, says O’Brien, are wet.",
                age=2,
                facts=(author_fact(7),),
            ),
            text(4, "Häuser am Meer", "", "Die Straße führt zum Café.", language="de", age=1),
            text(5, "東京都庁の猫", "", "新しい予算。", language="ja"),
            text(
                6, "Bridges reviewed", "", "Walled gardens and railways.", names="Mara Ellis · 2025", age=40
            ),
        )

    def test_finds_articles_with_all_words_in_any_form(self):
        self.assertCountEqual(ask("walls"), [1, 2, 3, 6])
        self.assertEqual(ask("Bridge railway"), [6])
        self.assertEqual(ask("wall glacier"), [])

    def test_finds_phrases_and_leaves_out_what_is_not_wanted(self):
        self.assertEqual(ask('"sea wall"'), [2])
        self.assertEqual(ask('"in the rain"'), [2])
        self.assertEqual(ask('"the in rain"'), [])
        self.assertCountEqual(ask("wall -sea"), [3, 6])
        self.assertEqual(ask('wall -"sea wall" -fathom -garden'), [1])
        self.assertCountEqual(ask("-wall"), [4, 5])

    def test_finds_no_phrase_across_two_texts(self):
        self.assertEqual(ask('"storms a wall"'), [])

    def test_finds_apostrophes_accents_and_case_however_they_are_written(self):
        for typed in ("Fathom", "fathoms", "FATHOM'S", "obrien", "O’Brien", "O'brien"):
            with self.subTest(typed=typed):
                self.assertEqual(ask(typed), [3])
        for typed in ("strasse", "Straße", "STRASSE", "cafe", "CAFÉ", "hauser", "ｃａｆｅ"):
            with self.subTest(typed=typed):
                self.assertEqual(ask(typed), [4])

    def test_asks_in_each_language_of_the_texts(self):
        _languages.cache_clear()
        self.assertEqual(set(languages(PUBLIC, "en")), {"en", "de", "ja"})
        self.assertEqual(ask("Straßen"), [])
        self.assertEqual(ask("Straßen", languages=("en", "de")), [4])

    def test_finds_scripts_without_spaces(self):
        for typed in ("東京", "都庁", "東京都庁", "猫", "京都", "庁"):
            with self.subTest(typed=typed):
                self.assertEqual(ask(typed), [5])
        self.assertEqual(ask("東都"), [])

    def test_finds_what_a_word_that_is_still_typed_may_become(self):
        self.assertEqual(ask("brid", is_unfinished=True), [6])
        self.assertEqual(ask("brid"), [])

    def test_finds_names_and_years(self):
        self.assertEqual(ask("ellis 2025"), [6])

    def test_filters_by_marks_and_times(self):
        self.assertEqual(ask("wall", facts=((section_fact(1), section_fact(9)),)), [1])
        self.assertEqual(ask("", facts=((section_fact(1), section_fact(2)), (author_fact(7),))), [])
        self.assertEqual(ask("", facts=((author_fact(7),),)), [3])
        since, until = key_of(NOON - 5 * DAY), key_of(NOON - 2 * DAY)
        self.assertEqual(ask("wall", since=since, until=until), [2])
        self.assertEqual(ask("", Order.NEWEST, since=key_of(NOON - 100 * DAY)), [5, 4, 3, 2, 6])
        self.assertEqual(ask("wall", until=key_of(NOON - 90 * DAY)), [1])
        self.assertEqual(ask("wall", since=until, until=since), [])

    def test_ranks_headline_above_standfirst_above_body(self):
        with time_machine.travel(NOON, tick=False):
            put(
                *(
                    text(number, *words)
                    for number, words in enumerate((("", "", "Eel"), ("", "Eel"), ("Eel",)), 10)
                )
            )
            self.assertEqual(ask("eel"), [12, 11, 10])

    def test_ranks_the_newer_of_equals_first(self):
        with time_machine.travel(NOON, tick=False):
            put(text(10, "Eel", age=2000), text(11, "Eel", age=1), text(12, "Eel", age=700))
            self.assertEqual(ask("eel"), [11, 12, 10])

    def test_puts_the_newest_first_where_it_is_asked_to(self):
        self.assertEqual(ask("wall", Order.NEWEST), [3, 2, 6, 1])

    def test_stores_an_article_once_and_forgets_it(self):
        put(text(2, "Calm", age=1))
        self.assertEqual((ask("storms"), ask("calm")), ([], [2]))
        PUBLIC.remove([2])
        self.assertEqual(ask("calm"), [])
        self.assertNotIn(2, ask("-eel"))

    def test_forgets_the_words_of_entries_that_are_deleted_in_any_way(self):
        """By `manage.py flush`, for one. Else another article with that number would be found by them."""
        PUBLIC.model.objects.filter(article_id=1).delete()
        PUBLIC.model(article_id=1, key=key_of(NOON - 400 * DAY, 1), language="en").save(force_insert=True)
        self.assertNotIn(1, ask("wall"))

    def test_keeps_the_indexes_apart(self):
        put(text(9, "Secret"), index=DESK)
        self.assertEqual((ask("secret"), ask("secret", index=DESK)), ([], [9]))

    def test_takes_any_string_for_a_question(self):
        for typed in corpora.strings():
            for order in Order:
                with self.subTest(typed=typed, order=order):
                    ask(typed, order, is_unfinished=True)
        ask(
            " ".join(
                f'"{word}"' if place % 2 else f"-{word}" for place, word in enumerate("abcdefghijklmnop")
            )
        )

    def test_stores_any_string(self):
        strings = corpora.strings()
        put(*(text(100 + number, each, each, each) for number, each in enumerate(strings)))
        self.assertTrue(ask("bobby" if any("bobby" in each for each in strings) else "wall"))


class ManyTest(TestCase):
    """A story every second day for years, each with the same word."""

    @classmethod
    def setUpTestData(cls):
        cls.enterClassContext(time_machine.travel(NOON, tick=False))
        put(
            *(
                text(number, "Eel" if number == 900 else "Fish", body="An eel.", age=number * 2)
                for number in range(1, 1001)
            )
        )

    def test_stops_when_enough_is_found_and_says_so(self):
        found = find(PUBLIC, read_question("eel", ("en",)), Order.NEWEST, most=10)
        self.assertEqual((found.numbers, found.is_more), (tuple(range(1, 11)), True))
        found = find(PUBLIC, read_question("eel", ("en",)), Order.NEWEST)
        self.assertEqual((found.numbers, found.is_more), (tuple(range(1, 1001)), False))

    def test_goes_on_from_a_time(self):
        until = key_of(NOON - 5 * 365 * DAY)
        self.assertEqual(ask("eel", Order.NEWEST, most=3, until=until), [913, 914, 915])

    def test_looks_further_back_for_the_words_in_a_headline(self):
        with mock.patch.object(results, "MOST_HEADLINES", 5):
            self.assertEqual(ask("eel", most=500)[0], 900)

    def test_costs_few_queries_however_many_there_are(self):
        with self.assertNumQueries(3 if connection.vendor == "postgresql" else 2):
            ask("eel", most=10)


class KeyTest(TestCase):
    def test_runs_as_time_does(self):
        old = datetime.datetime(1901, 1, 1, tzinfo=datetime.UTC)
        put(text(1, "Eel"), text(2, "Eel"))
        PUBLIC.put([])
        self.assertLess(key_of(old, 99), key_of(NOON, 1))
        self.assertEqual(ask("eel", Order.NEWEST), [2, 1])
