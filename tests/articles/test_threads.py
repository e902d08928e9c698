import threading

from articles import threads as keeping


class Unforeseen(Exception):
    pass


class TestKeepRunning:
    def test_begins_again_after_an_error_and_ends_when_told(self, monkeypatch):
        monkeypatch.setattr(keeping, "PAUSE", 0.01)
        stop, said, runs = threading.Event(), [], []
        monkeypatch.setattr(threading, "excepthook", lambda error: said.append(error.exc_type))

        def work():
            runs.append(len(runs))
            if len(runs) < 3:
                raise Unforeseen
            stop.set()

        keeping.keep_running(work, stop, name="test")
        assert stop.wait(5)
        assert runs == [0, 1, 2]
        assert said == [Unforeseen, Unforeseen]
