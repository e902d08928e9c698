"""Forms that are older than the article, because others have changed it since, or because a form was sent
twice."""

import dataclasses

from articles.admin.desk.rights import (
    APPROVE,
    CANCEL,
    CORRECT,
    DISCARD,
    PUBLISH,
    RESCHEDULE,
    RETURN,
    SAVE,
    SCHEDULE,
    SUBMIT,
    WITHDRAW,
)
from articles.models import Act
from articles.publishing import Content
from articles.publishing.article.merging.older_forms import meanwhile, refuse_if_changed
from articles.publishing.shared.records import in_words
from articles.publishing.shared.text import one_line

# The verbs that each act leaves in the history of an article.
VERBS = {
    SUBMIT: {Act.Verb.SUBMIT},
    APPROVE: {Act.Verb.APPROVE},
    PUBLISH: {Act.Verb.PUBLISH, Act.Verb.SCHEDULE},
    SCHEDULE: {Act.Verb.SCHEDULE},
    WITHDRAW: {Act.Verb.WITHDRAW},
    RETURN: {Act.Verb.RETURN},
    DISCARD: {Act.Verb.DISCARD},
    RESCHEDULE: {Act.Verb.SCHEDULE},
    CANCEL: {Act.Verb.CANCEL},
    CORRECT: {Act.Verb.CORRECT},
}


def unless_changed(act, form):
    """Refuse the act if others have done something since the form was opened. Saving is not refused, because
    it changes no decision: then what has happened is returned, to be shown to the editor. If the text has
    another version by now, nothing is checked here, because the act raises Conflict."""
    article, token = form.article, form.cleaned_data["seen"]
    if article is None or not token or form.cleaned_data["version"] != article.version:
        return ""
    if act == SAVE:
        return meanwhile(article, token)
    refuse_if_changed(article, token)
    return ""


def is_outdated(form):
    """Whether somebody has saved another text since the form was opened, and this form must not overwrite
    it."""
    article, shown = form.article, form.cleaned_data["version"]
    return article is not None and shown is not None and shown != article.version


def is_done_already(act, form, done, *, by):
    """Whether the form was sent twice and its act is done already. `done` are the acts since it was
    opened."""
    if any(each.by_id != by.pk for each in done):
        return False
    note = form.cleaned_data["correction_text"]
    decided = [each for each in done if each.verb != Act.Verb.SAVE]
    if act == PUBLISH and note and is_note(decided[-1:], note):
        # A correction that came together with the publication of the mended text.
        decided = decided[:-1]
    if len(decided) != 1:
        return False
    at, last = form.cleaned_data["publish_at"], decided[0]
    if last.verb not in VERBS.get(act, ()):
        return False
    if last.verb == Act.Verb.SCHEDULE and not (at and last.detail.endswith(in_words(at))):
        return False
    if act == CORRECT and not is_note(decided, note):
        return False
    return act == DISCARD or is_saved_already(form, Content.newest(form.article))


def is_note(acts, note):
    return [(act.verb, act.detail) for act in acts] == [(Act.Verb.CORRECT, one_line(note))]


def is_saved_already(form, newest):
    """Whether the newest text is exactly that of the form, because the form was sent twice."""
    content = form.content()
    mine = content.cleaned(newest.body)
    slug = content.slug or newest.slug
    mine = dataclasses.replace(mine, slug=slug, language=content.language or newest.language)
    return mine == newest
