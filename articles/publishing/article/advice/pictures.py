"""Advice on pictures."""

import re
from collections.abc import Iterator

from articles.drawing.card import WIDTH
from articles.models import Image
from articles.publishing.shared.prepared_body import image_ids

from .draft import Advice, Draft

IMG = re.compile(r"<img\b[^>]*>")
NUMBER = re.compile(r'\bdata-image="(\d{1,18})"')
SAID = re.compile(r'\balt="[^"]*[^"\s]|\bdata-decorative\b')


def on_alt(draft: Draft) -> Iterator[Advice]:
    lead = draft.lead
    if lead and not lead.decorative and not (draft.content.lead_alt or lead.alt).strip():
        yield Advice(
            "lead_image",
            "Say in the picture's alt text what it shows, for those who cannot see it.",
            str(lead.pk),
        )
    for picture in pictures_without_words(draft.content.body):
        yield Advice(
            "body",
            "A picture in the text has no alt text. Write under it what it shows, for those who cannot see"
            " it, or say there that it is only decoration.",
            str(picture.pk),
        )


def pictures_without_words(body: str) -> list[Image]:
    """The pictures of a body of which nobody says what they show: neither the text, which may also say that
    one is only decoration, nor the library."""
    silent = [tag for tag in IMG.findall(body) if not SAID.search(tag)]
    numbers = {int(number[1]) for tag in silent if (number := NUMBER.search(tag))}
    return list(Image.objects.without_alt().filter(pk__in=numbers).order_by("pk")) if numbers else []


def on_credits(draft: Draft) -> Iterator[Advice]:
    lead = draft.lead
    if lead and not (lead.credit if draft.content.lead_credit is None else draft.content.lead_credit):
        yield Advice("lead_credit", "The lead picture has no credit.")


def on_rights(draft: Draft) -> Iterator[Advice]:
    """Pictures that may not be used any more."""
    lead = draft.lead
    if lead and lead.has_ended:
        yield Advice("lead_image", f"The lead picture {ended(lead)}", f"rights {lead.pk}")
    numbers = image_ids(draft.content.body)
    for picture in Image.objects.ended().filter(pk__in=numbers).order_by("pk") if numbers else ():
        yield Advice("body", f"The picture “{picture}” in the text {ended(picture)}", f"rights {picture.pk}")


def ended(picture: Image) -> str:
    day = picture.usable_until
    return f"might be used until {day.day} {day:%B %Y} and no longer; choose another."


def on_size_for_sharing(draft: Draft) -> Iterator[Advice]:
    lead = draft.lead
    if lead and lead.width < WIDTH:
        yield Advice(
            "lead_image",
            f"The lead picture is {lead.width} pixels wide; where it is shared, {WIDTH} look sharp.",
        )


def on_lead(draft: Draft) -> Iterator[Advice]:
    if not draft.content.lead_image_id:
        yield Advice("lead_image", "There is no lead picture; fronts and shared links show words alone.")
