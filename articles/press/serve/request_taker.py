"""Which thread of the server takes the next request: one at a time, known as leader and followers.

A thread that has answered a request, while another one takes them, is parked. Before the one that takes them
does something that may take long, it lets a parked one take them.
"""

import threading
from collections.abc import Callable


class RequestTaker:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taker: int | None = None
        self._parked: list[tuple[int, threading.Lock]] = []
        self._of_thread = threading.local()

    def let_another(self) -> None:
        """Let another thread take requests, because this one is busy for longer."""
        with self._lock:
            if self._taker == threading.get_ident():
                self._give_to_another()

    def go_on_or_park(self) -> None:
        """Returns when this thread is to take the next request: at once, unless another one takes them."""
        own = threading.get_ident()
        if self._taker == own:
            return
        if not hasattr(self._of_thread, "end"):
            # Granian ends threads that had nothing to do for a while.
            self._of_thread.end = AtEnd(self.let_another)
        with self._lock:
            if self._taker is None:
                self._taker = own
                return
            gate = threading.Lock()
            gate.acquire()
            self._parked.append((own, gate))
        gate.acquire()

    def _give_to_another(self) -> None:
        self._taker = None
        if self._parked:
            self._taker, gate = self._parked.pop()
            gate.release()


class AtEnd:
    """Kept in a thread's own variables, which go when the thread ends."""

    def __init__(self, act: Callable[[], None]) -> None:
        self.act = act

    def __del__(self) -> None:
        self.act()
