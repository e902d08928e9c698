"""What this process has counted since it began."""

import threading
from collections.abc import Callable, Iterable

# The name of a number, and the values of its labels.
Key = tuple[str, ...]
# Seconds. Readers wait for news: most of it is there in under one.
BUCKETS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0)
MORE = "+Inf"


class Counts:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._numbers: dict[Key, float] = {}
        self._others: list[Callable[[], Iterable[tuple[Key, float]]]] = []

    def add(self, *key: str, by: float = 1) -> None:
        with self._lock:
            self._numbers[key] = self._numbers.get(key, 0) + by

    def observe(self, name: str, seconds: float) -> None:
        """A value of a histogram."""
        bucket = next((str(most) for most in BUCKETS if seconds <= most), MORE)
        self.add(name, bucket)
        self.add(f"{name}_sum", by=seconds)

    def also(self, numbers: Callable[[], Iterable[tuple[Key, float]]]) -> None:
        """Ask this for more when all is asked for: what is counted where a lock would cost too much."""
        self._others.append(numbers)

    def all(self) -> dict[Key, float]:
        with self._lock:
            found = dict(self._numbers)
        for numbers in self._others:
            for key, number in numbers():
                if number:
                    found[key] = found.get(key, 0) + number
        return found


counted = Counts()
