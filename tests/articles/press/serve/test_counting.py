import threading

from django.test import TestCase

from articles.press.serve.counting import RegularWrites, Tally


class RegularWritesTest(TestCase):
    def test_one_thread_writes_again_and_again_once_it_has_begun(self):
        tally, written, threads = Tally(10), [], set()
        is_enough = threading.Event()

        def act(counts):
            threads.add(threading.current_thread())
            written.append(dict(counts))
            tally.note("/b/")
            if len(written) >= 3:
                is_enough.set()
                threading.Event().wait()  # it writes no more

        writes = RegularWrites(act, tally, every=0.01, name="test of writes")
        tally.note("/a/", 2)
        writes.begin()
        writes.begin()
        self.assertTrue(is_enough.wait(10))
        self.assertEqual(written, [{"/a/": 2}, {"/b/": 1}, {"/b/": 1}])
        self.assertEqual(len(threads), 1)
        self.assertEqual(sum(each.name == "test of writes" for each in threading.enumerate()), 1)
