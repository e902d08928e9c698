from django import template
from django.utils import timezone

from articles.models import PressStatus, PrintFailure

register = template.Library()


@register.inclusion_tag("admin/press_line.html", takes_context=True)
def press_line(context):
    """What all at the desk have to know of the press: that it stands still, or that pages fail."""
    now = timezone.now()
    return {
        "still": [press for press in PressStatus.objects.all() if not press.is_running(now)],
        "failing": PrintFailure.objects.count(),
        "now": now,
        "perms": context["perms"],
    }
