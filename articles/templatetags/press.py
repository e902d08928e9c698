from django import template
from django.utils import timezone

from articles.models import PictureFailure, PressStatus, PrintFailure, Task
from articles.publishing.rights.of_articles import readable

register = template.Library()

MOST_NAMED = 10


@register.inclusion_tag("admin/press_line.html", takes_context=True)
def press_line(context):
    """What all at the desk have to know of the press: that it stands still, or what it fails in."""
    now = timezone.now()
    presses, given_up = PressStatus.objects.in_use_and_given_up(now)
    return {
        "still": [press for press in presses if not press.is_running(now)],
        "several": len(presses) > 1,
        # One page, however many hosts can't print it.
        "failing": PrintFailure.objects.without(given_up).values("path").distinct().order_by().count(),
        "pictures": PictureFailure.objects.count(),
        "stuck": Task.objects.filter(tries__gt=0).count(),
        "now": now,
        "perms": context["perms"],
    }


@register.inclusion_tag("admin/scheduled_line.html", takes_context=True)
def scheduled_line(context):
    """Scheduled changes that did not go out at their time: no press ran, or something refused them."""
    due = readable(context["user"]).filter(scheduled_for__lte=timezone.now()).order_by("scheduled_for", "pk")
    columns = ("headline", "scheduled_for", "scheduled_problem")
    articles = list(due.only(*columns)[: MOST_NAMED + 1])
    return {"articles": articles[:MOST_NAMED], "more": len(articles) > MOST_NAMED}
