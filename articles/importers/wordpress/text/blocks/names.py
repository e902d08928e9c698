"""What becomes of each block, by its name. Of most the HTML stays as it is: the sanitiser knows what to do
with the elements, and takes away those that only lay them out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from itertools import chain

from articles.body.incoming.characters import unescaped
from articles.importers.wordpress.text.elements.galleries import (
    asked_gallery,
    figure,
    gallery_of,
    read_gallery,
)
from articles.importers.wordpress.text.markup import (
    FOOTNOTES,
    TOKEN,
    attributes,
    classic,
    element,
    elements_in,
    tag,
)
from articles.importers.wordpress.text.resolver import GalleryRequest, Resolver
from articles.importers.wordpress.text.result import Findings, Kind

from .delimiters import Delimiter

# The server filled these from the database or the theme. What is in them is a template, no text of the story.
DYNAMIC = frozenset(
    """spacer archives calendar categories search loginout navigation navigation-link navigation-submenu
    home-link page-list page-list-item rss tag-cloud latest-posts latest-comments avatar query comments
    term-description read-more pattern legacy-widget widget-group post-comments comment-template breadcrumbs
    syndication""".split()
)
DYNAMIC_BEGINNINGS = ("post-", "query-", "comment-", "comments-", "site-", "woocommerce/", "contact-form-7/")
FORMS = frozenset(
    "jetpack/contact-form jetpack/mailchimp jetpack/subscriptions wpforms/form-selector".split()
)
# What these show is in the text, so an empty one loses nothing.
STATIC = frozenset(
    """paragraph heading list list-item quote pullquote group columns column buttons button table row stack
    separator missing more nextpage html code preformatted media-text details accordion accordion-item
    accordion-heading accordion-panel text-columns subhead section""".split()
)
SOMETHING = re.compile(r"<(?:img|hr|video|audio|iframe|embed|object)\b", re.IGNORECASE)
BACKGROUND = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)")
ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
CLASS_OF_IMAGE = re.compile(r"\bwp-image-\d")


@dataclass(frozen=True, slots=True)
class Context:
    resolver: Resolver
    findings: Findings


def converted(block: Delimiter, inner: str, context: Context) -> str:
    name = block.name
    if name in DYNAMIC or name in FORMS or name.startswith(DYNAMIC_BEGINNINGS):
        context.findings.leave_out(Kind.BLOCK, name, block.text)
        return ""
    if name in CONVERTERS:
        return CONVERTERS[name](block, inner, context)
    if name not in STATIC and not _shows_something(inner):
        context.findings.leave_out(Kind.BLOCK, name, block.text)
        return ""
    return inner


def _shows_something(inner: str) -> bool:
    """The first word is enough: what is around it may be looked at once more for each block around that."""
    done = 0
    for token in TOKEN.finditer(inner):
        if inner[done : token.start()].strip() or SOMETHING.match(token[0]):
            return True
        done = token.end()
    return bool(inner[done:].strip())


def embed(block: Delimiter, inner: str, context: Context) -> str:
    """The address on a line of its own, and the caption below it."""
    caption = next(elements_in(inner, "figcaption"), None)
    found = ADDRESS.search(inner, 0, caption.start if caption else len(inner))
    address = unescaped(found[0]) if found else str(block.attrs.get("url", ""))
    if not address.lower().startswith(("http://", "https://")):
        return inner
    return element("p", {}, escape(address)) + (element("p", {}, caption.inner) if caption else "")


def file(block: Delimiter, inner: str, context: Context) -> str:
    """A link to the file by its name. Beside that, the button says nothing."""
    links = [link for link in elements_in(inner, "a") if link.attrs.get("href")]
    named = [link for link in links if "wp-block-file__button" not in link.attrs.get("class", "")]
    address = str(block.attrs.get("href", "")) or next((link.attrs["href"] for link in links), "")
    if not address:
        return inner
    link = (named or links or [None])[0]
    attrs = {"href": link.attrs["href"] if link else address, "data-document": str(block.attrs.get("id", ""))}
    return element("p", {}, element("a", attrs, link.inner if link else ""))


def cover(block: Delimiter, inner: str, context: Context) -> str:
    """The picture in the background, then what stood on it."""
    if "<img" in inner.partition("__inner-container")[0] or "<video" in inner:
        return inner
    address = str(block.attrs.get("url", ""))
    first = TOKEN.search(inner)
    background = BACKGROUND.search(attributes(first[0]).get("style", "")) if first else None
    address = address or (background[1] if background else "")
    if not address:
        return inner
    alt, number = (str(block.attrs.get(name, "")) for name in ("alt", "id"))
    return element("figure", {}, tag("img", {"src": address, "alt": alt, "data-id": number})) + inner


def image(block: Delimiter, inner: str, context: Context) -> str:
    number = block.attrs.get("id")
    if not number or CLASS_OF_IMAGE.search(inner):
        return inner
    return inner.replace("<img ", f'<img data-id="{escape(str(number))}" ', 1)


def player(block: Delimiter, inner: str, context: Context) -> str:
    number = str(block.attrs.get("id", ""))
    beginning = f"<{block.name}"
    return inner.replace(beginning, f'{beginning} data-id="{number}"', 1) if number.isdecimal() else inner


def verse(block: Delimiter, inner: str, context: Context) -> str:
    """A poem is text in lines, with emphasis and links, which a <pre> of ours does not keep."""
    poem = next(elements_in(inner, "pre"), None)
    return element("p", {}, poem.inner.strip("\n").replace("\n", "<br>")) if poem else inner


def listing(block: Delimiter, inner: str, context: Context) -> str:
    found = next(elements_in(inner, "pre"), None)
    return f"<pre><code>{found.inner}</code></pre>" if found else inner


def social_link(block: Delimiter, inner: str, context: Context) -> str:
    attrs = block.attrs
    address = str(attrs.get("url", ""))
    if not address:
        return ""
    service = str(attrs.get("service", "")).replace("-", " ").capitalize()
    label = str(attrs.get("label") or "") or service or address
    return element("li", {}, element("a", {"href": address}, escape(label)))


def social_links(block: Delimiter, inner: str, context: Context) -> str:
    return inner if "<ul" in inner else element("ul", {}, inner)


def gallery_block(block: Delimiter, inner: str, context: Context) -> str:
    pictures, caption = read_gallery(inner)
    below = element("p", {}, caption) if caption else ""
    if pictures:
        columns = block.attrs.get("columns")
        return gallery_of([figure(picture) for picture in pictures], columns) + below
    ids = tuple(str(number) for number in block.attrs.get("ids") or [] if str(number).isdecimal())
    asked = asked_gallery(GalleryRequest(ids), context.resolver, context.findings) if ids else ""
    return asked + below


def in_lines(block: Delimiter, inner: str, context: Context) -> str:
    """What was typed as in the classic editor."""
    return classic(inner)


def footnotes(block: Delimiter, inner: str, context: Context) -> str:
    return FOOTNOTES


Converter = Callable[[Delimiter, str, Context], str]
CONVERTERS: dict[str, Converter] = dict(
    chain(
        dict.fromkeys(["embed"], embed).items(),
        dict.fromkeys(["freeform", "classic", "shortcode"], in_lines).items(),
        dict.fromkeys(["cover", "cover-image"], cover).items(),
        dict.fromkeys(["gallery", "jetpack/tiled-gallery", "jetpack/slideshow"], gallery_block).items(),
        {
            "file": file,
            "footnotes": footnotes,
            "audio": player,
            "video": player,
            "image": image,
            "social-link": social_link,
            "social-links": social_links,
            "syntaxhighlighter/code": listing,
            "verse": verse,
        }.items(),
    )
)

# Of these, all that is in one is read. The editor of WordPress puts none of them into another of its kind.
READ_WHOLE = (embed, file, gallery_block, listing, verse)
OF_ITS_KIND = {
    name: tuple(other for other, convert in CONVERTERS.items() if convert is converter)
    for name, converter in CONVERTERS.items()
    if converter in READ_WHOLE
}
