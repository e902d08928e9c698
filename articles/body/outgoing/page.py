"""The body as readers get it, made once, when an article is saved or published.

Its pictures are placeholders until a page is rendered; see placeholders.py.
"""

from collections.abc import Collection
from dataclasses import dataclass, field

from articles.body.blocks import Block, Link, Run, ids_of
from articles.body.boxes import FACTS, heading_of, is_box
from articles.body.embeds import Embed
from articles.body.figures import DECORATIVE, GALLERY, is_group
from articles.body.links import is_external
from articles.body.sanitiser import blocks_of, stored
from articles.body.statistics import measure
from articles.body.text import embed_of, excerpt_of, text_of
from articles.body.writing import Writer, element, escaped

from .parts import CONTENTS_FROM, Part, Stored, number, parts_of
from .placeholders import placeholder

# Where a figure stands → the role of its picture.
ROLE_AT = {"wide": "figure-wide", "start": "figure-side", "end": "figure-side"}

# To be raised whenever a body that has not changed is prepared in another way than before: rows remember with
# which version they were prepared, and `manage.py prepare` finds those that another one has made.
PREPARATION = 9
# A fact box of at most so many letters stands beside the text where there is room for both.
MOST_BESIDE = 600


@dataclass(frozen=True, slots=True)
class Words:
    """What the page itself says, in English; a page in another language passes its own to prepare()."""

    table: str = "Table"
    gallery: str = "Pictures"
    facts: str = "Facts"
    summary: str = "In brief"
    embed_note: str = "Shown by {provider} after you tap; it may then set cookies."
    # "Watch on {provider}" and so on → the same, translated.
    labels: dict[str, str] = field(default_factory=dict)

    def label(self, embed: Embed) -> str:
        pattern = embed.label.replace(embed.provider, "{provider}")
        return self.labels.get(pattern, pattern).format(provider=embed.provider)


@dataclass(frozen=True, slots=True)
class Prepared:
    html: str
    # Every h2, whether or not there are enough for a contents list.
    parts: tuple[Part, ...]
    word_count: int
    reading_minutes: int
    excerpt: str

    @property
    def contents(self) -> tuple[Part, ...]:
        return self.parts if len(self.parts) >= CONTENTS_FROM else ()


def prepare(
    html: str,
    *,
    language: str,
    site_hosts: Collection[str] = (),
    words: Words | None = None,
) -> Prepared:
    """`site_hosts` are the paper's own host names; links to any other are marked as external."""
    blocks = _sanitised_blocks(html)
    number(blocks)
    writer = PageWriter(frozenset(host.lower() for host in site_hosts), words or Words(), set(ids_of(blocks)))
    page = writer.write(blocks)
    length = measure(text_of(blocks))
    return Prepared(
        html=page,
        parts=parts_of(blocks),
        word_count=length.total,
        reading_minutes=length.minutes(language),
        excerpt=excerpt_of(blocks),
    )


def _sanitised_blocks(html: str) -> list[Block]:
    """Sanitised again: what reaches readers must not depend on how it reached the database. What that leaves
    as it was, as nearly always, has been read already; what was sanitised just now, brings its blocks."""
    if isinstance(html, Stored) and (blocks := html.take_blocks()) is not None:
        return blocks
    blocks, _ = blocks_of(html)
    if isinstance(html, Stored) or (clean := stored(blocks)) == html:
        return blocks
    return blocks_of(clean)[0]


class PageWriter(Writer):
    def __init__(self, site_hosts: Collection[str], words: Words, ids: set[str]) -> None:
        super().__init__()
        self.site_hosts = site_hosts
        self.words = words
        self.ids = ids

    def paragraph(self, block: Block) -> str:
        embed = embed_of(block)
        if embed:
            return self.facade(embed)
        html = super().paragraph(block)
        return html.replace("<p", '<p class="question"', 1) if is_question(block) else html

    def block(self, block: Block) -> str:
        return self.box(block) if is_box(block) else super().block(block)

    def box(self, box: Block) -> str:
        """Under its own heading, or else under the word for what it is."""
        kind = box.attrs["class"]
        name = self.free_id(kind)
        own = heading_of(box)
        heading = own.runs if own else [Run(self.words.facts if kind == FACTS else self.words.summary)]
        rest = box.children[1:] if own else box.children
        inner = element("h2", {"id": name} | (own.attrs if own else {}), self.inline(heading))
        attrs = {"class": f"{kind} facts--beside" if is_beside(box) else kind, "aria-labelledby": name}
        return element("aside", attrs, inner + "".join(map(self.block, rest)))

    def facade(self, embed: Embed) -> str:
        link = element(
            "a",
            {"class": "embed__link", "href": embed.url, "rel": "noopener external"},
            element("span", {"class": "embed__provider"}, embed.provider)
            + " "
            + element("span", {"class": "embed__label"}, escaped(self.words.label(embed))),
        )
        if not embed.frame_url:
            return element("figure", {"class": "embed embed--card"}, link)
        attrs = {
            "class": "embed",
            "data-frame": embed.frame_url,
            "data-ratio": embed.ratio,
            "data-title": embed.provider,
        }
        note = escaped(self.words.embed_note.format(provider=embed.provider))
        return element("figure", attrs, link + element("figcaption", {"class": "embed__note"}, note))

    def figure(self, block: Block) -> str:
        return self.group(block) if is_group(block) else self.picture(block, self.role_of(block))

    def group(self, block: Block) -> str:
        """A gallery scrolls sideways on a phone, also by keyboard. Where two pictures stand beside each
        other, the last one of an odd number has the whole width."""
        kind, figures = block.attrs["class"], block.children
        roles = [f"figure-{kind}"] * len(figures)
        if len(figures) % 2:
            roles[-1] = "figure"
        attrs = {"class": kind}
        if kind == GALLERY:
            attrs |= {"role": "group", "tabindex": "0", "aria-label": self.words.gallery}
        return element("figure", attrs, "".join(map(self.picture, figures, roles)))

    def role_of(self, block: Block) -> str:
        return ROLE_AT.get(block.attrs.get("class", ""), "figure")

    def picture(self, block: Block, role: str) -> str:
        image, side = block.children[0], block.attrs.get("class", "")
        # An empty alt text is one nobody wrote, so the image's own says more; unless somebody has said that
        # the picture needs none.
        alt = image.attrs.get("alt") or ("" if DECORATIVE in image.attrs else None)
        picture = placeholder(int(image.attrs["data-image"]), role, alt)
        caption = "".join(map(self.caption, block.children[1:]))
        return element("figure", {"class": f"figure figure--{side}" if side else "figure"}, picture + caption)

    def caption(self, block: Block) -> str:
        credit = [run for run in block.runs if "cite" in run.marks]
        told = [run for run in block.runs if "cite" not in run.marks]
        parts = [self.inline(told).strip()] if told else []
        if credit:
            bare = [Run(run.text, run.marks - {"cite"}, run.link) for run in credit]
            parts.append(element("span", {"class": "credit"}, self.inline(bare).strip()))
        return element("figcaption", {}, " ".join(parts))

    def table(self, block: Block) -> str:
        """A table that scrolls sideways where it is too wide, also by keyboard."""
        attrs = {"class": "table", "role": "region", "tabindex": "0"}
        if block.children[0].tag == "caption":
            attrs["aria-labelledby"] = self.free_id("table")
            block.children[0].attrs["id"] = attrs["aria-labelledby"]
        else:
            attrs["aria-label"] = self.words.table
        return element("div", attrs, super().table(block))

    def preformatted(self, block: Block) -> str:
        """Lines that scroll sideways where they are too long, also by keyboard."""
        return super().preformatted(block).replace("<pre", '<pre tabindex="0"', 1)

    def free_id(self, stem: str) -> str:
        number = 1
        while f"{stem}-{number}" in self.ids:
            number += 1
        self.ids.add(f"{stem}-{number}")
        return f"{stem}-{number}"

    def link_attrs(self, link: Link) -> dict[str, str]:
        attrs = super().link_attrs(link)
        if is_external(link.href, self.site_hosts):
            attrs["rel"] = "noopener external"
        return attrs


def is_question(block: Block) -> bool:
    """A paragraph that is bold from its first word to its last, as questions of an interview are written."""
    return bool(block.runs) and all("strong" in run.marks for run in block.runs if run.text.strip())


def is_beside(box: Block) -> bool:
    """Whether the box is short enough, and holds nothing that needs the width of the column."""
    is_narrow = not any(child.tag in ("figure", "table", "pre") for child in box.children)
    return box.attrs["class"] == FACTS and is_narrow and len(text_of([box])) <= MOST_BESIDE
