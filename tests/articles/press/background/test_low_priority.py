import os
import threading
from unittest import mock

import pytest

from articles.press.background import worker
from articles.press.background.worker import NICE, at_low_priority


@pytest.fixture(autouse=True)
def connections(monkeypatch):
    """These tests have no database."""
    monkeypatch.setattr(worker, "close_old_connections", mock.Mock())
    monkeypatch.setattr(worker, "connections", mock.Mock())
    return worker.connections


def own_priority():
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


class TestAtLowPriority:
    def test_only_the_act_has_it(self):
        found, before = [], own_priority()
        at_low_priority(lambda: found.append(own_priority()))
        assert found[0] >= NICE
        assert own_priority() == before

    def test_what_fails_fails_for_the_caller_and_keeps_no_connection(self, connections):
        with pytest.raises(OSError, match="No space"):
            at_low_priority(mock.Mock(side_effect=OSError("No space")))
        connections.close_all.assert_called_once_with()
