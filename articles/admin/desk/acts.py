"""What the buttons of the desk do. Each calls publishing verbs; everything after one click is one
transaction."""

import dataclasses
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from articles import publishing
from articles.admin.history.fields import labels_of
from articles.models import Article, Image, Revision
from articles.models.desk.people import name_of
from articles.publishing import Conflict, Content, Gone, NotReady, Problem, Refused
from articles.publishing.article.advice.pictures import pictures_without_words
from articles.publishing.article.bin import KEPT
from articles.publishing.article.content.named_rows import held, named_in
from articles.publishing.article.merging.fields import differing
from articles.publishing.article.merging.older_forms import meanwhile, refuse_if_changed
from articles.publishing.rights.of_articles import may_write
from articles.publishing.shared.locks import lock
from articles.publishing.shared.records import keep_revision
from articles.publishing.shared.text import plain_text

from .conflicts.choices import choices_of, text_of_both
from .conflicts.older_forms import is_outdated, is_saved_already, unless_changed
from .form.pictures import describe_picture, take_picture
from .rights import (
    APPROVE,
    BIN,
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
    needs_reason,
    refuse_what_is_not_theirs,
)
from .times import chosen_time, publish_time, scheduled_message, spoken, until_of

NOTHING_NEW = "Nothing had changed since it was last saved."
NO_NOTE = "A note belongs to a version, so yours was not kept."
TIMES_KEPT = "The times are kept with it, and count when you publish or schedule."
# Acts that use the times of the form, or drop them with the changes.
USE_TIMES = {PUBLISH, SCHEDULE, RESCHEDULE, DISCARD}
NO_REASON = "Say what has to be done first: whoever wrote it is told."
NOTE_TOO_EARLY = (
    "The note would stand on the page before the mended text does. Publish now, or add the note when the"
    " text is out."
)
NOTE_WAITS = "The note to readers is not on the page yet: “{}” It comes there when you publish."


@dataclass(frozen=True)
class Done:
    """The result of an act. `meanwhile` says what others have done since the form was opened, if the act was
    done in spite of it. `typed` is the version of the form's own text, if it was merged with a newer one."""

    article: Article
    message: str
    meanwhile: str = ""
    typed: int | None = None


def perform(act, form, *, by, forget):
    """Do the act. If it raises Refused, nothing is done, except that an uploaded picture stays in the
    library. `forget` is called with the article's uid in the same transaction: what was typed is no longer
    kept as unsaved text exactly if it is saved."""
    refuse_what_is_not_theirs(act, by, form.article, form.section_number)
    if act == RETURN and form.article and not may_write(by, form.article):
        return take_back(form, by)
    # Before any row is locked, because decoding a camera's picture takes a second.
    take_picture(form, by)
    merge = merge_with_newest(form)
    with transaction.atomic():
        done = done_with_newest(act, form, merge, by)
        forget(done.article.uid)
        return done


@transaction.atomic
def take_back(form, by):
    """Make a draft of an own story again that is in review. Its writer may not write in it before, so nothing
    of the form is saved."""
    article = as_of_now(form.article, Content.newest(form.article))
    refuse_what_is_not_theirs(RETURN, by, article)
    refuse_if_changed(article, form.cleaned_data["seen"])
    publishing.return_to_draft(article, by=by, reason=form.cleaned_data["reason"])
    return Done(refreshed(article), "It is a draft again.")


def done_with_newest(act, form, merge, by):
    """Do the act with the article as it is now."""
    content = form.content()
    form.article = as_of_now(form.article, content)
    refuse_what_is_not_theirs(act, by, form.article, form.section_number)
    if is_outdated(form):
        return save_merged(act, form, merge, by)
    meanwhile = unless_changed(act, form)
    times = form.typed_times()
    told = describe_picture(form, by)
    done = with_times(DOERS[act](form, content, by), act, form, times, by)
    if act == BIN:
        # Last, because nothing more can be kept with an article that is in the bin.
        done = put_in_bin(done, by)
    if act not in {PUBLISH, CORRECT} and (note := form.cleaned_data["correction_text"]):
        told = f"{told} {NOTE_WAITS.format(note)}".strip()
    return dataclasses.replace(done, message=with_more(done.message, told), meanwhile=meanwhile)


@dataclass(frozen=True)
class Merge:
    """The text of a form that was made of an older version, merged with version `version` of the article.
    `content` is None if both have changed the same words and the editor has not chosen yet."""

    version: int
    mine: Content
    content: Content | None


def merge_with_newest(form):
    """Merge the text of an older form before any row is locked, because a long text takes a second. None if
    the form shows the newest version."""
    article = (
        form.article and Article.objects.select_related("working_copy").filter(pk=form.article.pk).first()
    )
    shown = form.cleaned_data["version"]
    if article is None or shown is None or shown == article.version:
        return None
    mine, text = text_of_both(form, article)
    return Merge(article.version, mine, text.settled(choices_of(form.data)))


def save_merged(act, form, merge, by):
    """Save the text merged with the colleague's changes. If the act is another one than saving, it is not
    done, because the editor has not seen the merged text. Conflict if both have changed the same words and
    nothing is chosen yet."""
    article = form.article
    if merge is None or merge.version != article.version or merge.content is None:
        raise Conflict(article.version)
    if is_saved_already(form, Content.newest(article)):
        raise Conflict(article.version)
    told = meanwhile(article, form.cleaned_data["seen"])
    of_picture = describe_picture(form, by)
    times = form.typed_times()
    newest = article.revisions.select_related("by").first()
    # What is typed while this is saved was made of this text, so it needs a version of its own.
    note = f"before it was merged with version {newest.number}"
    typed = keep_revision(article, merge.mine, by=by, kind=Revision.Kind.TYPED, note=note)
    why = f", “{form.cleaned_data['reason']}”" if form.cleaned_data["reason"] else ""
    more = {"kind": Revision.Kind.MERGED, "note": f"with version {newest.number}{why}"}
    is_theirs = merge.content == Content.newest(article)
    if is_theirs:
        # Nothing is to be saved, but the newest version must not be the text that was typed.
        keep_revision(article, merge.content, by=by, **more)
    Article.objects.filter(pk=article.pk).update(version=article.version)
    if not is_theirs:
        article = publishing.save_draft(article, merge.content, by=by, **more)
    message = "Saved."
    if names := ", ".join(labels_of(differing(merge.content, merge.mine))):
        who = name_of(newest.by, "the site")
        message = f"Saved, together with what {who} has changed since you opened it: {names}."
    if act != SAVE:
        message += " Nothing else was done: look it over, and press again."
    done = Done(article, with_more(message, of_picture), told, typed.number)
    return with_times(done, SAVE, form, times, by)


def with_times(done, act, form, times, by):
    """Keep the times that the act has not used with the article. Refused, and with it the act, if a colleague
    has changed them too; last, because what the act itself refuses says more."""
    typed, problems = times
    if problems:
        form.has_told_of_times()
        raise Refused(problems)
    if not typed or act in USE_TIMES:
        return done
    article = publishing.keep_times(done.article, typed, by=by)
    return dataclasses.replace(done, article=article, message=with_more(done.message, TIMES_KEPT))


def with_more(message, more):
    if more == TIMES_KEPT and message == NOTHING_NEW:
        return f"Saved. {more}"
    return more if more and message == NOTHING_NEW else f"{message} {more}".strip()


def as_of_now(article, content):
    """The locked row as it is now, because an editor may have scheduled the article since the form was read.

    All rows that the verbs need are locked together with it, in the common order. The lead picture is locked
    as one that changes, because its description may change.
    """
    changed = {Image: [content.lead_image_id]} if content.lead_image_id else {}
    if article is None:
        lock(named=named_in([content]), changed=changed)
        return None
    fresh = held(article, [content], changed)
    if fresh is None or fresh.binned_at:
        raise Gone
    return fresh


def kept(form, content, by):
    note = form.cleaned_data["reason"]
    if form.article is None:
        return publishing.begin(content, by=by, uid=form.cleaned_data["uid"], note=note)
    return publishing.save_draft(
        form.article, content, by=by, expected=form.cleaned_data["version"], note=note
    )


def save(form, content, by):
    before = form.article.version if form.article else 0
    article = kept(form, content, by)
    if article.version == before:
        return Done(article, f"{NOTHING_NEW} {NO_NOTE if form.cleaned_data['reason'] else ''}".strip())
    if article.has_scheduled_changes:
        time = spoken(article.scheduled_for)
        return Done(article, f"Saved. What is scheduled for {time} stays as it was; this is not part of it.")
    if article.is_public():
        return Done(article, "Saved. Readers see nothing of it until you publish the changes.")
    if article.is_scheduled:
        return Done(article, f"Saved. It goes out like this on {spoken(article.publish_at)}.")
    return Done(article, "Saved.")


def submit(form, content, by):
    article = publishing.submit(kept(form, content, by), by=by)
    return Done(article, "Saved and submitted for review.")


def approve(form, content, by):
    article = kept(form, content, by)
    article = publishing.approve(article, by=by, expected=article.version)
    return Done(article, f"Approved: version {article.version}. Whatever is changed now needs it once more.")


def publish(form, content, by):
    cancelled = form.article and form.article.scheduled_for
    article = sent(form, content, by, publish_time(form))
    if article.is_scheduled or article.has_scheduled_changes:
        return Done(article, scheduled_message(article))
    told = "Published."
    if cancelled:
        told += f" It takes the place of what was scheduled for {spoken(cancelled)}."
    if form.cleaned_data["correction_text"]:
        article, noted = with_note(form, article, by)
        told += f" {noted}"
    return Done(article, told)


def sent(form, content, by, at):
    form.asks_about(pictures_without_words(content.body))
    until = until_of(form)
    if until not in {None, publishing.KEEP} and until <= timezone.now():
        raise NotReady([Problem("expires_at", "“Until” has passed; choose a later time, or leave it empty.")])
    if at and at > timezone.now() and form.cleaned_data["correction_text"]:
        raise NotReady([Problem("correction_text", NOTE_TOO_EARLY)])
    if form.article is None:
        return publishing.publish(kept(form, content, by), by=by, at=at, until=until)
    expected, note = form.cleaned_data["version"], form.cleaned_data["reason"]
    return publishing.publish(form.article, content, by=by, at=at, until=until, expected=expected, note=note)


def schedule(form, content, by):
    article = sent(form, content, by, chosen_time(form))
    return Done(article, scheduled_message(article))


def reschedule(form, content, by):
    """Give the scheduled changes another time. What was typed is saved, but is not part of what is
    scheduled."""
    at = chosen_time(form)
    article = publishing.reschedule(kept(form, content, by), by=by, at=at, until=until_of(form))
    message = scheduled_message(article)
    if article.has_unscheduled_changes:
        message += " What was saved since is not part of it."
    return Done(article, message)


def cancel(form, content, by):
    article = publishing.cancel_scheduled(kept(form, content, by), by=by)
    return Done(article, "Cancelled. Nothing goes out at that time; the changes stay here, unpublished.")


def withdraw(form, content, by):
    article = kept(form, content, by)
    cancelled = article.scheduled_for
    publishing.withdraw(article, by=by, reason=form.cleaned_data["reason"])
    message = "Withdrawn. Its address now says that it is gone."
    if cancelled:
        message += f" What was scheduled for {spoken(cancelled)} is cancelled, and stays here."
    return Done(refreshed(article), message)


def send_back(form, content, by):
    """Take the article back to draft, then save the text. In this order, because a scheduled article can't be
    saved unfinished."""
    reason = form.cleaned_data["why_back"] or form.cleaned_data["reason"]
    if not reason and needs_reason(form.article, by):
        raise Refused([Problem("why_back", NO_REASON)])
    article = publishing.return_to_draft(form.article, by=by, reason=reason)
    kept(form, content, by)
    article = refreshed(article)
    return Done(article, "The changes are sent back." if article.is_public() else "It is a draft again.")


def discard(form, content, by):
    publishing.discard_working_copy(form.article, by=by, expected=form.cleaned_data["version"])
    article = refreshed(form.article)
    seen = "is scheduled" if article.has_scheduled_changes else "readers see"
    return Done(article, f"The unpublished changes are gone; this is what {seen}.")


def save_for_bin(form, content, by):
    """Save what was typed, which goes into the bin with the article. A scheduled article is a draft first,
    because it can't be saved unfinished."""
    if form.article.is_scheduled:
        publishing.return_to_draft(form.article, by=by)
    return Done(kept(form, content, by), "")


def put_in_bin(done, by):
    article = publishing.put_in_bin(done.article, by=by)
    return Done(article, f"“{article}” is in the bin. It can be taken out again within {KEPT.days} days.")


def correct(form, content, by):
    return Done(*with_note(form, kept(form, content, by), by))


def with_note(form, article, by):
    """The article with the note to readers on its page, and what is told. A note that says what one
    on the page says already is that one, because the form was sent twice."""
    text, kind = form.cleaned_data["correction_text"], form.cleaned_data["correction_kind"] or "correction"
    if article.corrections.filter(text=plain_text(text), kind=kind).exists():
        return article, "The note was on the page already."
    publishing.correct(article, by=by, text=text, kind=kind)
    return refreshed(article), "The note is on the page now."


DOERS = {
    SAVE: save,
    SUBMIT: submit,
    APPROVE: approve,
    PUBLISH: publish,
    SCHEDULE: schedule,
    WITHDRAW: withdraw,
    RETURN: send_back,
    DISCARD: discard,
    RESCHEDULE: reschedule,
    CANCEL: cancel,
    CORRECT: correct,
    BIN: save_for_bin,
}


def refreshed(article):
    return Article.objects.get(pk=article.pk)
