"""Pages that begin after a row. A cursor names the row where the page before has ended, so nothing is missed
or seen twice if something is published meanwhile, and the thousandth page costs as much as the first."""

import base64
import datetime
from collections.abc import Callable, Sequence
from typing import Any

from django.http import HttpRequest
from django.utils.dateparse import parse_datetime
from ninja import Field, Schema

from articles.conf import absolute

from .errors import unreadable
from .schemas import Text

ON_A_PAGE, MOST = 20, 100
BIGGEST = 2**63 - 1


class Paging(Schema):
    limit: int = Field(ON_A_PAGE, ge=1, le=MOST, description="How many of them at most.")
    cursor: Text = Field(
        "", max_length=120, description="Where the page begins: from `next` of the page before."
    )


def cursor_of(*values: Any) -> str:
    text = ",".join(
        value.isoformat() if isinstance(value, datetime.datetime) else str(value) for value in values
    )
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def number_in(cursor: str) -> int | None:
    """The number of the last row that was seen; None at the beginning."""
    return number_of(parts_of(cursor, 1)[0]) if cursor else None


def place_in(cursor: str) -> tuple[datetime.datetime, int] | None:
    """The time and the number of the last row that was seen; None at the beginning."""
    if not cursor:
        return None
    at, number = parts_of(cursor, 2)
    try:
        found = parse_datetime(at)
    except ValueError:
        found = None
    # Computing with the first and the last year leaves the calendar.
    if found is None or found.tzinfo is None or not 1000 < found.year < 9000:
        raise unreadable("cursor")
    return found, number_of(number)


def parts_of(cursor: str, count: int) -> list[str]:
    try:
        parts = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode().split(",")
    except ValueError:
        parts = []
    if len(parts) != count:
        raise unreadable("cursor")
    return parts


def number_of(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and int(text) <= BIGGEST):
        raise unreadable("cursor")
    return int(text)


def page(
    request: HttpRequest, rows: Sequence[Any], limit: int, place: Callable[[Any], tuple], shown: Callable
) -> dict:
    """`rows` are one more than the page holds, if there are so many. `place` gives the values of a row's
    cursor; `shown` makes items of the rows of this page."""
    own = rows[:limit]
    following = next_address(request, cursor_of(*place(own[-1]))) if len(rows) > limit else None
    return {"items": shown(own), "next": following}


def next_address(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["cursor"] = cursor
    return absolute(f"{request.path}?{query.urlencode()}")
