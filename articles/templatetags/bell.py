from django import template

from articles.publishing.notifications.told import MOST_COUNTED, unread

register = template.Library()


@register.inclusion_tag("admin/bell.html", takes_context=True)
def bell(context):
    """How much is new for whoever is logged in."""
    number = unread(context["user"])
    return {"number": number, "told": f"{MOST_COUNTED}+" if number > MOST_COUNTED else number}
