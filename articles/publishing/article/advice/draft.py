"""What is advised on, read once for all pieces of advice."""

from dataclasses import dataclass
from functools import cached_property

from articles.body.blocks import Block
from articles.body.sanitiser import blocks_of
from articles.body.text import leaves
from articles.models import Image
from articles.publishing.article.content.content import Content


@dataclass(frozen=True)
class Advice:
    """A sentence for whoever writes, and the field of the form that it is about. `about` tells the fault from
    others of its kind where the sentence does not: the same one in another version has the same."""

    field: str
    sentence: str
    about: str = ""
    # The word that may be confirmed as meant.
    leftover: str = ""

    @property
    def fault(self) -> tuple[str, str]:
        return self.field, self.leftover or self.about or self.sentence


class Draft:
    """A content, its body in blocks, and its lead picture. `language` is that of the article, or else that of
    the paper."""

    def __init__(self, content: Content, language: str) -> None:
        self.content = content
        self.language = language

    @cached_property
    def blocks(self) -> list[Block]:
        return blocks_of(self.content.body)[0]

    @cached_property
    def leaves(self) -> list[Block]:
        """Headings, paragraphs and captions."""
        return list(leaves(self.blocks))

    @cached_property
    def lead(self) -> Image | None:
        """The lead picture."""
        number = self.content.lead_image_id
        return Image.objects.filter(pk=number).first() if number else None

    @cached_property
    def meant(self) -> frozenset[str]:
        """Words that look as if they had been left by mistake, and that are said to be meant."""
        return frozenset(filter(None, (word.strip() for word in self.content.meant.split(","))))
