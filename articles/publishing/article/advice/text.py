"""Advice on the text itself."""

import re
from collections.abc import Iterator

from articles.body import words_of
from articles.body.blocks import HEADINGS
from articles.body.statistics import word_count

from .draft import Advice, Draft

# Words that writers leave to come back to. They count in capitals only, so “tk” in an address is none.
LEFTOVERS = re.compile(r"\b(?:TK+|TKTK|XXX+|TODO|FIXME|TBC)\b|(?i:\blorem ipsum\b)|\?\?\?+")
CODE = re.compile(r"<pre\b.*?</pre>", re.DOTALL)
SENTENCE = re.compile(r"(?<=[.!?…])[”’»“\")]*\s+")
# In words.
LONG_SENTENCE, LONG_PARAGRAPH = 45, 160
# Counted by characters there, which says nothing about the length of a sentence.
WITHOUT_SPACES = ("zh", "yue", "ja", "th", "lo", "km", "my")
FIELDS = (
    "headline",
    "kicker",
    "standfirst",
    "search_title",
    "search_description",
    "lead_caption",
    "lead_alt",
)
SHOWN = 40
IF_MEANT = "If it is meant, write it under “Meant as written”."


def on_leftovers(draft: Draft) -> Iterator[Advice]:
    texts = [(name, getattr(draft.content, name) or "") for name in FIELDS]
    # Without reading the body, because verbs hold locks meanwhile.
    lines = words_of(CODE.sub("", draft.content.body)).split("\n")
    for field, text in [*texts, *(("body", line) for line in lines)]:
        for found in LEFTOVERS.finditer(text):
            if found[0] not in draft.meant:
                where = beginning(around(text, found))
                sentence = f"“{found[0]}” still stands in {where}. {IF_MEANT}"
                yield Advice(field, sentence, leftover=found[0])


def on_long_sentences(draft: Draft) -> Iterator[Advice]:
    if draft.language.partition("-")[0] in WITHOUT_SPACES:
        return
    for block in draft.leaves:
        for sentence in SENTENCE.split(block.words) if block.tag == "p" else ():
            count = word_count(sentence)
            if count > LONG_SENTENCE:
                yield Advice("body", f"A sentence has {count} words: {beginning(sentence)}")


def on_long_paragraphs(draft: Draft) -> Iterator[Advice]:
    if draft.language.partition("-")[0] in WITHOUT_SPACES:
        return
    for block in draft.leaves:
        count = word_count(block.words) if block.tag == "p" else 0
        if count > LONG_PARAGRAPH:
            yield Advice("body", f"A paragraph has {count} words: {beginning(block.words)}")


def on_order_of_headings(draft: Draft) -> Iterator[Advice]:
    above = 1
    for block in draft.leaves:
        if block.tag not in HEADINGS:
            continue
        level = int(block.tag[1])
        if level > above + 1:
            yield Advice(
                "body",
                f"The heading {beginning(block.words)} is an h{level}, but no h{level - 1} stands above it.",
            )
        above = level


def around(text: str, found: re.Match[str]) -> str:
    start = text.rfind(" ", 0, max(found.start() - SHOWN // 2, 0)) + 1
    return text[start:]


def beginning(text: str) -> str:
    return f"“{text}”" if len(text) <= SHOWN else f"“{text[:SHOWN].rstrip()}…”"
