"""The verbs: what touches another row, a file or readers' pages. Admin, importer and commands call these."""

from .content import BylineContent, Content
from .drafts import begin, discard_working_copy, return_to_draft, save_draft, submit
from .errors import Conflict, NotReady, Problem, Refused
from .publish import add_tag, correct, move_to_section, publish, schedule, withdraw
from .scheduled_changes import cancel_scheduled, reschedule
from .until import KEEP

__all__ = [
    "KEEP",
    "BylineContent",
    "Conflict",
    "Content",
    "NotReady",
    "Problem",
    "Refused",
    "add_tag",
    "begin",
    "cancel_scheduled",
    "correct",
    "discard_working_copy",
    "move_to_section",
    "publish",
    "reschedule",
    "return_to_draft",
    "save_draft",
    "schedule",
    "submit",
    "withdraw",
]
