"""The verbs: every change that affects other rows, files or readers' pages. The admin, an importer and
commands call these functions instead of saving rows themselves."""

from articles.publishing.article.content import BylineContent, Content
from articles.publishing.article.drafts import (
    begin,
    discard_working_copy,
    return_to_draft,
    save_draft,
    submit,
)
from articles.publishing.article.publish import add_tag, correct, move_to_section, publish, schedule, withdraw
from articles.publishing.article.scheduled_changes import cancel_scheduled, reschedule
from articles.publishing.article.until import KEEP

from .errors import Conflict, NotReady, Problem, Refused

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
