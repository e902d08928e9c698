"""One walk over the tags of a text, which writes those anew that mean something else here than on the old
site. Text between them stays as it is."""

import re
from collections.abc import Callable

from articles.importers.wordpress.text.addresses import OldSite, absolute
from articles.importers.wordpress.text.markup import TOKEN, attributes, element, opening_of, tag
from articles.importers.wordpress.text.options import Words
from articles.importers.wordpress.text.resolver import Resolver
from articles.importers.wordpress.text.result import Findings, Kind

from .foreign_code import shown_by, shown_by_script
from .links import Links
from .media import Media, described
from .opened import OpenFigure, OpenLink
from .pictures import Pictures, Shown
from .skipping import SKIPPED, Skipped, in_place_of

NOTHING_BUT_END = re.compile(r"\s*(?:<br\b[^<>]*>\s*)?</a", re.IGNORECASE)
ACRONYM = re.compile("acronym", re.IGNORECASE)
MAYBE_FILLED = re.compile(r"\b(?:data-instgrm-permalink|data-href|data-src|cite)\b", re.IGNORECASE)
KEPT_OF_LINK = ("id", "name")


def rewritten(
    html: str, *, site: OldSite, address: str, resolver: Resolver, findings: Findings, words: Words
) -> str:
    """`address` is where the text stood, for links and pictures that are relative to it."""
    links = Links(site, address, resolver, findings)
    pictures = Pictures(site, address, resolver, findings, words)
    media = Media(links, resolver, findings, words)
    return _Rewriting(html, links, pictures, media, findings).run()


class _Rewriting:
    def __init__(self, html: str, links: Links, pictures: Pictures, media: Media, findings: Findings) -> None:
        self.html = html
        self.links = links
        self.pictures = pictures
        self.media = media
        self.findings = findings
        self.out: list[str] = []
        self.link: OpenLink | None = None
        self.figures: list[OpenFigure] = []
        self.skipped: Skipped | None = None
        lower = html.lower() if "<" in html else ""
        self.last_end = {name: lower.rfind(f"</{name}") for name in (*SKIPPED, "blockquote")}
        # A heading of level 1 is the article's own. The others go down with it if they stood below it.
        self.is_shifted = "<h1" in lower and "<h2" in lower

    def run(self) -> str:
        done = 0
        for token in TOKEN.finditer(self.html):
            self.text(self.html[done : token.start()])
            done = _end_of(self.html, token)
            name = (token["raw"] or token["name"] or "").lower()
            if self.skipped:
                self.skip(self.skipped, token)
            elif name in HANDLERS:
                self.out.append(HANDLERS[name](self, token))
            else:
                self.out.append(token[0])
        self.text(self.html[done:])
        return "".join(self.out)

    def text(self, text: str) -> None:
        if text and not self.skipped:
            if self.link and not text.isspace():
                self.link.has_text = True
            self.out.append(text)

    # Links

    def a(self, token: re.Match[str]) -> str:
        if token["end"]:
            return self.end_link()
        before = self.end_link() if self.link else ""
        attrs = attributes(token[0])
        href = attrs.get("href", "")
        if self.figures and self.figures[-1].is_in_link:
            self.figures[-1].is_in_link = False
            before += "</a>"
        if not href:
            return before + token[0]
        if "data-document" in attrs:
            return before + self.document_link(href, attrs["data-document"])
        target = self.links.target(href)
        self.link = OpenLink(target)
        self.link.is_of_picture = self.is_around_picture(token) and self.links.is_of_picture(
            href, attrs.get("rel", "")
        )
        kept = {name: attrs[name] for name in KEPT_OF_LINK if attrs.get(name)}
        return before + (tag("a", {"href": target, **kept}) if target is not None else "")

    def is_around_picture(self, token: re.Match[str]) -> bool:
        return "<img" in self.html[token.end() : token.end() + 40].lower()

    def document_link(self, href: str, attachment: str) -> str:
        document = self.media.document(absolute(href, self.links.address), attachment)
        self.link = OpenLink(document.address, described(document))
        return tag("a", {"href": document.address})

    def end_link(self) -> str:
        link, self.link = self.link, None
        if link is None:
            return "</a>"
        return link.end(self.media.words.download)

    # Figures and pictures

    def img(self, token: re.Match[str]) -> str:
        shown = self.pictures.shown(attributes(token[0]), in_link=bool(self.link and self.link.href))
        if not shown.is_picture:
            if self.link and shown.html:
                self.link.has_text = True
            return shown.html
        href = self.way_on(token)
        if self.figures:
            figure = self.figures[-1]
            figure.href, figure.alt = href, shown.alt
            figure.credit = figure.credit or shown.credit
            return shown.html
        return self.in_figure(shown, href) if href or shown.credit else shown.html

    def way_on(self, token: re.Match[str]) -> str:
        """Where the link around a picture leads, if only the picture is in it and it leads elsewhere."""
        link = self.link
        if link is None or link.href is None or link.is_of_picture or link.has_text:
            return ""
        return link.href if NOTHING_BUT_END.match(self.html, token.end()) else ""

    def in_figure(self, shown: Shown, href: str) -> str:
        return element("figure", {}, shown.html + OpenFigure(href, shown.alt, shown.credit).caption())

    def figure(self, token: re.Match[str]) -> str:
        if not token["end"]:
            self.figures.append(OpenFigure())
            return token[0]
        return (self.figures.pop().caption() if self.figures else "") + token[0]

    def figcaption(self, token: re.Match[str]) -> str:
        figure = self.figures[-1] if self.figures else None
        if figure is None:
            return token[0]
        if not token["end"]:
            figure.is_in_link = bool(figure.href)
            return token[0] + (tag("a", {"href": figure.href}) if figure.href else "")
        html = ("</a>" if figure.is_in_link else "") + (f" {figure.cited()}" if figure.credit else "")
        self.figures[-1] = OpenFigure()
        return html + token[0]

    # Headings

    def heading(self, token: re.Match[str]) -> str:
        at = 2 if not token["end"] else 3
        level = int(token[0][at])
        moved = level + 1 if level == 1 or self.is_shifted else level
        return f"{token[0][:at]}{min(moved, 6)}{token[0][at + 1 :]}"

    # Words

    def summary(self, token: re.Match[str]) -> str:
        return "</strong></p>" if token["end"] else "<p><strong>"

    def deleted(self, token: re.Match[str]) -> str:
        """Readers saw these words struck through, so they are not those that a program has kept from them."""
        return "</s>" if token["end"] else "<s>"

    def acronym(self, token: re.Match[str]) -> str:
        return ACRONYM.sub("abbr", token[0], count=1)

    # What can't be shown in place

    def iframe(self, token: re.Match[str]) -> str:
        if token["end"]:
            return ""
        attrs = attributes(opening_of(token[0]))
        # A post of the old kind, which stands as a link before its frame.
        if "wp-embedded-content" in attrs.get("class", ""):
            return ""
        address = attrs.get("src") or attrs.get("data-src", "")
        return self.media.frame(address, attrs.get("title", ""))

    def embed(self, token: re.Match[str]) -> str:
        return self.media.frame(attributes(token[0]).get("src", ""))

    def dropped(self, token: re.Match[str]) -> str:
        return ""

    def script(self, token: re.Match[str]) -> str:
        if not token["raw"]:
            return ""
        address = shown_by_script(attributes(opening_of(token[0])).get("src", ""))
        if address:
            return self.media.frame(address)
        self.findings.leave_out(Kind.ELEMENT, "script", token[0])
        return ""

    def box(self, token: re.Match[str]) -> str:
        """An element that a script of another site would have filled."""
        shown = None if token["end"] or not MAYBE_FILLED.search(token[0]) else shown_by(attributes(token[0]))
        if shown is None:
            return token[0]
        name = token["name"].lower()
        if shown.is_whole and token.start() < self.last_end.get(name, -1):
            self.skipped = Skipped(name, {"src": shown.address})
            return ""
        return self.media.frame(shown.address) + token[0]

    def begin_skipping(self, token: re.Match[str]) -> str:
        if token["end"]:
            return ""
        skipped = Skipped(token["name"].lower(), attributes(token[0]))
        if token.start() > self.last_end[skipped.name]:
            return in_place_of(skipped, self.media, self.pictures, self.findings)
        self.skipped = skipped
        return ""

    def skip(self, skipped: Skipped, token: re.Match[str]) -> None:
        skipped.see(token)
        if skipped.is_over:
            self.skipped = None
            self.out.append(in_place_of(skipped, self.media, self.pictures, self.findings))


def _end_of(html: str, token: re.Match[str]) -> int:
    """The token of a script or frame ends before the sign that ends its last tag."""
    sign = html.find(">", token.end()) if token["raw"] else -1
    return token.end() if sign < 0 else sign + 1


HANDLERS: dict[str, Callable[[_Rewriting, re.Match[str]], str]] = {
    "a": _Rewriting.a,
    "img": _Rewriting.img,
    "figure": _Rewriting.figure,
    "figcaption": _Rewriting.figcaption,
    "summary": _Rewriting.summary,
    "del": _Rewriting.deleted,
    "acronym": _Rewriting.acronym,
    "iframe": _Rewriting.iframe,
    "embed": _Rewriting.embed,
    "script": _Rewriting.script,
    "blockquote": _Rewriting.box,
    "div": _Rewriting.box,
    "style": _Rewriting.dropped,
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), _Rewriting.heading),
    **dict.fromkeys(SKIPPED, _Rewriting.begin_skipping),
}
