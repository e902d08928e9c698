"""The form of a front's board: a layout, and for each place an article, words of its own and an end. It needs
no script: articles are named by their addresses."""

from dataclasses import replace

from django import forms
from django.utils import timezone

from articles.admin.desk.endpoints.linking import all_at_addresses
from articles.admin.desk.form.fields import SiteTimeField, TextField, nothing_at
from articles.admin.image.field import PictureInput
from articles.admin.shared.nonsense import row_number
from articles.fronts.composition import Candidate
from articles.fronts.layouts import LAYOUTS, MOST_PLACES, USUAL
from articles.fronts.placement import Board, Slot
from articles.models import Article, Image
from articles.models.fronts.board import LAYOUT_CHOICES
from articles.publishing.boards import Filled
from articles.publishing.rights.of_articles import readable_or_public
from articles.publishing.shared.text import one_line

MOST_BLOCKS = 10_000
OF_A_PLACE = ("article", "headline", "kicker", "image", "until")


class StoryField(forms.CharField):
    """An article of the paper by its address. The form looks for the articles of all places at once."""

    def __init__(self):
        super().__init__(required=False, max_length=2000)

    def clean(self, value):
        return one_line(super().clean(value) or "")


class PictureField(forms.Field):
    """`known`: number → picture, of those that the form names."""

    def __init__(self, known):
        super().__init__(required=False, widget=PictureInput(known))
        self.known = known

    def clean(self, value):
        image = self.known.get(row_number(str(value or "")))
        if value and image is None:
            raise forms.ValidationError("There is no such picture; choose another one.")
        return image


class BoardForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    # The number of the version that readers had then, 0 for none.
    opened = forms.IntegerField(min_value=0, required=False, widget=forms.HiddenInput)
    layout = forms.ChoiceField(choices=LAYOUT_CHOICES, initial=USUAL.key, widget=forms.RadioSelect)
    at = SiteTimeField(label="Goes out")

    def __init__(self, *args, section, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.section, self.user = section, user
        # Place → the article there, as far as it is known.
        self.stories = {}
        known = self.named_pictures()
        for place in range(MOST_PLACES):
            self.fields |= {
                f"article_{place}": StoryField(),
                f"headline_{place}": TextField(max_length=300),
                f"kicker_{place}": TextField(max_length=80),
                f"image_{place}": PictureField(known),
                f"until_{place}": SiteTimeField(),
            }

    def named_pictures(self):
        values = self.data if self.is_bound else self.initial
        named = (row_number(str(values.get(f"image_{place}") or "")) for place in range(MOST_PLACES))
        numbers = set(filter(None, named))
        return Image.objects.in_bulk(numbers) if numbers else {}

    def look_for_stories(self):
        """Put the number of its article in the place of each address; None where a place is empty."""
        cleaned = self.cleaned_data
        typed = {
            name: cleaned[name] for name in self.fields if name.startswith("article_") and name in cleaned
        }
        found = all_at_addresses(Article.objects.all(), {line for line in typed.values() if line})
        for name, line in typed.items():
            cleaned[name] = found.get(line)
            if line and line not in found:
                self.add_error(name, nothing_at(line))

    def clean(self):
        cleaned = super().clean()
        self.look_for_stories()
        numbers = {place: cleaned.get(f"article_{place}") for place in range(MOST_PLACES)}
        seen = readable_or_public(self.user).defer("body", "prepared_body")
        seen = seen.in_bulk([number for number in numbers.values() if number])
        self.stories = {place: seen[number] for place, number in numbers.items() if number in seen}
        for place, number in numbers.items():
            if number is None:
                self.look_for_more_without_a_story(place)
            elif number not in seen:
                self.add_error(f"article_{place}", "You may not see this article; choose another one.")
            elif not self.belongs(seen[number]):
                message = f"This story is not in {self.section.name}, and its front shows only its own."
                self.add_error(f"article_{place}", message)
        return cleaned

    def look_for_more_without_a_story(self, place):
        has_more = any(self.cleaned_data.get(f"{name}_{place}") for name in OF_A_PLACE[1:])
        if has_more and f"article_{place}" not in self.errors:
            message = "Choose the story for these words, this picture or this time, or clear the place."
            self.add_error(f"article_{place}", message)

    def belongs(self, article):
        return self.section is None or self.section.pk in (article.section_id, article.department_id)

    def filled(self):
        """What is in the places, as far as it is right."""
        data = self.cleaned_data
        return [
            Filled(
                place,
                data[f"article_{place}"],
                data.get(f"headline_{place}", ""),
                data.get(f"kicker_{place}", ""),
                getattr(data.get(f"image_{place}"), "pk", None),
                data.get(f"until_{place}"),
            )
            for place in range(MOST_PLACES)
            if data.get(f"article_{place}")
        ]

    def board(self, at):
        """The same as the front shows it at that time."""
        filled = self.filled()
        rows = Article.objects.published(at).filter(pk__in=[slot.article_id for slot in filled])
        # NULL without a lead picture.
        withheld = dict(rows.order_by().values_list("pk", "lead_image__withheld"))
        images = {place: self.cleaned_data.get(f"image_{place}") for place in range(MOST_PLACES)}
        images = {place: None if image and image.withheld else image for place, image in images.items()}
        slots = [
            Slot(
                place=slot.place,
                story=Candidate(
                    slot.article_id,
                    has_picture=withheld.get(slot.article_id) is False or images[slot.place] is not None,
                ),
                is_public=slot.article_id in withheld,
                until=slot.until,
                headline=slot.headline,
                kicker=slot.kicker,
                # As on readers' cards: an alt text would be read out between two headlines.
                picture=images[slot.place] and replace(images[slot.place].source, alt=""),
            )
            for slot in filled
        ]
        layout = LAYOUTS[self.cleaned_data.get("layout", USUAL.key)]
        return Board(layout, tuple(slots), tuple(self.blocks()))

    def blocks(self):
        """(number of a department, whether its block is hidden), in the order of the form."""
        if not self.is_bound:
            return self.initial.get("blocks", [])
        hidden = set(self.data.getlist("hidden"))
        numbers = dict.fromkeys(self.data.getlist("blocks")[:MOST_BLOCKS])
        return [(row_number(number), number in hidden) for number in numbers if row_number(number)]

    def refuse(self, refusal):
        """Put what a verb has said to its fields."""
        for problem in refusal.problems:
            self.add_error(problem.field if problem.field in self.fields else None, problem.message)


def form_of(version, *, user, **more):
    """The form with a version of the board; of none, with the usual layout and empty places. A story that has
    gone where the person may not see it is left out."""
    slots = [] if version is None else version.slots.select_related("article").defer("article__body")
    seen = readable_or_public(user).filter(pk__in=[slot.article_id for slot in slots])
    seen = set(seen.order_by().values_list("pk", flat=True)) if slots else ()
    slots = [slot for slot in slots if still_stands(slot) and slot.article_id in seen]
    initial = {"layout": version.layout, "blocks": version.blocks} if version else {"layout": USUAL.key}
    for slot in slots:
        initial |= {f"{name}_{slot.place}": getattr(slot, name) for name in ("headline", "kicker", "until")}
        initial[f"image_{slot.place}"] = slot.image_id
        initial[f"article_{slot.place}"] = slot.article.get_absolute_url()
    form = BoardForm(initial=initial | more.pop("initial"), user=user, **more)
    form.stories = {slot.place: slot.article for slot in slots}
    return form


def still_stands(slot):
    """Whether it is shown in the form: its time has not passed, and its article has an address and is not in
    the bin."""
    has_ended = slot.until is not None and slot.until <= timezone.now()
    return not has_ended and slot.article.address_date is not None and slot.article.binned_at is None


def moved(data, act):
    """The typed values after “3:up”, “3:down” or “3:clear”, for whoever has no script."""
    place, _, which = act.partition(":")
    if place == "block":
        return with_blocks(data, *which.partition(":")[::2])
    if not (place.isascii() and place.isdecimal() and len(place) < 3):
        return data
    here, data = int(place), data.copy()
    there = {"up": here - 1, "down": here + 1}.get(which)
    for name in OF_A_PLACE:
        if which == "clear":
            data[f"{name}_{here}"] = ""
        elif there is not None and 0 <= there < MOST_PLACES:
            one, other = f"{name}_{here}", f"{name}_{there}"
            data[one], data[other] = data.get(other, ""), data.get(one, "")
    return data


def with_blocks(data, number, which):
    """The same after “block:7:up” or “block:7:down”."""
    data, numbers = data.copy(), data.getlist("blocks")
    if number in numbers:
        here = numbers.index(number)
        there = here + {"up": -1, "down": 1}.get(which, 0)
        if 0 <= there < len(numbers):
            numbers[here], numbers[there] = numbers[there], numbers[here]
    data.setlist("blocks", numbers)
    return data
