"""Expat's events → records, with every limit counted while text is received.

Four kinds of element hold others: the channel, and in it items, people and terms; in an item meta values and
comments. Each of these is a Frame while it is open. The elements in it whose text is wanted are its fields.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from articles.importers.wordpress.records import Comment, CommentKind, Fault, Note, Place, Record, Site

from . import build
from .clean import clean_text
from .elements import KINDS, PEOPLE, TERMS, Kind
from .limits import Limits
from .names import BETWEEN, REPAIRED, Names
from .refusals import FileRefused, Reason
from .sources import Jump

# Those that expat and Python can read together, byte by byte.
ENCODINGS = re.compile(
    r"utf-?8|utf-16(le|be)?|us-ascii|iso-8859-\d{1,2}|latin-?1|windows-125\d|cp125\d|koi8-[ru]", re.IGNORECASE
)
# The item's place, its number if that stands before its comments, as in all real exports, and the comment.
OnComment = Callable[[Place, str, Comment], None]


@dataclass(slots=True)
class Frame:
    kind: Kind
    depth: int
    fields: dict[str, str] = field(default_factory=dict)


class Parser:
    """The handlers of one file. Whole records are left in `done`, until they are taken from there."""

    def __init__(self, expat: Any, file: str, limits: Limits, names: Names, on_comment: OnComment | None):
        self.expat, self.file, self.limits, self.names = expat, file, limits, names
        self.on_comment = on_comment
        self.done: list[Record] = []
        self.frame = Frame(KINDS[""], 0)
        self.frames = [self.frame]
        self.depth = self.items = self.line = self.offset = 0
        # Of what was left out before the items: its lines and its bytes.
        self.lines_before = self.bytes_left_out = 0
        self.prefixes: set[str] = set()
        self.version = ""
        self.site: Site | None = None
        # The field that is open: its name, its attributes, its text, and how much may still come.
        self.key, self.attributes, self.left = "", {}, 0
        self.text: list[str] = []
        self.longest = {"content:encoded": limits.body, "wp:meta_value": limits.meta_value}
        self.begin_item()
        expat.StartElementHandler = self.start
        expat.EndElementHandler = self.end
        expat.XmlDeclHandler = self.declaration
        expat.StartDoctypeDeclHandler = self.doctype

    def leave_out(self, jump: Jump) -> None:
        """These items are not passed to expat. The others keep their numbers and places."""
        self.items = jump.to.number - jump.first.number
        self.lines_before = jump.to.line - jump.first.line
        self.bytes_left_out = jump.to.offset - jump.first.offset

    def begin_item(self) -> None:
        self.parts: dict[str, list[Any]] = {"labels": [], "meta": [], "notes": []}
        self.comments: Counter[CommentKind] = Counter()
        self.comment_count = self.item_bytes = 0
        self.fault: Note | None = None

    @property
    def place(self) -> Place:
        return Place(self.file, self.items + 1, self.line, self.offset)

    # What expat calls.

    def declaration(self, version: str, encoding: str | None, standalone: int) -> None:
        if encoding and not ENCODINGS.fullmatch(encoding):
            raise self.refused(Reason.ILL_FORMED, f"has an encoding that cannot be read: {encoding}")

    def doctype(self, name: str, *_: object) -> None:
        raise self.refused(Reason.DOCTYPE, "has a document type declaration, which no export has")

    def start(self, name: str, attributes: dict[str, str]) -> None:
        depth = self.depth = self.depth + 1
        key = self.names[name]
        if attributes:
            self.check_attributes(key, attributes)
        if depth > self.limits.nesting:
            self.too_deep()
        frame = self.frame
        if self.key or self.fault or depth != frame.depth + 1:
            return
        if key in frame.kind.fields:
            self.key, self.attributes = key, attributes
            self.left = self.longest.get(key, self.limits.field)
            # Expat passes no text between fields: that saves half of all calls.
            self.expat.CharacterDataHandler = self.received
        elif key in frame.kind.holds:
            self.open_frame(KINDS[key])
        elif depth == 1:
            raise self.refused(Reason.NOT_RSS, "is no export of WordPress: it is no RSS file")

    def end(self, name: str) -> None:
        depth_in_frame = self.depth - self.frame.depth
        self.depth -= 1
        if self.key:
            if depth_in_frame == 1:
                self.close_field()
        elif depth_in_frame == 0:
            self.close_frame()

    def received(self, text: str) -> None:
        if not self.key:
            # What was over a limit goes on. Expat must not be told here to pass no more: it would call again.
            return
        size = len(text) if text.isascii() else len(text.encode())
        self.left -= size
        self.item_bytes += size
        if self.left < 0:
            self.too_long(Fault.LONG_FIELD)
        elif self.item_bytes > self.limits.item:
            self.too_long(Fault.LONG_ITEM)
        else:
            self.text.append(text)

    # Fields.

    def close_field(self) -> None:
        self.expat.CharacterDataHandler = None
        key, text, fields = self.key, "".join(self.text), self.frame.fields
        self.key, self.text = "", []
        if key == "category" and self.frame.kind.name == "item":
            self.add_part("labels", build.label(self.attributes, text))
        elif fields.get(key):
            if text.strip():
                self.note_once(Note(Fault.REPEATED, key))
                fields[key] = text
        else:
            fields[key] = text

    def note_once(self, note: Note) -> None:
        if note not in self.parts["notes"]:
            self.parts["notes"].append(note)

    def add_part(self, name: str, part: Any) -> None:
        if len(self.parts[name]) >= self.limits.parts:
            self.refuse_item(Note(Fault.TOO_MANY, name))
        else:
            self.parts[name].append(part)

    # Elements that hold others.

    def open_frame(self, kind: Kind) -> None:
        if kind.name == "item" or kind.name in TERMS or kind.name in PEOPLE:
            self.begin_item()
            self.line = self.expat.CurrentLineNumber + self.lines_before
            self.offset = self.expat.CurrentByteIndex + self.bytes_left_out
        if kind.name == "item" and self.site is None:
            self.tell_site(self.frame.fields)
        self.bytes_before = self.item_bytes
        self.frame = Frame(kind, self.depth)
        self.frames.append(self.frame)

    def close_frame(self) -> None:
        frame = self.frames.pop()
        self.frame = self.frames[-1]
        name, fields = frame.kind.name, frame.fields
        if name == "item":
            self.close_item(fields)
        elif self.fault:
            return
        elif name in ("wp:postmeta", "wp:termmeta"):
            self.close_meta(fields)
        elif name == "wp:comment":
            self.close_comment(fields)
        elif name in PEOPLE:
            self.done.append(build.person(fields))
        elif name in TERMS:
            self.done.append(TERMS[name](fields, self.parts["meta"]))
        elif name == "channel":
            self.close_channel(fields)

    def close_item(self, fields: dict[str, str]) -> None:
        place, fault = self.place, self.fault
        self.items += 1
        if self.items > self.limits.items:
            raise self.refused(Reason.TOO_LARGE, f"has more than {self.limits.items} items")
        if fault:
            self.done.append(build.refused_item(place, fields, fault))
        else:
            self.done.append(build.item(place, fields, self.parts, self.comments))
        self.begin_item()

    def close_meta(self, fields: dict[str, str]) -> None:
        key, value = fields.get("wp:meta_key", "").strip(), fields.get("wp:meta_value")
        if value is not None:
            self.add_part("meta", (clean_text(key), clean_text(value)))

    def close_comment(self, fields: dict[str, str]) -> None:
        self.comment_count += 1
        if self.comment_count > self.limits.comments:
            self.refuse_item(Note(Fault.TOO_MANY, "comments"))
            return
        comment = build.comment(fields)
        self.comments[comment.kind] += 1
        # It is passed on, so it no longer counts for the size of the item.
        self.item_bytes = self.bytes_before
        if self.on_comment:
            number = build.number(self.frame.fields.get("wp:post_id", ""))
            self.on_comment(self.place, number, comment)

    def close_channel(self, fields: dict[str, str]) -> None:
        self.version = fields.get("wp:wxr_version", "").strip()
        self.tell_site(fields)

    def tell_site(self, fields: dict[str, str]) -> None:
        """Before the first item; at the end again if more of it came after that."""
        site = build.site(fields)
        if site != self.site:
            self.site = site
            self.done.append(site)

    # Limits.

    def check_attributes(self, key: str, attributes: dict[str, str]) -> None:
        size = 0
        for each, value in attributes.items():
            size += len(each) + len(value)
            if each.startswith(REPAIRED):
                self.prefixes.add(each.partition(BETWEEN)[0].removeprefix(REPAIRED))
        if size > self.limits.attributes:
            self.over(Note(Fault.ATTRIBUTES, key))

    def too_deep(self) -> None:
        if self.depth > self.limits.file_nesting:
            raise self.refused(Reason.TOO_LARGE, "has elements nested too deeply")
        self.over(Note(Fault.NESTING, self.key))

    def too_long(self, fault: Fault) -> None:
        """A meta value that is too long is dropped alone."""
        if self.key == "wp:meta_value" and fault is Fault.LONG_FIELD:
            key = self.frame.fields.get("wp:meta_key", "").strip()
            self.parts["notes"].append(Note(Fault.LONG_META, key))
            self.item_bytes -= self.limits.meta_value
            self.key, self.text = "", []
            self.frame.fields.pop("wp:meta_value", None)
        else:
            self.over(Note(fault, self.key))

    def over(self, note: Note) -> None:
        """Outside of an item, nothing is small enough to be left out without a word."""
        if not any(frame.kind.name == "item" for frame in self.frames):
            raise self.refused(Reason.TOO_LARGE, f"{note.fault}: <{note.of}> outside of the items")
        self.refuse_item(note)

    def refuse_item(self, note: Note) -> None:
        self.fault = self.fault or note
        self.key, self.text = "", []
        self.parts = {"labels": [], "meta": [], "notes": []}

    def refused(self, reason: Reason, detail: str) -> FileRefused:
        return FileRefused(
            reason,
            detail,
            file=self.file,
            line=self.expat.CurrentLineNumber,
            column=self.expat.CurrentColumnNumber,
            items_before=self.items,
        )
