"""Notices when other sections are shown than before: a section comes onto every page with its first story,
and leaves every page with its last.

That may happen by a verb, by time alone (a scheduled story, an end), or by several verbs at once that know
nothing of each other. So it is not taken from the changes: the sections that readers find now are compared
with those for which everything was last printed, which are noted on the shelf.
"""

import json
from collections import defaultdict
from collections.abc import Iterable

from articles.models import Article, Section
from articles.press.shelf.interface import Shelf

from .affected import Change, came_or_left


class ShownSections:
    def __init__(self, shelf: Shelf) -> None:
        self.note = shelf.note("sections.json")

    def keep(self) -> None:
        """Note that everything is being printed with the sections of now."""
        self.note.write(json.dumps(shown_now()))

    def have_changed(self, changes: Iterable[Change]) -> bool:
        """Whether everything has to be printed because of these changes."""
        return self.note.read() != json.dumps(shown_now()) or may_have_changed_twice(changes)


def shown_now() -> list[int]:
    return list(Section.objects.shown().order_by("pk").values_list("pk", flat=True))


def may_have_changed_twice(changes: Iterable[Change]) -> bool:
    """Whether a section may have come and gone, or gone and come, between these changes. Pages that somebody
    asked for in between show that. It can't be so if the section has another public story, because then it
    was shown all the time."""
    named = defaultdict(list)
    for change in changes:
        for address in came_or_left(change).get("sections", ()) if change["kind"] == "article" else ():
            named[address].append(change["id"])
    several = {address: numbers for address, numbers in named.items() if len(numbers) > 1}
    if not several:
        return False
    sections = Section.objects.select_related("parent")
    return any(
        not others_in(section, several[section.get_absolute_url()])
        for section in sections
        if section.get_absolute_url() in several and not section.shown_without_stories
    )


def others_in(section: Section, numbers: list[int]) -> bool:
    """Whether the section has public stories besides these."""
    others = Article.objects.published().in_section(section).exclude(pk__in=numbers)
    return others.exists()
