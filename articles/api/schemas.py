"""The shapes of answers. A field that is here stays, with its type: programs are built on it."""

import datetime
from typing import Annotated
from uuid import UUID

from ninja import Field, Schema
from pydantic import AfterValidator, AwareDatetime


def without_nul(text: str) -> str:
    if "\x00" in text:
        raise ValueError("NUL is no character of a text.")
    return text


# Databases take no NUL.
Text = Annotated[str, AfterValidator(without_nul)]


def of_the_calendar(moment: datetime.datetime) -> datetime.datetime:
    # Computing with years far from ours leaves the calendar.
    if not 1000 < moment.year < 9000:
        raise ValueError("Name a time of this millennium or the last.")
    return moment


Time = Annotated[AwareDatetime, AfterValidator(of_the_calendar)]


def said(example, description: str = "", **more):
    return Field(examples=[example], description=description or None, **more)


class Problem(Schema):
    field: str = said("headline", "The field in which it can be mended; empty if it is none.")
    message: str = said("Write a headline.")


class Error(Schema):
    detail: str = said("Write a headline.", "What is wrong, in a sentence.")
    problems: list[Problem] = []


class SectionName(Schema):
    path: str = said("world/asia", "Its address: one word, or two of a subsection.")
    name: str = said("Asia")
    url: str = said("https://news.example.org/world/asia/")


class Section(SectionName):
    description: str = said("What happens between the Bosphorus and the Pacific.")
    parent: str | None = said("world", "The section of which it is a part.")


class TagName(Schema):
    slug: str = said("coast")
    name: str = said("coast")
    url: str = said("https://news.example.org/tag/coast/")


class Tag(TagName):
    description: str = said("The sea, and what it takes.")
    is_series: bool = said(False)


class AuthorName(Schema):
    slug: str = said("mara-ellis")
    name: str = said("Mara Ellis")
    url: str = said("https://news.example.org/author/mara-ellis/")


class Byline(AuthorName):
    role: str = said("Photographs by", "What this person did; empty for the text.")


class Picture(Schema):
    id: int = said(812)
    url: str = said("https://news.example.org/media/renditions/0/h812-k3/1536x1024.jpg")
    width: int = said(1536)
    height: int = said(1024)
    alt: str = said("A harbour at dusk", "What it shows; empty if it is only decoration.")
    caption: str = said("The harbour of Port Ansel.")
    credit: str = said("Photograph: Ana Lind")


class Image(Picture):
    copyright: str = said("© Ana Lind")
    licence: str = said("CC BY 4.0")


class Author(AuthorName):
    role: str = said("Science editor")
    biography: str = said("Mara Ellis writes about the sea.")
    links: list[str] = said(["https://example.org/mara"])
    portrait: Picture | None


class ArticleInList(Schema):
    id: UUID = said("7b0ce4a2-4f0f-4a54-93ac-5d0b5b3bb7a1", "It never changes.")
    url: str = said("https://news.example.org/2026/11/28/the-wall/", "Where readers find it.")
    api_url: str = said(
        "https://news.example.org/api/v1/articles/7b0ce4a2-4f0f-4a54-93ac-5d0b5b3bb7a1", "The whole article."
    )
    headline: str = said("The wall")
    kicker: str = said("Coast")
    standfirst: str = said("Engineers say the line on the map is moving faster than the money.")
    excerpt: str = said("The wall is four metres high and eleven kilometres long.")
    language: str = said("en-gb")
    direction: str = said("ltr", "ltr or rtl.")
    kind: str = said("news", "news, opinion, review, interview, explainer or pictures.")
    published_at: datetime.datetime = said("2026-11-28T12:00:00Z")
    updated_at: datetime.datetime = said("2026-11-28T14:30:00Z", "When readers last got something new of it.")
    section: SectionName
    authors: list[Byline]
    tags: list[TagName]
    lead_image: Picture | None
    word_count: int = said(640)
    reading_minutes: int = said(3)


class Heading(Schema):
    id: str = said("what-it-costs", "The heading's id in the HTML.")
    heading: str = said("What it costs")


class Correction(Schema):
    kind: str = said("correction", "correction, update or clarification.")
    text: str = said("The wall is four metres high, not five.")
    at: datetime.datetime = said("2026-11-28T14:30:00Z")


class Article(ArticleInList):
    html: str = said("<p>The wall is four metres high.</p>", "The body, all addresses in it whole.")
    reviewed: str = said("The Tide, by Ada Lowe", "What a review is about; empty if it is none.")
    rating: int | None = said(4, "A review's stars of five; null without any.")
    contents: list[Heading]
    corrections: list[Correction]
    canonical_url: str = said("https://example.org/the-wall", "Where it was first published; empty if here.")


class PageInList(Schema):
    path: str = said("about/team")
    title: str = said("The team")
    url: str = said("https://news.example.org/about/team/")
    language: str = said("en-gb")
    updated_at: datetime.datetime = said("2026-11-28T14:30:00Z")


class Page(PageInList):
    html: str = said("<p>We print what we know.</p>")


class Following(Schema):
    next: str | None = said(
        "https://news.example.org/api/v1/articles?cursor=MjAyNi0x",
        "The address of the next page; null on the last.",
    )


class Articles(Following):
    items: list[ArticleInList]


class Sections(Following):
    items: list[Section]


class Tags(Following):
    items: list[Tag]


class Authors(Following):
    items: list[Author]


class Images(Following):
    items: list[Image]


class Pages(Following):
    items: list[PageInList]
