"""How long one question may take. A question of many common words, or one while the database has much else to
do, would otherwise hold a thread of the server and a core of the database for as long as it takes."""

import time
from dataclasses import dataclass, field

# Seconds. Readers have gone by then, and nearly every question is answered in a twentieth of it.
LONGEST = 4.0


class TookTooLong(Exception):
    """The question was given up. It says nothing about whether there is an answer."""


@dataclass(frozen=True)
class TimeLimit:
    """For all statements of a question together. It begins when it is made."""

    seconds: float
    ends: float = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ends", time.monotonic() + self.seconds)

    @property
    def milliseconds(self) -> int:
        """What is left of it. TookTooLong if nothing is."""
        left = int((self.ends - time.monotonic()) * 1000)
        if left <= 0:
            raise TookTooLong
        return left
