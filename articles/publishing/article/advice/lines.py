"""Advice on the lines around the text."""

from collections.abc import Iterator

from .draft import Advice, Draft

# What search results show of a title and of a description, in letters. They cut by the width of the letters,
# so it is a measure and no limit.
TITLE, DESCRIPTION = 65, 155
# What a card on a phone shows in four lines.
HEADLINE = 110


def on_headline(draft: Draft) -> Iterator[Advice]:
    headline = draft.content.headline
    if len(headline) > HEADLINE:
        yield Advice(
            "headline", f"The headline has {len(headline)} letters; on a phone it fills more than four lines."
        )
    if len(headline) > TITLE and not draft.content.search_title:
        yield Advice(
            "search_title",
            f"Search results cut a title after about {TITLE} letters; write a shorter Title in results.",
        )


def on_search_title(draft: Draft) -> Iterator[Advice]:
    title = draft.content.search_title
    if len(title) > TITLE:
        yield Advice(
            "search_title", f"Search results cut a title after about {TITLE} letters; this has {len(title)}."
        )


def on_standfirst(draft: Draft) -> Iterator[Advice]:
    if draft.content.headline and not draft.content.standfirst:
        yield Advice("standfirst", "There is no standfirst; cards and lists show the beginning of the text.")


def on_description(draft: Draft) -> Iterator[Advice]:
    description = draft.content.search_description
    if len(description) > DESCRIPTION:
        yield Advice(
            "search_description",
            f"Search results cut a description after about {DESCRIPTION} letters; this one has"
            f" {len(description)}.",
        )


def on_tags(draft: Draft) -> Iterator[Advice]:
    if not draft.content.tags:
        yield Advice("tags", "There are no tags; readers find more on a subject by them.")


def on_bylines(draft: Draft) -> Iterator[Advice]:
    if not draft.content.bylines:
        yield Advice("bylines", "Nobody signs this article; name its author, or an author such as “Staff”.")
