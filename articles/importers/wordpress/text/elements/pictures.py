"""A picture of the old site as the text is to show it."""

import re
from dataclasses import dataclass
from html import escape

from articles.body.figures import DECORATIVE
from articles.body.incoming.leftovers import is_pixel
from articles.importers.wordpress.text.addresses import OldSite, absolute, file_name
from articles.importers.wordpress.text.markup import element, own_value, tag
from articles.importers.wordpress.text.options import Words
from articles.importers.wordpress.text.resolver import Resolver
from articles.importers.wordpress.text.result import Findings, Kind, PictureNamed
from articles.upload_names import SIZED

NUMBER = re.compile(r"\bwp-image-(\d{1,18})")
# Where scripts that load pictures late keep the address.
LATE = ("data-src", "data-lazy-src", "data-original", "data-orig-file")
# The sanitiser makes letters of these.
DRAWN_LETTERS = re.compile(r"(?:^|\s)(?:emoji|wp-smiley)(?:\s|$)|s\.w\.org/images/core/emoji/")
PLACES = ("class", "style", "align")
SIGNS = re.compile(r"[\W_]+")
DOT_AND_TYPE = re.compile(r"\.[a-z0-9]{2,5}$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    html: str
    credit: str = ""
    alt: str = ""
    is_picture: bool = True


@dataclass(frozen=True, slots=True)
class Pictures:
    site: OldSite
    # Where the text stood.
    address: str
    resolver: Resolver
    findings: Findings
    words: Words

    def shown(self, attrs: dict[str, str], *, in_link: bool) -> Shown:
        number = own_value(attrs.get("data-image", ""))
        if number is not None:
            return Shown(tag("img", {"data-image": number, "alt": attrs.get("alt", "")}))
        if DRAWN_LETTERS.search(f"{attrs.get('class', '')} {attrs.get('src', '')}"):
            return Shown(tag("img", {"alt": attrs.get("alt", "")}), is_picture=False)
        src = _source(attrs)
        if (not src and not _attachment(attrs)) or is_pixel(attrs):
            return Shown("", is_picture=False)
        return self.found(src, attrs, in_link=in_link)

    def found(self, src: str, attrs: dict[str, str], *, in_link: bool) -> Shown:
        address = src if not src or src.startswith("data:") else absolute(src, self.address)
        attachment = _attachment(attrs)
        picture = self.resolver.picture(address, attachment)
        self.findings.pictures.setdefault(PictureNamed(address, attachment, picture is not None))
        alt = _written(attrs.get("alt", ""), address)
        if picture is None:
            return Shown(self.missing(address, alt, in_link=in_link), is_picture=False)
        places = {name: attrs[name] for name in PLACES if name in attrs}
        kept = {"data-image": str(picture.image), "alt": alt or picture.alt, **places}
        kept |= {DECORATIVE: ""} if picture.is_decorative and not kept["alt"] else {}
        return Shown(tag("img", kept), picture.credit, kept["alt"])

    def missing(self, address: str, alt: str, *, in_link: bool) -> str:
        """A link to a picture that is not to be had: no page of ours loads it from elsewhere."""
        if not address or address.startswith("data:"):
            name = "picture in the text itself" if address else "picture without address"
            self.findings.leave_out(Kind.ELEMENT, name, address)
            return ""
        text = escape(self.words.picture.format(alt or file_name(address) or address))
        return f" {text} " if in_link else element("a", {"href": self.site.own(address) or address}, text)


def _source(attrs: dict[str, str]) -> str:
    src = attrs.get("src", "").strip()
    if not src or src.startswith("data:"):
        src = next((attrs[name].strip() for name in LATE if attrs.get(name)), src)
    return src


def _attachment(attrs: dict[str, str]) -> str:
    of_class = NUMBER.search(attrs.get("class", ""))
    given = of_class[1] if of_class else attrs.get("data-id") or attrs.get("data-attachment-id", "")
    return given if given.isdecimal() else ""


def _written(alt: str, address: str) -> str:
    """The alt text that somebody has written; the name of the file is none."""
    # The size may be one that WordPress has added, or a part of the name that it made an alt text of.
    whole = file_name(address)
    names = {whole, SIZED.sub("", whole)}
    names |= {DOT_AND_TYPE.sub("", name) for name in names}
    return "" if _bare(alt) in map(_bare, names) else alt


def _bare(text: str) -> str:
    return SIGNS.sub("", text).casefold()
