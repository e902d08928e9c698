import itertools

from articles.press.plan.queue import EVERY_SO_MANY, PrintQueue, Rank


def all_of(queue):
    return list(iter(queue.next, None))


class TestPrintQueue:
    def test_hands_out_what_readers_wait_for_first(self):
        queue = PrintQueue()
        queue.add(Rank.REST, ["/beside/"])
        queue.add(Rank.LIST, ["/", "/world/"])
        queue.add(Rank.ARTICLE, ["/story/"])
        assert all_of(queue) == ["/story/", "/", "/world/", "/beside/"]
        assert queue.is_empty

    def test_says_when_no_article_list_or_month_waits(self):
        queue = PrintQueue()
        for rank in (Rank.REST, Rank.ARCHIVE, Rank.LIST):
            queue.add(rank, [f"/{rank.name}/"])
        assert not queue.is_down_to_the_rest
        assert [queue.next(), queue.next()] == ["/LIST/", "/ARCHIVE/"]
        assert queue.next() == "/REST/"
        assert queue.is_down_to_the_rest
        assert not queue.is_empty

    def test_a_page_that_two_changes_ask_for_is_printed_once(self):
        queue = PrintQueue()
        for _ in range(2):
            queue.begin_batch()
            queue.add(Rank.LIST, ["/"])
        assert all_of(queue) == ["/"]

    def test_a_page_that_was_printed_before_the_change_is_printed_again(self):
        queue = PrintQueue()
        queue.begin_batch()
        queue.add(Rank.LIST, ["/", "/world/"])
        assert queue.next() == "/"
        queue.begin_batch()
        queue.add(Rank.LIST, ["/"])
        assert all_of(queue) == ["/world/", "/"]

    def test_a_story_that_comes_later_overtakes_the_rest_of_the_one_before(self):
        queue = PrintQueue()
        queue.begin_batch()
        queue.add(Rank.LIST, ["/"])
        queue.add(Rank.ARCHIVE, ["/2026/11/"])
        assert queue.next() == "/"
        queue.begin_batch()
        queue.add(Rank.ARTICLE, ["/story/"])
        assert all_of(queue) == ["/story/", "/2026/11/"]

    def test_an_endless_stream_of_stories_does_not_hold_up_the_rest_for_ever(self):
        queue = PrintQueue()
        queue.add(Rank.REST, ["/beside/"])
        queue.add(Rank.ARTICLE, (f"/story-{number}/" for number in itertools.count()))
        assert "/beside/" in [queue.next() for _ in range(EVERY_SO_MANY)]

    def test_each_change_begins_with_its_article_when_nothing_waited_before(self):
        queue = PrintQueue()
        for number in range(EVERY_SO_MANY):
            queue.begin_batch()
            queue.add(Rank.ARTICLE, [f"/story-{number}/"])
            queue.add(Rank.LIST, ["/"])
            queue.add(Rank.REST, ["/beside/"])
            assert all_of(queue) == [f"/story-{number}/", "/", "/beside/"]

    def test_looks_for_addresses_only_when_their_turn_has_come(self):
        looked = []

        def found():
            looked.append(True)
            yield "/beside/"

        queue = PrintQueue()
        queue.add(Rank.REST, found())
        queue.add(Rank.ARTICLE, ["/story/"])
        assert (queue.next(), looked) == ("/story/", [])
        assert (queue.next(), looked) == ("/beside/", [True])

    def test_forgets_all_when_it_is_cleared(self):
        queue = PrintQueue()
        queue.add(Rank.LIST, ["/", "/world/"])
        queue.next()
        queue.clear()
        queue.add(Rank.LIST, ["/"])
        assert all_of(queue) == ["/"]
