from django import template
from django.utils import timezone

from articles.models import PressStatus, PrintFailure

register = template.Library()


@register.inclusion_tag("admin/press_line.html", takes_context=True)
def press_line(context):
    """What all at the desk have to know of the press: that it stands still, or that pages fail."""
    now = timezone.now()
    presses, given_up = PressStatus.objects.in_use_and_given_up(now)
    return {
        "still": [press for press in presses if not press.is_running(now)],
        "several": len(presses) > 1,
        # One page, however many hosts can't print it.
        "failing": PrintFailure.objects.without(given_up).values("path").distinct().order_by().count(),
        "now": now,
        "perms": context["perms"],
    }
