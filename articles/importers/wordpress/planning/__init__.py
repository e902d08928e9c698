"""The second pass: what is to be done with each item, and the report of it."""

from .comments import COMMENTS, Comments
from .page import PAGE, page_of
from .pictures import PICTURES, NothingKept, with_picture, write_list
from .plan import Outcome, Plan, Rest, plans
from .report import Report
from .texts import Texts

__all__ = [
    "COMMENTS",
    "PAGE",
    "PICTURES",
    "Comments",
    "NothingKept",
    "Outcome",
    "Plan",
    "Report",
    "Rest",
    "Texts",
    "page_of",
    "plans",
    "with_picture",
    "write_list",
]
