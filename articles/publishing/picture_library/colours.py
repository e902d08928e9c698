"""The colour that a picture has from afar, of those that were in the library before it was kept: it stands in
a picture's place while that loads."""

from copy import copy
from functools import partial

from django.db import transaction

from articles.images import ImageRefused, first_look
from articles.models import Image
from articles.publishing.pictures import announce_image
from articles.publishing.renditions import read_master
from articles.publishing.shared.locks import lock, tried_again


def fill_colours(*, after: int, most: int) -> int | None:
    """Look at the next pictures whose number is higher than `after` and whose colour is not known. Answers
    the last number, or None if there are no more. Those that can't be read are passed over."""
    images = list(Image.objects.filter(pk__gt=after, color="").order_by("pk")[:most])
    for image in images:
        try:
            color = first_look(read_master(image)).color
        except ImageRefused:
            continue
        tried_again(partial(fill_colour, image, color))
    return images[-1].pk if images else None


@transaction.atomic
def fill_colour(image: Image, color: str) -> None:
    """Nothing, if somebody has deleted the picture or replaced its file since it was looked at."""
    lock(changed={Image: [image.pk]})
    was = Image.objects.filter(pk=image.pk, file=image.file.name, color="").first()
    if was is None:
        return
    now = copy(was)
    now.color = color
    Image.objects.filter(pk=image.pk).update(color=color)
    announce_image(now, was, on_cards=True, in_texts=True)
