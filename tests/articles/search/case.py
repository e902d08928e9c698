"""Documents put into an index by hand, and asked for."""

import datetime
from unittest import mock

from articles.search.documents import Texts
from articles.search.index import PUBLIC
from articles.search.question import read_question
from articles.search.results import Order, find

NOON = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
DAY = datetime.timedelta(days=1)


def within_a_minute():
    """While languages are not looked up again, so that queries can be counted."""
    return mock.patch("articles.search.results.monotonic", return_value=0.0)


def text(number, headline="", standfirst="", body="", *, age=0, names="", language="en", facts=()):
    """`age` in days."""
    return Texts(number, NOON - age * DAY, language, headline, standfirst, names, body, facts)


def put(*texts, index=PUBLIC):
    index.put(texts)


def ask(typed, order=Order.BEST, *, index=PUBLIC, languages=("en",), most=1000, **more):
    """The numbers of the articles found."""
    return list(find(index, read_question(typed, languages, **more), order, most=most).numbers)
