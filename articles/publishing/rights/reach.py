"""How far a permission reaches: into all sections, or only into those that were given to the groups from
which somebody has it.

A group without sections has all. A section includes its subsections. Whoever has a permission from several
groups has it in the sections of all of them together; superusers, and people to whom it was given by name,
have it everywhere.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.auth.models import AbstractUser, AnonymousUser, Permission
from django.db.models import Q, QuerySet

from articles.models import Section

User = AbstractUser | AnonymousUser

KEPT = "_sections_of_permissions"


@dataclass(frozen=True)
class Reach:
    """Numbers of sections; None stands for all, also for articles that have none yet."""

    sections: frozenset[int] | None

    def __bool__(self) -> bool:
        return self.sections is None or bool(self.sections)

    def __contains__(self, section: int | None) -> bool:
        return self.sections is None or section in self.sections

    def __or__(self, other: "Reach") -> "Reach":
        if self.sections is None or other.sections is None:
            return EVERYWHERE
        return Reach(self.sections | other.sections)

    @property
    def condition(self) -> Q:
        """On articles."""
        return Q() if self.sections is None else Q(section__in=self.sections)


EVERYWHERE, NOWHERE = Reach(None), Reach(frozenset())


def within(reached: Reach) -> QuerySet:
    """The sections."""
    rows = Section.objects.select_related("parent")
    return rows if reached.sections is None else rows.filter(pk__in=reached.sections)


def is_at_desk(user: User) -> bool:
    """Rights that somebody still has who has left the staff are worth nothing."""
    return user.is_authenticated and user.is_active and user.is_staff


def may_somewhere(user: User, act: str) -> bool:
    """Whether the permission reaches anything. It makes no query for sections."""
    return is_at_desk(user) and user.has_perm(f"articles.{act}_article")


def reach(user: User, act: str) -> Reach:
    """How far this person may do the act with articles: “change” asks for the permission change_article."""
    if not may_somewhere(user, act):
        return NOWHERE
    if user.is_superuser or f"articles.{act}_article" in user.get_user_permissions():
        return EVERYWHERE
    return sections_of(user).get(f"{act}_article", NOWHERE)


def sections_of(user: User) -> dict[str, Reach]:
    """What the groups of this person give, by permission. One query, kept with the user of the request."""
    if not hasattr(user, KEPT):
        setattr(user, KEPT, read_sections(user))
    return getattr(user, KEPT)


def read_sections(user: User) -> dict[str, Reach]:
    rows = Permission.objects.filter(
        group__user=user, content_type__app_label="articles", content_type__model="article"
    )
    found = defaultdict(set)
    names = ("codename", "group__sections", "group__sections__subsections")
    for codename, section, subsection in rows.order_by().values_list(*names):
        found[codename] |= {section, subsection} if subsection else {section}
    return {
        codename: EVERYWHERE if None in sections else Reach(frozenset(sections))
        for codename, sections in found.items()
    }
