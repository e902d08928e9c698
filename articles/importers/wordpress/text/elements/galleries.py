"""Galleries in each of the forms in which WordPress has written them, as one figure of figures."""

import re
from dataclasses import dataclass

from articles.body.figures import GALLERY, PAIR
from articles.importers.wordpress.text.markup import TOKEN, attributes, element, tag, trusted
from articles.importers.wordpress.text.resolver import GalleryRequest, Picture, Resolver
from articles.importers.wordpress.text.result import Findings, Kind

NUMBER = re.compile(r"\bwp-image-(\d+)")
OWN_CAPTION = "blocks-gallery-caption"


@dataclass(slots=True)
class InGallery:
    """A picture of the gallery as the text has it; the caption is HTML."""

    attrs: dict[str, str]
    caption: str = ""


def gallery_of(figures: list[str], columns: object = None) -> str:
    """Two pictures for which two columns were asked stand beside each other, on a phone too."""
    kind = PAIR if columns == len(figures) == 2 else GALLERY
    return element("figure", {"class": kind}, "".join(figures))


def figure(picture: InGallery) -> str:
    caption = element("figcaption", {}, picture.caption) if picture.caption.strip() else ""
    return element("figure", {}, tag("img", picture.attrs) + caption)


def asked_gallery(request: GalleryRequest, resolver: Resolver, findings: Findings) -> str:
    findings.galleries.append(request)
    pictures = resolver.gallery(request)
    if not pictures:
        findings.leave_out(Kind.ELEMENT, "gallery without pictures", " ".join(request.ids))
        return ""
    return gallery_of([library_figure(picture) for picture in pictures])


def library_figure(picture: Picture) -> str:
    """A picture that has been found already, with the words of the library."""
    attrs = {"data-image": trusted(str(picture.image)), "alt": picture.alt}
    return figure(InGallery(attrs, caption_of(picture)))


def caption_of(picture: Picture) -> str:
    """The words of the library as text: no HTML of theirs is trusted to be well-formed."""
    caption = " ".join(TOKEN.sub(" ", picture.caption).replace("<", "&lt;").split())
    credit = picture.credit.replace("&", "&amp;").replace("<", "&lt;")
    cited = element("cite", {}, credit) if credit and credit not in caption else ""
    return f"{caption} {cited}".strip()


def read_gallery(html: str) -> tuple[list[InGallery], str]:
    """The pictures with their captions, and the caption of the whole. To that belongs what else is to be read
    there."""
    pictures: list[InGallery] = []
    own: list[str] = []
    figures = items = begin = done = 0
    is_in_figure = html.lstrip()[:7].lower() == "<figure"
    target = ""
    for token in TOKEN.finditer(html):
        name, is_end = (token["name"] or "").lower(), bool(token["end"])
        if not target and (loose := html[done : token.start()].strip()):
            own.append(loose)
        done = token.end()
        figures += (-1 if is_end else 1) * (name == "figure")
        items += (-1 if is_end else 1) * (name == "li")
        if name == "img":
            pictures.append(InGallery(_picture(attributes(token[0]))))
        elif name == "figcaption" and not is_end:
            is_own = OWN_CAPTION in token[0] or (is_in_figure and figures == 1 and not items)
            target, begin = "own" if is_own or not pictures else "picture", token.end()
        elif name == "figcaption" and target:
            caption = html[begin : token.start()]
            if target == "own":
                own.append(caption)
            else:
                pictures[-1].caption = caption
            target = ""
    if loose := html[begin if target else done :].strip():
        own.append(loose)
    return pictures, " ".join(own)


def _picture(attrs: dict[str, str]) -> dict[str, str]:
    number = NUMBER.search(attrs.get("class", ""))
    return {
        "src": attrs.get("data-full-url") or attrs.get("src", ""),
        "alt": attrs.get("alt", ""),
        "data-id": attrs.get("data-id") or (number[1] if number else ""),
    }
