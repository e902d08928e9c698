"""The first pass over the files of a run, and the scratch file that it fills for the second."""

from .scratch import Entry, NoRoom, Scratch, check_room
from .survey import TAKEN, Survey

__all__ = ["TAKEN", "Entry", "NoRoom", "Scratch", "Survey", "check_room"]
