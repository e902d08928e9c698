"""Reads WordPress exports: files → records, one after the other, in flat memory and without Django.

    for source in sources(paths, limits=limits):
        for record in read(source, limits=limits):
            …

A file that is refused raises FileRefused, at the latest at its end. So every file is read to its end once,
before the run writes anything; then each is read again.
"""

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from xml.parsers import expat

from articles.importers.wordpress.records import Comment, Item, Place, Record, RefusedItem

from .limits import Limits
from .names import BETWEEN, Names
from .parser import OnComment, Parser
from .refusals import FileRefused, Reason
from .repair import Repair
from .sources import Jump, Opened, Source, sources

__all__ = [
    "FileRefused",
    "Jump",
    "Limits",
    "OnComment",
    "Opened",
    "Reason",
    "Source",
    "read",
    "read_stream",
    "sources",
]

# Older ones do not know namespaces that hold the separator, and trust more of what a file says of itself.
OLDEST_EXPAT = (2, 4, 1)
CONTEXT = 80
VERSION = re.compile(r"\d+(\.\d+)*")


def read(
    source: Source,
    *,
    limits: Limits,
    repairs: Counter[str] | None = None,
    on_comment: OnComment | None = None,
) -> Iterator[Record]:
    """The people and terms of a file, its Site, and its items, in their order.

    With `repairs`, the file is repaired on the way, and each repair is counted there.
    """
    if source.until is not None:
        return read_until(source, limits, repairs, on_comment)
    return read_stream(
        source.open(), limits=limits, repairs=repairs, on_comment=on_comment, jump=source.since
    )


def read_until(
    source: Source, limits: Limits, repairs: Counter[str] | None, on_comment: OnComment | None
) -> Iterator[Record]:
    """The items before that number. Those that are read with them count for nothing."""

    def on_comment_before(place: Place, number: str, comment: Comment) -> None:
        if on_comment and place.number < source.until:
            on_comment(place, number, comment)

    records = read_stream(source.open(), limits=limits, repairs=repairs, on_comment=on_comment_before)
    with closing(records):
        for record in records:
            if isinstance(record, Item | RefusedItem) and record.place.number >= source.until:
                return
            yield record


def read_stream(
    opened: Opened,
    *,
    limits: Limits,
    repairs: Counter[str] | None = None,
    on_comment: OnComment | None = None,
    jump: Jump | None = None,
) -> Iterator[Record]:
    if expat.version_info < OLDEST_EXPAT:
        raise RuntimeError(f"expat {expat.version_info} is too old to read foreign files; 2.4.1 is needed")
    interned: dict[str, str] = {}
    machine = expat.ParserCreate(namespace_separator=BETWEEN, intern=interned)
    machine.buffer_text = True
    machine.buffer_size = 64 << 10
    names = Names()
    parser = Parser(machine, opened.name, limits, names, on_comment)
    chunks = repaired(opened, repairs)
    if jump:
        parser.leave_out(jump)
        chunks = jump.over(chunks)
    for _ in fed(machine, parser, chunks, interned):
        done, parser.done = parser.done, []
        yield from done
    if repairs is not None:
        used = parser.prefixes | set(names.undeclared.values())
        repairs.update(f"prefix declared: {prefix}" for prefix in used)
    if not VERSION.fullmatch(parser.version):
        raise parser.refused(Reason.NO_VERSION, "names no version of the WordPress export format")


def repaired(opened: Opened, repairs: Counter[str] | None) -> Iterator[bytes]:
    if repairs is None:
        yield from opened.chunks()
        return
    repair = Repair(repairs)
    for data in opened.chunks():
        yield repair.feed(data)
    yield repair.feed(b"", is_last=True)


def fed(
    machine: expat.XMLParserType, parser: Parser, chunks: Iterator[bytes], interned: dict[str, str]
) -> Iterator[None]:
    """Gives expat the bytes, and control back after each chunk. Says where the file is ill-formed."""
    total, before, chunk = 0, b"", b""
    limits = parser.limits
    try:
        for data in chunks:
            before, chunk = chunk[-CONTEXT:], data
            total += len(data)
            machine.Parse(data, False)
            if total - machine.CurrentByteIndex > limits.token:
                raise parser.refused(Reason.TOO_LARGE, "has a tag or comment that is far too long")
            if len(interned) > limits.names:
                raise parser.refused(Reason.TOO_LARGE, f"has more than {limits.names} names of elements")
            yield
        machine.Parse(b"", True)
        yield
    except FileRefused as refusal:
        window = before + chunk
        refusal.context = context_of(window, machine.CurrentByteIndex - (total - len(window)))
        raise
    except expat.ExpatError as error:
        message = expat.errors.messages.get(error.code, "") or expat.ErrorString(error.code)
        window = before + chunk
        at = machine.ErrorByteIndex - (total - len(window))
        raise FileRefused(
            Reason.ILL_FORMED,
            f"is not well-formed: {message}",
            file=parser.file,
            line=error.lineno,
            column=error.offset,
            context=context_of(window, at),
            items_before=parser.items,
        ) from error


def context_of(window: bytes, at: int) -> str:
    """Up to 80 characters around the place, in one line."""
    text = window[max(0, at - CONTEXT // 2) : at + CONTEXT // 2].decode(errors="replace")
    return "".join(character if character.isprintable() else " " for character in text).strip()[:CONTEXT]
