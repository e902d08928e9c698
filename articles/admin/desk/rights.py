"""Who may do what with an article at the desk, and what the form offers."""

from articles.models import State
from articles.publishing import Problem, Refused

SAVE, SUBMIT, PUBLISH, SCHEDULE = "_save_draft", "_submit", "_publish", "_schedule"
WITHDRAW, RETURN, DISCARD, CORRECT = "_withdraw", "_return", "_discard", "_correct"
RESCHEDULE, CANCEL, BIN = "_reschedule", "_cancel", "_bin"
# The first that a POST names is done. A hand-made POST that names two gets the more harmless one.
ACTS = (SAVE, SUBMIT, RETURN, DISCARD, CANCEL, CORRECT, RESCHEDULE, SCHEDULE, PUBLISH, WITHDRAW, BIN)
EDITORS_ACTS = {PUBLISH, SCHEDULE, RESCHEDULE, CANCEL, WITHDRAW, CORRECT, DISCARD}
# What can be done only with an article that is there already.
LATER_ACTS = {RETURN, DISCARD, CANCEL, CORRECT, RESCHEDULE, WITHDRAW, BIN}


def act_of(data):
    return next((act for act in ACTS if act in data), SAVE)


def may_publish(user):
    return user.has_perm("articles.publish_article")


def may_write(user):
    """Whether the user writes articles or pages of the paper's own, and so may use what helps in writing."""
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return False
    acts = ("change_article", "add_article", "change_page", "add_page")
    return any(user.has_perm(f"articles.{act}") for act in acts)


def may_read_all(user):
    """Whether the user sees articles at the desk that readers do not."""
    return user.has_perm("articles.change_article") or user.has_perm("articles.view_article")


def permitted(act, user, article):
    """Whether this user may do the act. Whether the state of the article allows it is decided by the
    verbs."""
    if act == BIN:
        return user.has_perm("articles.delete_article") and (
            may_publish(user) or not (article and is_out_or_waiting(article))
        )
    if act in EDITORS_ACTS or (article and article.is_scheduled):
        # A scheduled article is published as it is saved. So whoever changes it must be allowed to publish.
        return may_publish(user)
    return user.has_perm("articles.change_article" if article else "articles.add_article")


def is_out_or_waiting(article):
    """Whether readers have the article, or are to get it or its changes at a time that is set."""
    return article.state == State.PUBLISHED or article.has_scheduled_changes


def applicable(user, article):
    """The acts that the form offers for this article to this person."""
    if article is None:
        offered = {SAVE, SUBMIT, PUBLISH, SCHEDULE}
    elif article.is_scheduled:
        offered = {SAVE, PUBLISH, SCHEDULE, RETURN}
    elif article.state == State.PUBLISHED:
        offered = {SAVE, PUBLISH, SCHEDULE, WITHDRAW, CORRECT}
        offered |= {DISCARD} if article.has_unscheduled_changes else set()
    elif article.state == State.IN_REVIEW:
        offered = {SAVE, RETURN, PUBLISH, SCHEDULE}
    else:
        offered = {SAVE, SUBMIT, PUBLISH, SCHEDULE}
    if article and article.has_scheduled_changes:
        offered = offered - {SUBMIT} | {RESCHEDULE, CANCEL}
    offered |= {BIN} if article else set()
    return {act for act in offered if permitted(act, user, article)}


def refuse_what_is_not_theirs(act, by, article):
    if not permitted(act, by, article):
        raise Refused([Problem("", "You may not do this; save the text and ask an editor.")])
    if article is None and act in LATER_ACTS:
        raise Refused([Problem("", "This article has never been saved; save it first.")])
