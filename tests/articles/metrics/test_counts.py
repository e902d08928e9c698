from concurrent.futures import ThreadPoolExecutor

from articles.metrics.counts import Counts


class TestCounts:
    def test_are_added_up_by_name_and_labels(self):
        counts = Counts()
        counts.add("pages", "printed")
        counts.add("pages", "printed", by=2)
        counts.add("pages", "same")
        assert counts.all() == {("pages", "printed"): 3, ("pages", "same"): 1}

    def test_lose_nothing_between_threads(self):
        counts = Counts()
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda _: counts.add("pages"), range(8000)))
        assert counts.all() == {("pages",): 8000}

    def test_have_what_is_counted_elsewhere(self):
        counts, hits = Counts(), [0]
        counts.add("requests", "page")
        counts.also(lambda: [(("requests", "page"), hits[0]), (("requests", "feed"), 0)])
        hits[0] = 41
        assert counts.all() == {("requests", "page"): 42}

    def test_put_a_time_into_the_first_bucket_that_has_room_for_it(self):
        counts = Counts()
        for seconds in (0.05, 0.25, 7.0, 9999.0):
            counts.observe("took", seconds)
        assert counts.all() == {
            ("took", "0.1"): 1,
            ("took", "0.25"): 1,
            ("took", "10.0"): 1,
            ("took", "+Inf"): 1,
            ("took_sum",): 10006.3,
        }
