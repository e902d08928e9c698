from dataclasses import dataclass
from enum import IntEnum


class Gravity(IntEnum):
    UNWISE = 1
    WRONG = 2


@dataclass(frozen=True)
class Finding:
    gravity: Gravity
    sentence: str
    # What an alarm is sent of, always by the same name: the sentence of today may say more than that of
    # yesterday. Empty if none is sent.
    trouble: str = ""


def wrong(sentence, *, trouble=""):
    """Something does not work, or will not for long."""
    return Finding(Gravity.WRONG, sentence, trouble)


def unwise(sentence, *, trouble=""):
    """It works, and there will be trouble some day."""
    return Finding(Gravity.UNWISE, sentence, trouble)
