"""What the page of a board says of another editor who has published it meanwhile: what was kept of both, or
where both have chosen something else."""

from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import get_text_list

from articles.admin.desk.times import spoken
from articles.fronts.layouts import LAYOUTS
from articles.fronts.merging import LAYOUT, ORDER
from articles.models import BoardVersion, Image, Section
from articles.publishing.merged_boards import blocks_of
from articles.publishing.rights.of_articles import readable_or_public


def said_of_merge(merged, section, *, expected, version):
    """The sentence after “It is out.”; `expected` and `version` are the numbers between which the others
    published."""
    between = BoardVersion.objects.of(section).filter(number__gt=expected, number__lt=version)
    who = dict.fromkeys(each.who for each in between.select_related("by").order_by("number"))
    parts = names_of(merged)
    if not parts:
        return f" {get_text_list(list(who), 'and')} published it meanwhile, and nothing else than you."
    return (
        f" So is what {get_text_list(list(who), 'and')} published meanwhile: {get_text_list(parts, 'and')}."
    )


def names_of(merged):
    """What was taken from the other board, in words."""
    places = sorted(part for part in merged.taken if isinstance(part, int))
    parts = [name_of_place(place, merged.chosen.layout) for place in places]
    more = [
        ("the layout", LAYOUT in merged.taken),
        ("the order of the blocks", ORDER in merged.taken),
        ("which blocks are hidden", merged.is_hidden_otherwise),
    ]
    return [*parts, *(name for name, is_taken in more if is_taken)]


def name_of_place(place, layout):
    names = [each.name for each in LAYOUTS[layout].places]
    return names[place] if place < len(names) else f"place {place + 1}"


def tell_of_conflict(form, conflict):
    """Say both choices where they differ, and put what was merged into the form. Publishing once more puts
    what the form has in the place of theirs."""
    theirs, merged = conflict.theirs, conflict.merged
    stories = stories_in(conflict, form.user)
    form.data = form.data.copy()
    form.data["version"] = form.data["opened"] = theirs.number
    take(form, merged, stories)
    told = "{} has published this front on {}, after you opened it: <a href='?version={}'>version {}</a>."
    more = "Where only one of you changed something, it is below. Where both did, yours is below."
    told = format_html(told + " {}", theirs.who, spoken(theirs.at), theirs.number, theirs.number, more)
    form.add_error(None, told)
    for part in sorted(merged.conflicts, key=str):
        field = {LAYOUT: LAYOUT, ORDER: None}.get(part, f"article_{part}")
        said = what_theirs_is(part, conflict, stories)
        # The list above the places has it too, where “here” alone would say nothing.
        if isinstance(part, int):
            said = format_html("{}: {}", name_of_place(part, merged.chosen.layout), said)
        form.add_error(field, said)


def stories_in(conflict, user):
    """Number → article, of both boards, as far as the person may see them."""
    numbers = conflict.chosen.stories | conflict.merged.chosen.stories
    return readable_or_public(user).defer("body", "prepared_body").in_bulk(numbers)


def take(form, merged, stories):
    """Put into the form what was taken from the other board; a story that the person may not see is left out,
    as when the form is opened."""
    chosen, places = merged.chosen, [part for part in merged.taken if isinstance(part, int)]
    form.data["layout"] = chosen.layout
    if chosen.order:
        form.data.setlist("blocks", [str(number) for number in chosen.order])
        form.data.setlist("hidden", [str(number) for number, is_hidden in blocks_of(chosen) if is_hidden])
    named = [chosen.slots[place].image_id for place in places if place in chosen.slots]
    known = Image.objects.in_bulk([number for number in named if number])
    for place in places:
        slot = chosen.slots.get(place)
        story = slot and stories.get(slot.article_id)
        form.fields[f"image_{place}"].known.update(known)
        form.stories.pop(place, None)
        if story:
            form.stories[place] = story
        put_into(form.data, place, slot, story)


def put_into(data, place, slot, story):
    data[f"article_{place}"] = story.get_absolute_url() if story else ""
    data[f"headline_{place}"] = slot.headline if story else ""
    data[f"kicker_{place}"] = slot.kicker if story else ""
    data[f"image_{place}"] = str(slot.image_id or "") if story else ""
    data[f"until_{place}"] = local(slot.until) if story and slot.until else ""


def local(time):
    return timezone.localtime(time).strftime("%Y-%m-%dT%H:%M")


def what_theirs_is(part, conflict, stories):
    who, theirs = conflict.theirs.who, conflict.chosen
    if part == LAYOUT:
        return f"{who} chose “{LAYOUTS[theirs.layout].name}”; yours is chosen here."
    if part == ORDER:
        names = Section.objects.in_bulk(theirs.order)
        order = ", ".join(str(names[number]) for number in theirs.order if number in names)
        return f"{who} put the blocks into another order: {order}. Yours is below."
    own, slot = conflict.merged.chosen.slots.get(part), theirs.slots.get(part)
    was_there = own and own.article_id in conflict.base.stories and own.article_id not in theirs.stories
    if was_there and slot == conflict.base.slots.get(part):
        return f"{who} took this story off the front. Yours is here; clear the place to take it off too."
    if slot is None:
        return f"{who} emptied this place. Yours is here; clear the place to have it empty."
    story = stories.get(slot.article_id)
    if story is None:
        return f"{who} put a story here that you may not see. Yours is here."
    return format_html(
        "{} put “{}” here{}: {}. Yours is here.",
        who,
        story.headline,
        words_of(slot),
        story.get_absolute_url(),
    )


def words_of(slot):
    """What the other board says of the story there, in words."""
    said = [
        slot.headline and f"the headline “{slot.headline}”",
        slot.kicker and f"the kicker “{slot.kicker}”",
        slot.image_id and "a picture of its own",
        slot.until and f"an end on {spoken(slot.until)}",
    ]
    said = [each for each in said if each]
    return f" with {get_text_list(said, 'and')}" if said else ""
