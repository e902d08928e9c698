"""Boards: publishing and scheduling what editors put on the front of the paper or of a section, and bringing
back how it was."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django.utils import timezone

from articles.fronts.layouts import LAYOUTS, MOST_PLACES, USUAL
from articles.models import Article, Board, BoardSlot, BoardVersion, Image, OutboxEntry, Section, State

from .shared.errors import Problem, Refused
from .shared.locks import lock
from .shared.versions import Outdated

Blocks = Sequence[tuple[int, bool]]


@dataclass(frozen=True)
class Filled:
    """An article for a place, counted from 0. headline, kicker, image_id: instead of its own. until: when it
    leaves the place."""

    place: int
    article_id: int
    headline: str = ""
    kicker: str = ""
    image_id: int | None = None
    until: datetime.datetime | None = None


@transaction.atomic
def publish_board(
    section: Section | None,
    layout: str,
    filled: Sequence[Filled],
    *,
    by: AbstractBaseUser | None,
    expected: int | None = None,
    at: datetime.datetime | None = None,
    blocks: Blocks = (),
    brings_back: int | None = None,
) -> BoardVersion:
    """Make this the board of the section's front, or of the paper's: from now on, or from the time `at` on.

    blocks: (number of a department, whether its block is hidden), in the order of the paper's blocks; those
    of which nothing is said follow.

    `expected` is the number of the newest version that the editor has seen, 0 if there was none. Outdated if
    there is a newer one.
    """
    now = timezone.now()
    out_at = at or now
    if problems := problems_of(layout, filled, at=at, now=now):
        raise Refused(problems)
    board = locked_board(section, filled)
    if expected is not None and board.version != expected:
        raise Outdated(board)
    board.version += 1
    board.save(update_fields=["version"])
    version = BoardVersion.objects.create(
        board=board,
        number=board.version,
        layout=layout,
        blocks=[list(block) for block in blocks],
        out_at=out_at,
        by=by,
        at=now,
        brings_back=brings_back,
    )
    BoardSlot.objects.bulk_create(BoardSlot(version=version, **vars(slot)) for slot in filled)
    announce_at(board, {out_at, *(slot.until for slot in filled if slot.until and slot.until > out_at)})
    return version


def problems_of(
    layout: str, filled: Sequence[Filled], *, at: datetime.datetime | None, now: datetime.datetime
) -> list[Problem]:
    """The fields are “layout”, “at”, and “article_3” or “until_3” of a place."""
    problems = []
    if layout not in LAYOUTS:
        problems.append(Problem("layout", "There is no such layout; choose one of those shown."))
    if at is not None and at <= now:
        problems.append(Problem("at", "This time has passed; choose a later one, or publish the board now."))
    before: dict[int, int] = {}
    for slot in filled:
        if not 0 <= slot.place < MOST_PLACES:
            problems.append(Problem("", f"There is no place {slot.place + 1} on a front."))
        first = before.setdefault(slot.article_id, slot.place)
        if first != slot.place:
            message = f"This story stands in place {first + 1} too; take it out of one of them."
            problems.append(Problem(f"article_{slot.place}", message))
        if slot.until is not None and slot.until <= (at or now):
            message = "This time is over before the board is out; choose a later one, or none."
            problems.append(Problem(f"until_{slot.place}", message))
    return problems


def locked_board(section: Section | None, filled: Iterable[Filled]) -> Board:
    named = {
        Section: [section.pk] if section else [],
        Image: [slot.image_id for slot in filled],
        Article: [slot.article_id for slot in filled],
    }
    board = Board.objects.filter(section=section).first()
    lock(named=named, changed={Board: [board.pk] if board else []})
    if board is None:
        return Board.objects.create(section=section)
    # Read again, because its version may have changed before it was locked.
    return Board.objects.select_related("section__parent").get(pk=board.pk)


def boards_showing(image: Image) -> list[Board]:
    """Those in which the version that counts, or one that is scheduled, has this picture in a place."""
    boards = Board.objects.select_related("section__parent").filter(versions__slots__image=image).distinct()
    return [board for board in boards if shows(board, image)]


def shows(board: Board, image: Image) -> bool:
    counting = [*board.versions.out()[:1], *board.versions.to_come()]
    return BoardSlot.objects.filter(version__in=counting, image=image).exists()


def announce_at(board: Board, times: Iterable[datetime.datetime]) -> None:
    """Have the front printed at these times, and no other page."""
    change = {"kind": "board", "id": board.pk, "fronts": [board.get_absolute_url()]}
    OutboxEntry.objects.bulk_create(OutboxEntry(change=change, due_at=time) for time in sorted(times))


@transaction.atomic
def bring_back_board(
    version: BoardVersion, *, by: AbstractBaseUser | None, expected: int | None = None
) -> BoardVersion:
    """Publish an older version once more: what its places hold, without what has left them by now."""
    return publish_board(
        version.board.section,
        version.layout,
        standing_slots(version),
        by=by,
        expected=expected,
        blocks=version.blocks,
        brings_back=version.number,
    )


@transaction.atomic
def cancel_board(version: BoardVersion, *, by: AbstractBaseUser | None) -> None:
    """Take a scheduled board back."""
    lock(changed={Board: [version.board_id]})
    version = BoardVersion.objects.get(pk=version.pk)
    if version.out_at <= timezone.now():
        raise Refused([Problem("", "This board is out already; publish another one in its place.")])
    if version.cancelled_at is None:
        version.cancelled_at, version.cancelled_by = timezone.now(), by
        version.save(update_fields=["cancelled_at", "cancelled_by"])


@transaction.atomic
def put_on_front(
    article: Article, section: Section | None, *, by: AbstractBaseUser | None, first: bool
) -> tuple[BoardVersion, int | None]:
    """Put the article on the front that readers have now: first, or into the first place that is empty.

    If it comes first, the others move down by one, up to the first empty place. If no place is empty, the
    article in the last one leaves the board; its number is returned with the new version. An article that
    is there already keeps its words.
    """
    if not belongs_on(article, section):
        message = "Only a story that is out or scheduled can stand there, and only one of this front's own."
        raise Refused([Problem("", message)])
    # Not locked yet, because articles are locked before boards. If somebody is faster, it is refused.
    board = Board.objects.filter(section=section).first()
    counts = BoardVersion.objects.of(section).out().first()
    layout = LAYOUTS[counts.layout if counts else USUAL.key]
    places: list[Filled | None] = [None] * len(layout.places)
    # What stands in places that only other layouts have.
    beyond = []
    own = Filled(0, article.pk)
    for slot in standing_slots(counts):
        if slot.article_id == article.pk:
            own = slot
        elif slot.place < len(places):
            places[slot.place] = slot
        else:
            beyond.append(slot)
    gives_way = None if None in (places if first else places[1:]) else places[-1]
    if first:
        del places[places.index(None) if None in places else -1]
        places.insert(0, own)
    else:
        places[places.index(None, 1) if None in places[1:] else -1] = own
    filled = [*(replace(slot, place=place) for place, slot in enumerate(places) if slot), *beyond]
    version = publish_board(
        section,
        layout.key,
        filled,
        by=by,
        expected=board.version if board else 0,
        blocks=counts.blocks if counts else (),
    )
    return version, gives_way and gives_way.article_id


def standing_slots(version: BoardVersion | None) -> list[Filled]:
    """What the places of a version hold, without what has left them by now."""
    now = timezone.now()
    return [
        Filled(slot.place, slot.article_id, slot.headline, slot.kicker, slot.image_id, slot.until)
        for slot in (version.slots.all() if version else ())
        if slot.until is None or slot.until > now
    ]


def belongs_on(article: Article, section: Section | None) -> bool:
    """Whether it is out, or will be, and the front is that of the paper or of one of its sections."""
    is_its_own = section is None or section.pk in (article.section_id, article.department_id)
    return article.state == State.PUBLISHED and is_its_own
