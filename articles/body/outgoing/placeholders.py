"""Pictures in a prepared body: a placeholder each, which is filled in when a page is rendered.

A picture's addresses change with its focal point, with the widths of its role, with our way of encoding and
with the site's secret; its alt text changes whenever an editor mends it. None of that has to rewrite an
article, because the prepared body says only which picture stands where, in which role, and the alt text
that the article itself gives it, if it gives one.

Nothing that an editor types can become a placeholder: `<` is escaped in text and in attributes, and
PageWriter makes a <picture> nowhere else.
"""

import re
from collections.abc import Callable
from html import unescape

from articles.body.writing import element

# (image id, role, alt text or None for the image's own) → the picture's HTML, or None where there is no
# such image.
Picture = Callable[[int, str, str | None], str | None]

_PLACEHOLDER = re.compile(
    r'<picture data-image="(?P<image>[0-9]+)" data-role="(?P<role>[a-z-]+)"'
    r'(?: data-alt="(?P<alt>[^"]*)")?></picture>'
)
# A figure with a picture holds the picture and its captions, and no other figure.
_FIGURE = re.compile(
    rf'(?P<before><figure class="[a-z -]+">){_PLACEHOLDER.pattern}(?P<after>.*?</figure>\n?)', re.DOTALL
)
_EMPTY_GROUP = re.compile(r'<figure class="(?:gallery|pair)"[^>]*></figure>\n?')


def placeholder(image_id: int, role: str, alt: str | None) -> str:
    attrs = {"data-image": str(image_id), "data-role": role}
    return element("picture", attrs if alt is None else attrs | {"data-alt": alt})


def pictures_named(html: str) -> set[int]:
    """The numbers of the images that a prepared body shows."""
    return {int(found["image"]) for found in _PLACEHOLDER.finditer(html)}


def fill_pictures(html: str, picture: Picture) -> str:
    """The prepared body with its pictures.

    A figure whose image is gone is left out together with its caption, which says nothing without the
    picture. Both stay in the stored body. A group of which no picture is left is left out too.
    """

    def filled(figure: re.Match) -> str:
        alt = figure["alt"]
        shown = picture(int(figure["image"]), figure["role"], None if alt is None else unescape(alt))
        return "" if shown is None else f"{figure['before']}{shown}{figure['after']}"

    return _EMPTY_GROUP.sub("", _FIGURE.sub(filled, html))
