"""How often one connection may ask. It is counted in the memory of each server process: a question that
costs the database one more query, to find out whether it is one too many, would help nobody."""

import math
import threading
import time
from collections import OrderedDict

MOST_CONNECTIONS = 10_000


class Brake:
    """`at_once` questions at once, and one more every `seconds`."""

    def __init__(self, at_once, seconds):
        self.at_once, self.seconds = at_once, seconds
        # Connection → the moment at which it will have all its questions again.
        self._full_at = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, connection):
        """How many seconds the connection has to wait; 0 if it may ask now, and has."""
        now = time.monotonic()
        with self._lock:
            full_at = max(now, self._full_at.pop(connection, now)) + self.seconds
            too_long = full_at - now - self.at_once * self.seconds
            # Who asks too soon is not made to wait longer for that.
            self._full_at[connection] = full_at - self.seconds if too_long > 0 else full_at
            while len(self._full_at) > MOST_CONNECTIONS:
                self._full_at.popitem(last=False)
        return max(0, math.ceil(too_long))
