"""Two people have changed the same words: both texts as one, with a choice in each place that does not merge.

The choices are radio buttons of the form. Their names hold a key that is made from both readings, so a choice
counts only for what its editor has seen.
"""

import re
from dataclasses import dataclass
from itertools import groupby

from articles.admin.desk.form.body_editor import all_for_editor, desk_address
from articles.admin.history.fields import LABELS, in_words, labels_of
from articles.body.compare import Change, compare_bodies
from articles.models import Image
from articles.publishing import Content
from articles.publishing.article.content.content import LEAD
from articles.publishing.article.drafts import complete
from articles.publishing.article.merging.choices import MINE, THEIRS, Place, one_text
from articles.publishing.article.merging.fields import differing

PREFIX = "_choose-"
WENT = re.compile(r"<del>.*?</del>", re.DOTALL)
# So many settled blocks in a row are shown; of more, those in the middle are folded.
MOST_SHOWN = 4


@dataclass(frozen=True)
class Reading:
    """`lines` are values of fields as (label, words), `html` is that of blocks, `src` is a lead picture's."""

    whose: str
    is_chosen: bool
    lines: list
    html: str = ""
    src: str = ""


@dataclass(frozen=True)
class Choice:
    key: str
    label: str
    readings: list

    @property
    def is_open(self):
        return not any(reading.is_chosen for reading in self.readings)


@dataclass(frozen=True)
class Run:
    """Settled blocks in a row: the first and the last, and between them those that are folded."""

    before: list
    folded: list
    after: list


@dataclass(frozen=True)
class Clash:
    """`revision` is the newest. `fields` are choices; `body` is made of choices and runs. `came_in` are the
    fields that merge. `meanwhile` says what others have done since."""

    revision: object
    fields: list
    body: list
    came_in: list
    meanwhile: str

    @property
    def choices(self):
        return [*self.fields, *(piece for piece in self.body if isinstance(piece, Choice))]

    @property
    def open(self):
        return sum(choice.is_open for choice in self.choices)


def choices_of(data):
    """Key → “mine” or “theirs”, as the form has sent it."""
    return {name.removeprefix(PREFIX): data[name] for name in data if name.startswith(PREFIX)}


def text_of_both(form, article):
    """What was typed, in stored form, and that and the newest text as one."""
    base = article.revisions.filter(number=form.cleaned_data["version"] or 0).first()
    mine = complete(form.content(), article)
    return mine, one_text(base and Content.of_revision(base), mine, Content.newest(article))


def clash_of(form, article, meanwhile):
    mine, text = text_of_both(form, article)
    choices = choices_of(form.data)
    return Clash(
        revision=article.revisions.select_related("by").first(),
        fields=[choice_of_fields(place, choices) for place in text.fields],
        body=body_of(text.body, choices),
        came_in=labels_of(differing(text.content, mine)),
        meanwhile=meanwhile,
    )


def choice_of_fields(place, choices):
    def made(whose, values):
        pairs = list(zip(place.names, values, strict=True))
        image = Image.objects.filter(pk=values[0]).first() if place.names == LEAD else None
        # Of the words of a lead picture, those that are the library's are left out.
        shown = [*pairs[:1], *(pair for pair in pairs[1:] if pair[1] is not None)]
        lines = [(LABELS[name], in_words(name, value)) for name, value in shown]
        return Reading(
            whose, choices.get(place.key) == whose, lines, src=desk_address(image) if image else ""
        )

    readings = [made(MINE, place.mine), made(THEIRS, place.theirs)]
    return Choice(PREFIX + place.key, LABELS[place.names[0]], readings)


def body_of(body, choices):
    """The body in order, as choices and runs of settled blocks."""
    pieces = []
    for is_place, group in groupby(body, lambda piece: isinstance(piece, Place)):
        found = list(group)
        pieces += [choice_of_blocks(place, choices) for place in found] if is_place else [run_of(found)]
    return pieces


def run_of(blocks):
    blocks = all_for_editor(blocks)
    if len(blocks) <= MOST_SHOWN:
        return Run(blocks, [], [])
    return Run(blocks[:1], blocks[1:-1], blocks[-1:])


def choice_of_blocks(place, choices):
    both = [marked(place.theirs, place.mine), marked(place.mine, place.theirs)]
    readings = [
        Reading(whose, choices.get(place.key) == whose, [], html=html)
        for whose, html in zip((MINE, THEIRS), all_for_editor(both), strict=True)
    ]
    return Choice(PREFIX + place.key, "Text", readings)


def marked(other, html):
    """The HTML of one reading, in which the words that the other lacks are marked."""
    rows = [row for row in compare_bodies(other, html) if row.change is not Change.REMOVED]
    return "\n".join(WENT.sub("", row.html) for row in rows)
