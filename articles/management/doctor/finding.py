from dataclasses import dataclass
from enum import IntEnum


class Gravity(IntEnum):
    UNWISE = 1
    WRONG = 2


@dataclass(frozen=True)
class Finding:
    gravity: Gravity
    sentence: str


def wrong(sentence):
    """Something does not work, or will not for long."""
    return Finding(Gravity.WRONG, sentence)


def unwise(sentence):
    """It works, and there will be trouble some day."""
    return Finding(Gravity.UNWISE, sentence)
