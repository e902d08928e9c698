"""The times that an editor has set in the form, and times in words."""

from django.utils import timezone

from articles.publishing import KEEP, NotReady, Problem
from articles.publishing.shared.records import which_of_two


def publish_time(form):
    """The publish time for the verb. None means now, or for an article that was out before, its own time."""
    article, at = form.article, form.cleaned_data["publish_at"]
    if article is None:
        return at
    if article.is_scheduled:
        return timezone.now()
    if article.has_scheduled_changes:
        # The field holds the time of the scheduled changes, but the button says “now”.
        return None
    if article.has_been_out and at and at <= timezone.now():
        message = "This time has passed; leave it empty to publish the changes now."
        raise NotReady([Problem("publish_at", message)])
    return at


def chosen_time(form):
    at = form.cleaned_data["publish_at"]
    if at is None:
        raise NotReady([Problem("publish_at", "Choose the day and the time at which it goes out.")])
    if at <= timezone.now():
        raise NotReady([Problem("publish_at", "This time has passed; choose a later one, or publish now.")])
    return at


def until_of(form):
    """The end for the verb. A form without the field keeps the end; an empty field means that there is no
    end."""
    return form.cleaned_data["expires_at"] if "expires_at" in form.data else KEEP


def scheduled_message(article):
    if not article.has_scheduled_changes:
        return f"Scheduled for {spoken(article.publish_at)}."
    time = spoken(article.scheduled_for)
    if article.is_public():
        return f"The changes go out on {time}. Until then readers keep what they have."
    return f"It comes back on {time}. Until then readers are told that it is gone."


def spoken(time):
    local = timezone.localtime(time)
    zone = timezone.get_default_timezone_name()
    return f"{local:%A} {local.day} {local:%B %Y, %H:%M}{which_of_two(local)} ({zone})"
