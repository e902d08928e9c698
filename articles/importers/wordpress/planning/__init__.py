"""The second pass: what is to be done with each item, and the report of it."""

from .comments import COMMENTS, Comments
from .plan import Outcome, Plan, Rest, plans
from .report import Report
from .texts import Texts

__all__ = ["COMMENTS", "Comments", "Outcome", "Plan", "Report", "Rest", "Texts", "plans"]
