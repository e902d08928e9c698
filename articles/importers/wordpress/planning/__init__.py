"""The second pass: what is to be done with each item, and the report of it."""

from .comments import COMMENTS, Comments
from .kept_meta import META, KeptMeta
from .page import PAGE, page_of
from .pictures import DOCUMENTS, PICTURES, NothingKept, with_file, write_lists
from .plan import Outcome, Plan, Rest, plans
from .report import Report
from .texts import Text, Texts, old_sites_of, own_hosts
from .workers import WorkerLost, Workers

__all__ = [
    "COMMENTS",
    "DOCUMENTS",
    "META",
    "PAGE",
    "PICTURES",
    "Comments",
    "KeptMeta",
    "NothingKept",
    "Outcome",
    "Plan",
    "Report",
    "Rest",
    "Text",
    "Texts",
    "WorkerLost",
    "Workers",
    "old_sites_of",
    "own_hosts",
    "page_of",
    "plans",
    "with_file",
    "write_lists",
]
