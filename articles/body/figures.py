"""Figures: one picture, its caption with the credit in a <cite>, its place in the column; groups of them."""

import re
from dataclasses import replace

from .blocks import Block, joined, merged, without_start

# The attribute of a picture of which somebody has said that it needs no alt text.
DECORATIVE = "data-decorative"
# The classes of a figure that holds figures and nothing else: two or more, and two that belong beside each
# other.
GALLERY, PAIR = GROUPS = ("gallery", "pair")

DASH = re.compile(r"[ \xa0—–―]*")


def figures(blocks: list[Block], container: Block) -> list[Block]:
    """Every picture stands in a figure of its own; a figure without one is what it holds."""
    if container.tag == "figure":
        return blocks
    result: list[Block] = []
    for block in blocks:
        if block.tag == "img":
            result.append(_figure(block, {}))
        elif block.tag == "figure":
            result += _group(block) if is_group(block) else _resolved(block)
        else:
            result.append(block)
    return result


def is_group(block: Block) -> bool:
    return block.tag == "figure" and block.attrs.get("class") in GROUPS


def _group(group: Block) -> list[Block]:
    """Two pictures or more, each in a figure. What else was in it, its caption too, stands after it. More
    than two are no pair but a gallery."""
    blocks = figures(group.children, Block("body"))
    inner = [child for block in blocks for child in (block.children if is_group(block) else [block])]
    pictures = [Block("figure", children=block.children) for block in inner if block.tag == "figure"]
    others = [block for block in inner if block.tag != "figure"]
    after = [Block("p", runs=block.runs) if block.tag == "figcaption" else block for block in others]
    if len(pictures) < 2:
        return pictures + after
    kind = GALLERY if len(pictures) > 2 else group.attrs["class"]
    return [Block("figure", {"class": kind}, pictures), *after]


def _resolved(figure: Block) -> list[Block]:
    pictures = [child for child in figure.children if child.tag == "img"]
    captions = [child for child in figure.children if child.tag == "figcaption"]
    rest = [child for child in figure.children if child.tag not in ("img", "figcaption")]
    if not pictures:
        return _without_picture(figures(rest, Block("body")), captions)
    if not captions and len(rest) == 1 and rest[0].tag == "p":
        captions, rest = rest, []
    made = [_figure(picture, figure.attrs) for picture in pictures]
    if captions:
        made[-1].children.append(Block("figcaption", runs=joined(captions)))
    return made + figures(rest, Block("body"))


def _figure(picture: Block, attrs: dict[str, str]) -> Block:
    side = attrs or ({"class": picture.hint} if picture.hint else {})
    return Block("figure", dict(side), [replace(picture, hint="")])


def _without_picture(rest: list[Block], captions: list[Block]) -> list[Block]:
    """A figure around a table or a quotation: its caption is the table's caption, the quotation's source."""
    if len(rest) == 1 and captions:
        runs = joined(captions)
        if rest[0].tag == "table" and not any(child.tag == "caption" for child in rest[0].children):
            rest[0].children.insert(0, Block("caption", runs=runs))
            return rest
        if rest[0].tag == "blockquote":
            cited = merged(replace(run, marks=run.marks | {"cite"}) for run in runs)
            rest[0].children.append(source(Block("p", runs=cited)))
            return rest
    return rest + [Block("p", runs=caption.runs) for caption in captions]


def source(block: Block) -> Block:
    """A quotation's source without the dash before it: `— <cite>Name</cite>` or `<cite>— Name</cite>`."""
    named = [run for run in block.runs if "cite" in run.marks]
    dash = DASH.match(block.text)
    others = block.runs[: len(block.runs) - len(named)]
    if not named or dash is None or named != block.runs[len(others) :]:
        return block
    if len("".join(run.text for run in others)) > dash.end() or dash.end() == len(block.text):
        return block
    return replace(block, runs=without_start(block.runs, dash.end()))
