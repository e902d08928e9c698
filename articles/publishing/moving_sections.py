from typing import Any

from articles.models import Article, Section

from .later import SLICE, Arguments, Done
from .locks import lock


def follow_section(arguments: Arguments, cursor: Any) -> Done:
    """A slice of a section's articles follows it into its new department.

    arguments: {"section": its number, "departments": the addresses of its old and its new one, "moved": where
    its archive was and is}. Both departments' lists are printed once more when the last has followed.
    """
    section = Section.objects.select_related("parent").filter(pk=arguments["section"]).first()
    if section is None:
        return Done()
    left = Article.objects.filter(section=section, pk__gt=cursor or 0).exclude(department=section.department)
    numbers = list(left.order_by("pk").values_list("pk", flat=True)[: SLICE + 1])
    named = {Section: [section.pk, section.department.pk]}
    lock(named=named, changed={Article: numbers[:SLICE]})
    left.filter(pk__in=numbers[:SLICE]).update(department=section.department)
    if len(numbers) > SLICE:
        return Done(cursor=numbers[SLICE - 1])
    if cursor is None:
        # All with the verb itself, whose own entry names every page.
        return Done()
    departments = arguments["departments"]
    return Done({"sections": departments, "below": departments, "moved": arguments["moved"]})
