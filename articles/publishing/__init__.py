"""The verbs: every change that affects other rows, files or readers' pages. The admin, an importer and
commands call these functions instead of saving rows themselves."""

from articles.publishing.article.approve import approve
from articles.publishing.article.bin import delete_for_good, put_in_bin, take_out_of_bin
from articles.publishing.article.content.content import BylineContent, Content
from articles.publishing.article.corrections import correct, mend_correction, remove_correction
from articles.publishing.article.drafts import (
    begin,
    discard_working_copy,
    return_to_draft,
    save_draft,
    submit,
)
from articles.publishing.article.importing.bring_in import bring_in
from articles.publishing.article.importing.imported_article import Brought, Note
from articles.publishing.article.publish import add_tag, move_to_section, publish, schedule, withdraw
from articles.publishing.article.scheduling.end import KEEP
from articles.publishing.article.scheduling.publish_time import change_publish_time
from articles.publishing.article.scheduling.saved_times import keep_times
from articles.publishing.article.scheduling.scheduled_changes import cancel_scheduled, reschedule

from .shared.errors import Conflict, Gone, NotReady, Problem, Refused

__all__ = [
    "KEEP",
    "Brought",
    "BylineContent",
    "Conflict",
    "Content",
    "Gone",
    "NotReady",
    "Note",
    "Problem",
    "Refused",
    "add_tag",
    "approve",
    "begin",
    "bring_in",
    "cancel_scheduled",
    "change_publish_time",
    "correct",
    "delete_for_good",
    "discard_working_copy",
    "keep_times",
    "mend_correction",
    "move_to_section",
    "publish",
    "put_in_bin",
    "remove_correction",
    "reschedule",
    "return_to_draft",
    "save_draft",
    "schedule",
    "submit",
    "take_out_of_bin",
    "withdraw",
]
