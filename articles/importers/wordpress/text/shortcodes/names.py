"""What becomes of each shortcode, by its name."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from html import escape

from articles.body.incoming.characters import unescaped
from articles.importers.wordpress.text.elements.galleries import asked_gallery
from articles.importers.wordpress.text.elements.own_lines import embed_at
from articles.importers.wordpress.text.footnotes import Footnotes
from articles.importers.wordpress.text.markup import TOKEN, attributes, element, tag
from articles.importers.wordpress.text.resolver import GalleryRequest, Resolver
from articles.importers.wordpress.text.result import Findings, Kind

from .finding import Settings, Tag
from .known import ADDRESS_OF, AROUND, CODE, EMPTY, NOTES, PICTURES

SOUNDS = ("src", "mp3", "m4a", "ogg", "oga", "wav", "wma", "url")
FILMS = ("src", "mp4", "m4v", "webm", "ogv", "mov", "flv", "wmv", "url")
ADDRESS = re.compile(r"(?:https?:)?//[^\s<>\"'|]+", re.IGNORECASE)
NUMBER = re.compile(r"\d{1,18}")


@dataclass(frozen=True, slots=True)
class Context:
    resolver: Resolver
    findings: Findings
    notes: Footnotes


def converted(shortcode: Tag, content: str | None, context: Context) -> str:
    name = shortcode.name
    if name in CONVERTERS:
        return CONVERTERS[name](shortcode, content, context)
    if name in CODE:
        return code(content) if content is not None else _left_out(shortcode, context)
    if name in NOTES and content is not None:
        return context.notes.mark_of(content)
    if name in EMPTY:
        return _left_out(shortcode, context)
    if content is None:
        return embed_at(_address_in(shortcode.settings, None)) or _left_out(shortcode, context)
    if name not in AROUND:
        _left_out(shortcode, context)
    return around(shortcode, content)


def _left_out(shortcode: Tag, context: Context) -> str:
    context.findings.leave_out(Kind.SHORTCODE, shortcode.name, shortcode.text)
    return ""


def around(shortcode: Tag, content: str) -> str:
    """The words in it, below the title that readers saw; those of a button with the link it had."""
    settings = shortcode.settings
    title = settings.get("title", "heading")
    head = element("p", {}, element("strong", {}, escape(unescaped(title)))) if title else ""
    address = settings.get("url", "href", "link")
    if address and "button" in shortcode.name and "<a" not in content:
        return head + element("a", {"href": address}, content)
    return head + content


def code(content: str) -> str:
    """Some editors have escaped what stands in it, others not."""
    if "&lt;" not in content and "&gt;" not in content:
        content = content.replace("<", "&lt;").replace(">", "&gt;")
    return f"<pre><code>{content.strip(chr(10))}</code></pre>"


def caption(shortcode: Tag, content: str | None, context: Context) -> str:
    """A picture, maybe in a link, and below it the words of the setting, or those after the picture."""
    if content is None:
        return _left_out(shortcode, context)
    settings = shortcode.settings
    end = _end_of_picture(content)
    # Around anything but a picture, what is in it stays as it is.
    has_own = bool(settings.get("caption")) or not end
    words = settings.get("caption") if has_own else content[end:].strip()
    picture = content if has_own else content[:end]
    number = NUMBER.search(settings.get("id", "attachment_id"))
    if number and "wp-image-" not in picture:
        picture = picture.replace("<img ", f'<img data-id="{number[0]}" ', 1)
    if "<a " in picture and "</a" not in picture:
        picture += "</a>"
    below = element("figcaption", {}, words) if words else ""
    return element("figure", {"class": settings.get("align")}, picture.strip() + below)


def _end_of_picture(content: str) -> int:
    is_linked = has_picture = False
    end = 0
    for token in TOKEN.finditer(content):
        name = (token["name"] or "").lower()
        if name == "img":
            has_picture, end = True, token.end()
        elif name == "a":
            is_linked = not token["end"]
            if has_picture and token["end"]:
                return token.end()
        if has_picture and not is_linked:
            return end
    return end


def gallery(shortcode: Tag, content: str | None, context: Context) -> str:
    settings = shortcode.settings
    request = GalleryRequest(
        _ids(settings.get("ids", "include")),
        _ids(settings.get("exclude")),
        "".join(_ids(settings.get("id"))[:1]),
        " ".join(filter(None, [settings.get("orderby"), settings.get("order")])),
    )
    return asked_gallery(request, context.resolver, context.findings) + (content or "")


def _ids(value: str) -> tuple[str, ...]:
    return tuple(NUMBER.findall(value))


def embed(shortcode: Tag, content: str | None, context: Context) -> str:
    return _own_line(shortcode, _address_in(shortcode.settings, content), context)


def known_address(shortcode: Tag, content: str | None, context: Context) -> str:
    settings = shortcode.settings
    address = _address_in(settings, content)
    form = ADDRESS_OF[shortcode.name]
    if not address and form != "{}":
        given = settings.get("id", "poll", "video", "channel", "url", "tweet") or settings.first
        given = given or (content or "").strip()
        address = form.format(given) if re.fullmatch(r"[\w./@-]{1,200}", given) else ""
    return _own_line(shortcode, address, context)


def _address_in(settings: Settings, content: str | None) -> str:
    for value in (*settings.named.values(), *settings.others, unescaped(content or "").strip()):
        found = ADDRESS.match(value)
        if found:
            # `[youtube=https://youtu.be/x&w=640]`: what follows an address without a query is none.
            address = found[0] if "?" in found[0] else found[0].partition("&")[0]
            return f"https:{address}" if address.startswith("//") else address
    return ""


def _own_line(shortcode: Tag, address: str, context: Context) -> str:
    return element("p", {}, escape(address)) if address else _left_out(shortcode, context)


def sound(shortcode: Tag, content: str | None, context: Context) -> str:
    settings = shortcode.settings
    given = settings.get(*SOUNDS) or settings.first or _source_in(content)
    # An old player had its settings in the same word, `a.mp3|titles=…`, and several sounds: `a.mp3,b.mp3`.
    files = [file for file in given.partition("|")[0].split(",") if file]
    if not files:
        return _left_out(shortcode, context)
    return "".join(element("audio", {"src": file}) for file in files)


def film(shortcode: Tag, content: str | None, context: Context) -> str:
    settings = shortcode.settings
    address = settings.get(*FILMS) or settings.first or _source_in(content)
    if not address:
        return _left_out(shortcode, context)
    return element("video", {"src": address, "poster": settings.get("poster")})


def _source_in(content: str | None) -> str:
    tokens = TOKEN.finditer(content or "")
    sources = (attributes(token[0]).get("src", "") for token in tokens if token["name"])
    found = ADDRESS.match((content or "").strip())
    return next(filter(None, sources), found[0] if found else "")


def picture(shortcode: Tag, content: str | None, context: Context) -> str:
    """A picture of a page builder: by its address, or by the id of its attachment."""
    settings = shortcode.settings
    attrs = {"src": settings.get("src", "url"), "alt": settings.get("alt", "title_text")}
    number = settings.get("image", "image_id", "id")
    if number.isdecimal():
        attrs["data-id"] = number
    if not attrs["src"] and "data-id" not in attrs:
        return content if content is not None else _left_out(shortcode, context)
    return element("figure", {}, tag("img", attrs))


def playlist(shortcode: Tag, content: str | None, context: Context) -> str:
    settings = shortcode.settings
    ids = _ids(settings.get("ids", "include"))
    if not ids:
        return _left_out(shortcode, context)
    name = "video" if settings.get("type") == "video" else "audio"
    return "".join(element(name, {"data-id": number}) for number in ids)


Converter = Callable[[Tag, str | None, Context], str]
CONVERTERS: dict[str, Converter] = {
    **dict.fromkeys(ADDRESS_OF, known_address),
    "caption": caption,
    "wp_caption": caption,
    "gallery": gallery,
    "slideshow": gallery,
    **dict.fromkeys(PICTURES, picture),
    "embed": embed,
    "audio": sound,
    "video": film,
    "playlist": playlist,
}
