"""The shapes of what programs send and of what they get of the desk's side of an article."""

import datetime
from typing import Annotated, Literal
from uuid import UUID

from ninja import Schema
from pydantic import Field

from articles.api.paging import BIGGEST
from articles.api.schemas import Picture, Text, said


class Signed(Schema):
    slug: Text = said("mara-ellis", max_length=200)
    role: Text = said("Photographs by", "Empty for the text.", default="", max_length=80)


class ContentWritten(Schema):
    """What is left out stays as it is."""

    headline: Text = said("The wall", default="", max_length=300)
    slug: Text = said("the-wall", "Left empty, it is made from the headline.", default="", max_length=120)
    kicker: Text = said("Coast", default="", max_length=80)
    standfirst: Text = said("It is four metres high.", default="", max_length=5000)
    html: Text = said(
        '<p>The wall …</p><figure><img data-image="812" alt="A wall"></figure>',
        "The body. It is cleaned like what is pasted at the desk. Pictures are named by their ids.",
        default="",
    )
    section: Text | None = said("world/asia", "Its path.", default=None, max_length=200)
    authors: list[Signed] = Field([], max_length=50)
    tags: list[Annotated[Text, Field(max_length=100)]] = said(["coast"], default=[], max_length=100)
    lead_image: Annotated[int, Field(ge=1, le=BIGGEST)] | None = said(812, default=None)
    lead_alt: Text | None = said("A wall", "Null: that of the library.", default=None, max_length=500)
    lead_caption: Text | None = said("The wall.", "Null: that of the library.", default=None, max_length=2000)
    lead_credit: Text | None = said("Ana Lind", "Null: that of the library.", default=None, max_length=200)
    language: Text = said("en-gb", default="", max_length=12)
    direction: Literal["auto", "ltr", "rtl"] = "auto"
    kind: Literal["news", "opinion", "review", "interview", "explainer", "pictures"] = "news"
    reviewed: Text = said("The Tide, by Ada Lowe", "Of a review.", default="", max_length=200)
    rating: Annotated[int, Field(ge=1, le=5)] | None = said(4, "Stars of a review.", default=None)
    search_title: Text = said("The wall of Port Ansel", default="", max_length=200)
    search_description: Text = said("How high it is.", default="", max_length=320)
    canonical_url: Text = said("https://example.org/the-wall", default="", max_length=500)
    noindex: bool = False
    note: Text = said("After a call with the port", "Why, for colleagues.", default="", max_length=300)


class NewWritten(ContentWritten):
    id: UUID | None = said(
        "7b0ce4a2-4f0f-4a54-93ac-5d0b5b3bb7a1",
        "Made by the sender, so that a second try is refused.",
        default=None,
    )


class PublishAct(Schema):
    note: Text = said("After a call with the port", "Why, for colleagues.", default="", max_length=300)


class WithdrawAct(Schema):
    reason: Text = said("The friends could not be found", default="", max_length=300)


class CorrectAct(Schema):
    text: Text = said("The wall is four metres high, not five.", max_length=5000)
    kind: Literal["correction", "update", "clarification"] = "correction"


class OnDesk(Schema):
    id: UUID = said("7b0ce4a2-4f0f-4a54-93ac-5d0b5b3bb7a1")
    state: str = said("draft", "draft, in_review, published or withdrawn.")
    is_public: bool = said(False, "Readers have it now.")
    has_changes: bool = said(False, "There is a newer text than the one that readers have.")
    changes_in_review: bool = said(False)
    scheduled_for: datetime.datetime | None = said(None, "When its changes go out, if they are scheduled.")
    published_at: datetime.datetime | None = said(None)
    version: int = said(3)
    url: str = said(
        "https://news.example.org/2026/11/28/the-wall/", "Where readers find it, or people of the desk."
    )
    headline: str = said("The wall")
    slug: str = said("the-wall")
    kicker: str = said("Coast")
    standfirst: str = said("It is four metres high.")
    html: str = said("<p>The wall …</p>", "The body as it is stored.")
    section: str | None = said("world/asia")
    authors: list[Signed]
    tags: list[str] = said(["coast"])
    lead_image: int | None = said(812)
    lead_alt: str | None = said("A wall")
    lead_caption: str | None = said("The wall.")
    lead_credit: str | None = said("Ana Lind")
    language: str = said("en-gb")
    direction: str = said("auto")
    kind: str = said("review")
    reviewed: str = said("The Tide, by Ada Lowe")
    rating: int | None = said(4)
    search_title: str = said("The wall of Port Ansel")
    search_description: str = said("How high it is.")
    canonical_url: str = said("https://example.org/the-wall")
    noindex: bool = said(False)
    notes: list[str] = said(["A table was left out."], "What was left out of the body that was sent.")


class Uploaded(Picture):
    is_new: bool = said(True, "False: the library had this file already.")
    note: str = said("", "What has to be known of the file.")
