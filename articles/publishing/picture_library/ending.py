"""What is done when the last day of a picture is over."""

from typing import Any

from articles.models import Image
from articles.publishing.pictures import change_image
from articles.publishing.tasks.begin import Arguments, Done

from .rights import should_be_withheld


def end_use(arguments: Arguments, cursor: Any) -> Done:
    """The task of one picture."""
    for image in Image.objects.filter(pk=arguments["image"]):
        decide(image)
    return Done()


def decide(image: Image) -> bool:
    """Decide anew whether readers get the picture, and print what shows it if that has changed."""
    is_other = image.withheld != should_be_withheld(image)
    if is_other:
        change_image(image)
    return is_other
