"""A stored body → the text of a WordPress post, in blocks that its editor opens without a warning.

A stored body has one way to write each thing (articles/body/writing.py), so it is read with a pattern and
not parsed. What WordPress has no block for becomes its block of HTML, word for word.
"""

import json
import re
from collections.abc import Callable, Iterator
from html import unescape
from typing import NamedTuple

from django.conf import settings

from articles.body import find_embed
from articles.body.figures import DECORATIVE, GROUPS, PAIR

ATTRIBUTES = r'(?:\s[^\s"=<>]+(?:="[^"]*")?)*'
TAG = re.compile(rf"<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attrs>{ATTRIBUTES})\s*>")
ATTRIBUTE = re.compile(r'\s([^\s"=<>]+)(?:="([^"]*)")?')
IMG = re.compile(rf"<img(?P<attrs>{ATTRIBUTES})\s*>")
FIGURE = re.compile(
    rf'<figure(?: class="(?P<side>\w+)")?>{IMG.pattern}'
    r"(?:<figcaption>(?P<caption>.*?)</figcaption>)?</figure>",
    re.DOTALL,
)
ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
CITED = re.compile(r"<p>(<cite>(?:(?!</?cite).)*</cite>)</p>\Z", re.DOTALL)
OWN_LINK = re.compile(r'(<a href=")(/(?!/))')
# Where documents are, here and below the folder of files.
FOLDER = "documents/"
DOCUMENTS = settings.MEDIA_URL + FOLDER
INLINE = frozenset("a br wbr strong em s sub sup mark abbr cite code".split())
ROWS = INLINE | frozenset("table thead tbody tfoot tr th td caption".split())
CAPTION = re.compile(r"<caption>(.*?)</caption>", re.DOTALL)
ALIGNED = {"wide": "wide", "start": "left", "end": "right"}


class Shown(NamedTuple):
    """A picture of the library: its number in the export and the address of its file."""

    number: int
    address: str


# The number of a picture here → the same in the export; None if it is gone.
Picture = Callable[[int], Shown | None]


class Element(NamedTuple):
    name: str
    attrs: dict[str, str]
    inner: str
    whole: str


class Blocks:
    """`site` is the address of the paper, which links within it get; `uploads` is that of the folder of
    files, which links to documents get."""

    def __init__(self, picture: Picture, site: str, uploads: str):
        self.picture, self.site, self.uploads = picture, site, uploads

    def text_of(self, body: str) -> str:
        # WordPress would take a word in square brackets for a shortcode.
        body = body.replace(f'<a href="{DOCUMENTS}', f'<a href="{self.uploads}{FOLDER}')
        body = OWN_LINK.sub(rf"\g<1>{self.site}\g<2>", body.replace("[", "&#91;"))
        return "\n\n".join(self.blocks(body))

    def decorative(self, body: str) -> set[int]:
        """The pictures of which somebody has said that they need no alt text."""
        found = (dict(ATTRIBUTE.findall(img["attrs"])) for img in IMG.finditer(body) if DECORATIVE in img[0])
        return {int(attrs["data-image"]) for attrs in found if attrs.get("data-image")}

    def blocks(self, html: str) -> Iterator[str]:
        for element in elements(html):
            write = WRITERS.get(element.name)
            made = write(self, element) if write else None
            yield made if made is not None else self.as_html(element)

    def as_html(self, element: Element) -> str:
        return block("html", {}, IMG.sub(lambda found: self.img(found["attrs"]), element.whole))

    def paragraph(self, element: Element) -> str:
        inner = element.inner
        if inner.startswith("http") and ADDRESS.fullmatch(inner) and find_embed(unescape(inner)):
            return embed(unescape(inner), inner)
        return block("paragraph", {}, element.whole)

    def heading(self, element: Element) -> str:
        level = int(element.name[1])
        anchor = f' id="{element.attrs["id"]}"' if "id" in element.attrs else ""
        html = f'<h{level} class="wp-block-heading"{anchor}>{element.inner}</h{level}>'
        return block("heading", {} if level == 2 else {"level": level}, html)

    def line(self, element: Element) -> str:
        return block("separator", {}, '<hr class="wp-block-separator has-alpha-channel-opacity"/>')

    def preformatted(self, element: Element) -> str:
        if element.inner.startswith("<code>"):
            return block("code", {}, f'<pre class="wp-block-code">{element.inner}</pre>')
        return block("preformatted", {}, f'<pre class="wp-block-preformatted">{element.inner}</pre>')

    def list(self, element: Element) -> str | None:
        """Items with nothing but words and further lists in them."""
        tags = list(TAG.finditer(element.whole))
        names = {tag["name"] for tag in tags}
        plain = all(not tag["attrs"] or tag["name"] != "li" for tag in tags)
        if not plain or not names <= INLINE | {"ul", "ol", "li"} or ' type="' in element.whole:
            return None
        return TAG.sub(of_list, element.whole)

    def quote(self, element: Element) -> str:
        inner = element.inner
        cited = CITED.search(inner)
        words = inner[: cited.start()] if cited else inner
        html = "".join(self.blocks(words)) + (cited[1] if cited else "")
        return block("quote", {}, f'<blockquote class="wp-block-quote">{html}</blockquote>')

    def table(self, element: Element) -> str | None:
        """Cells with nothing but words in them."""
        if not {tag["name"] for tag in TAG.finditer(element.whole)} <= ROWS:
            return None
        caption = CAPTION.search(element.whole)
        html = CAPTION.sub("", element.whole, count=1)
        below = f'<figcaption class="wp-element-caption">{caption[1]}</figcaption>' if caption else ""
        return block(
            "table", {"hasFixedLayout": False}, f'<figure class="wp-block-table">{html}{below}</figure>'
        )

    def figure(self, element: Element) -> str | None:
        if element.attrs.get("class") in GROUPS:
            return self.gallery(element)
        found = FIGURE.fullmatch(element.whole)
        return self.image(found) if found else None

    def gallery(self, element: Element) -> str:
        """Its block takes nothing but pictures. The words of those that are gone stand after it."""
        figures = list(FIGURE.finditer(element.inner))
        there = [self.image(found) for found in figures if self.shown(found["attrs"])]
        words = [self.image(found) for found in figures if not self.shown(found["attrs"])]
        group = [self.group(element, "".join(there))] if len(there) > 1 else there
        return "\n\n".join(filter(None, group + words))

    def group(self, element: Element, pictures: str) -> str:
        is_pair = element.attrs["class"] == PAIR
        columns = {"columns": 2} if is_pair else {}
        classes = f"wp-block-gallery has-nested-images columns-{2 if is_pair else 'default'} is-cropped"
        return block(
            "gallery", {**columns, "linkTo": "none"}, f'<figure class="{classes}">{pictures}</figure>'
        )

    def image(self, found: re.Match[str]) -> str:
        """Without a file, the words under the picture are all that is left of it."""
        shown = self.shown(found["attrs"])
        caption = found["caption"]
        if shown is None:
            return block("paragraph", {}, f"<p>{caption}</p>") if caption else ""
        align = ALIGNED.get(found["side"] or "", "")
        classes = " ".join(filter(None, ["wp-block-image", align and f"align{align}", "size-full"]))
        below = f'<figcaption class="wp-element-caption">{caption}</figcaption>' if caption else ""
        facts = {"id": shown.number, "sizeSlug": "full", "linkDestination": "none"}
        facts |= {"align": align} if align else {}
        return block("image", facts, f'<figure class="{classes}">{self.img(found["attrs"])}{below}</figure>')

    def shown(self, attrs: str) -> Shown | None:
        number = dict(ATTRIBUTE.findall(attrs)).get("data-image", "")
        return self.picture(int(number)) if number else None

    def img(self, attrs: str) -> str:
        shown = self.shown(attrs)
        if shown is None:
            return ""
        alt = dict(ATTRIBUTE.findall(attrs)).get("alt", "")
        return f'<img src="{shown.address}" alt="{alt}" class="wp-image-{shown.number}"/>'


WRITERS: dict[str, Callable[[Blocks, Element], str | None]] = {
    "p": Blocks.paragraph,
    **dict.fromkeys(("h2", "h3", "h4"), Blocks.heading),
    **dict.fromkeys(("ul", "ol"), Blocks.list),
    "hr": Blocks.line,
    "pre": Blocks.preformatted,
    "blockquote": Blocks.quote,
    "table": Blocks.table,
    "figure": Blocks.figure,
}


def elements(html: str) -> Iterator[Element]:
    """The outermost elements, and what stands between them as an element without a name."""
    done = 0
    while (opening := TAG.search(html, done)) is not None:
        if between := html[done : opening.start()].strip():
            yield Element("", {}, between, between)
        name, end = opening["name"], end_of(html, opening)
        attrs = dict(ATTRIBUTE.findall(opening["attrs"]))
        inner = html[opening.end() : end - len(name) - 3]
        yield Element(name, attrs, inner, html[opening.start() : end])
        done = end
    if rest := html[done:].strip():
        yield Element("", {}, rest, rest)


def end_of(html: str, opening: re.Match[str]) -> int:
    """Where the element ends; the whole rest, if nobody has ended it."""
    name, depth = opening["name"], 1
    if opening["end"] or name in ("hr", "img", "br", "wbr"):
        return opening.end()
    if name in ("p", "h2", "h3", "h4", "pre"):
        end = html.find(f"</{name}>", opening.end())
        return len(html) if end < 0 else end + len(name) + 3
    for tag in TAG.finditer(html, opening.end()):
        if tag["name"] == name:
            depth += -1 if tag["end"] else 1
        if not depth:
            return tag.end()
    return len(html)


def of_list(tag: re.Match[str]) -> str:
    name, attrs = tag["name"], dict(ATTRIBUTE.findall(tag["attrs"]))
    if name == "li":
        return "</li><!-- /wp:list-item -->" if tag["end"] else "<!-- wp:list-item --><li>"
    if name not in ("ul", "ol"):
        return tag[0]
    if tag["end"]:
        return f"</{name}><!-- /wp:list -->"
    facts: dict[str, object] = {"ordered": True} if name == "ol" else {}
    facts |= {"reversed": True} if "reversed" in attrs else {}
    facts |= {"start": int(attrs["start"])} if "start" in attrs else {}
    return f'{opened("list", facts)}<{name}{tag["attrs"]} class="wp-block-list">'


def embed(address: str, html: str) -> str:
    wrapper = f'<div class="wp-block-embed__wrapper">\n{html}\n</div>'
    return block("embed", {"url": address}, f'<figure class="wp-block-embed">{wrapper}</figure>')


def block(name: str, facts: dict[str, object], html: str) -> str:
    return f"{opened(name, facts)}\n{html}\n<!-- /wp:{name} -->"


def opened(name: str, facts: dict[str, object]) -> str:
    """As WordPress writes attributes, so that none of them ends the comment."""
    text = json.dumps(facts, separators=(",", ":"), ensure_ascii=False) if facts else ""
    for sign in ("--", "<", ">", "&"):
        text = text.replace(sign, "".join(f"\\u{ord(each):04x}" for each in sign))
    return f"<!-- wp:{name} {text} -->" if text else f"<!-- wp:{name} -->"
