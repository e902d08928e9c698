from django.db import transaction

from articles.models import Section

from .locks import lock
from .records import announce

AT_ONCE = 200


@transaction.atomic
def order_sections(wanted: dict[int, int] | None = None) -> list[Section]:
    """Give every section its place, each subsection under its parent; `wanted` is number → place asked for.

    Places are counted through both levels, so that ordering by them alone gives the tree. Readers' pages
    carry the list of sections: one outbox entry says that it has changed, if it has.
    """
    lock_all_sections()
    sections = list(Section.objects.select_related("parent"))
    in_tree = threaded(sections, {section.pk: section.order for section in sections})
    places = {section.pk: number for number, section in enumerate(in_tree, 1)} | (wanted or {})
    in_tree = threaded(sections, places)
    moved = []
    for number, section in enumerate(in_tree, 1):
        if section.order != number:
            section.order = number
            moved.append(section)
    if moved:
        # In one statement for all of them, each row would be compared with all the others.
        Section.objects.bulk_update(moved, ["order"], batch_size=AT_ONCE)
        announce(
            "section", moved[0].pk, {"sections": sorted(section.get_absolute_url() for section in moved)}
        )
    return in_tree


def lock_all_sections() -> None:
    """A section's place and address depend on others of them, and there are few."""
    lock(changed={Section: Section.objects.values_list("pk", flat=True)})


def threaded(sections: list[Section], places: dict[int, int]) -> list[Section]:
    """By place, each subsection after its parent."""

    def place(section: Section) -> tuple[int, ...]:
        own = (places[section.pk], section.pk)
        return (places[section.parent_id], section.parent_id, *own) if section.parent_id else own

    return sorted(sections, key=place)
