"""Who may do what with an article at the desk, and what the form offers. How far a permission reaches is
known by publishing/rights/."""

from articles.models import State
from articles.publishing import Problem, Refused
from articles.publishing.notifications.telling import who_wrote
from articles.publishing.rights.of_articles import (
    chosen_from,
    is_own,
    may,
    may_begin,
    may_read,
    may_write,
    who_may,
)
from articles.publishing.rights.reach import is_at_desk, may_somewhere

SAVE, SUBMIT, APPROVE, PUBLISH, SCHEDULE = "_save_draft", "_submit", "_approve", "_publish", "_schedule"
WITHDRAW, RETURN, DISCARD, CORRECT = "_withdraw", "_return", "_discard", "_correct"
RESCHEDULE, CANCEL, BIN = "_reschedule", "_cancel", "_bin"
# Moving or tagging in a list, which readers see at once.
AMEND = "_amend"
# The first that a POST names is done. A hand-made POST that names two gets the more harmless one.
ACTS = (SAVE, SUBMIT, RETURN, APPROVE, DISCARD, CANCEL, CORRECT, RESCHEDULE, SCHEDULE, PUBLISH, WITHDRAW, BIN)
# What an act needs besides the right to write in the article, and what it does, in words.
PUBLISHERS_ACTS = {
    PUBLISH: "publish it",
    SCHEDULE: "schedule it",
    RESCHEDULE: "change the time",
    CANCEL: "cancel what is scheduled",
    WITHDRAW: "withdraw it",
    CORRECT: "write notes to readers",
    DISCARD: "discard the unpublished changes",
}
NEEDS = dict.fromkeys(PUBLISHERS_ACTS, "publish") | {APPROVE: "approve", BIN: "delete"}
IN_WORDS = PUBLISHERS_ACTS | {
    SAVE: "change it now",
    SUBMIT: "submit it",
    RETURN: "send it back",
    APPROVE: "approve it",
    BIN: "put it into the bin",
    AMEND: "move or tag it",
}
# What can be done only with an article that is there already.
LATER_ACTS = {RETURN, APPROVE, DISCARD, CANCEL, CORRECT, RESCHEDULE, WITHDRAW, BIN}


def act_of(data):
    return next((act for act in ACTS if act in data), SAVE)


def may_open(user, article):
    """Whether the user sees the form of the article; None is a new one."""
    return may_begin(user) if article is None else may_read(user, article)


def may_use_the_editor(user):
    """Whether the user writes articles or pages of the paper's own, and so may use what helps in writing."""
    acts = ("change_article", "add_article", "change_page", "add_page")
    return is_at_desk(user) and any(user.has_perm(f"articles.{act}") for act in acts)


def permitted(act, user, article):
    """Whether this user may do the act. Whether the state of the article allows it is decided by the
    verbs."""
    if act == RETURN and article and may_take_back(user, article):
        return True
    return may_write(user, article) and all(has(user, need, article) for need in needs(act, article))


def has(user, need, article):
    return may(user, need, article) if article else may_somewhere(user, need)


def needs(act, article):
    """The permissions that the act needs, besides that to write."""
    needed = [NEEDS[act]] if act in NEEDS else []
    if article and reaches_readers(act, article):
        needed.append("publish")
    return list(dict.fromkeys(needed))


def reaches_readers(act, article):
    """Whether readers get what the act does, or lose something by it, without a further decision."""
    if act == BIN:
        return is_out_or_waiting(article)
    if act == AMEND:
        return article.state not in {State.DRAFT, State.IN_REVIEW}
    # What is saved goes out at the time that is set.
    return act == SAVE and article.is_scheduled


def may_take_back(user, article):
    """Whoever has submitted an own story may make a draft of it again."""
    return article.state == State.IN_REVIEW and may(user, "add", article) and is_own(user, article)


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
        offered |= {RETURN} if article.changes_in_review else {SUBMIT}
    elif article.state == State.IN_REVIEW:
        offered = {SAVE, RETURN, PUBLISH, SCHEDULE}
    else:
        offered = {SAVE, SUBMIT, PUBLISH, SCHEDULE}
    if article and article.is_in_review and not article.is_approved:
        offered |= {APPROVE}
    if article and article.has_scheduled_changes:
        offered = offered - {SUBMIT} | {RESCHEDULE, CANCEL}
    offered |= {BIN} if article else set()
    return {act for act in offered if permitted(act, user, article)}


def needs_reason(article, user):
    """Whether who sends it back has to say why: somebody else has written it, and waits for an answer."""
    return article.is_in_review and user not in who_wrote(article)


def refuse_what_is_not_theirs(act, by, article, section=None):
    """`section` is the number of the one that the text names."""
    if not permitted(act, by, article):
        raise Refused([Problem("", refusal(act, by, article))])
    if article is None and act in LATER_ACTS:
        raise Refused([Problem("", "This article has never been saved; save it first.")])
    if act != DISCARD:
        refuse_target(act, by, article, section)


def refusal(act, by, article):
    """Why somebody may not do the act, and who may."""
    missing = [need for need in needs(act, article) if not has(by, need, article)]
    need = missing[0] if missing else "publish" if article and article.is_scheduled else "change"
    section = article.section_id if article else None
    return f"You may not {IN_WORDS[act]}; {who_may(need, section)} may."


def not_for(user, article):
    """Why somebody may not see the form of an article, and who may."""
    if article is None:
        return f"You may not write articles; {who_may('add', None)} may."
    return f"You may not see this article; {who_may('view', article.section_id)} may."


def refuse_target(act, by, article, section):
    """Refuse if the act puts the article into a section in which the person may not do it. `section` is the
    number of that section."""
    for need in dict.fromkeys(["change", *needs(act, article)]):
        refuse_section(by, article, section, need)


def refuse_section(user, article, section, act):
    """Refuse if the person has the permission only in some sections, and the text names another one."""
    chosen = chosen_from(user, article, act)
    if section in chosen or (section is None and (article is None or is_own(user, article))):
        return
    message = (
        "This section is not one of yours; choose another." if section else "Choose one of your sections."
    )
    raise Refused([Problem("section", message)])
