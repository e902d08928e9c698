"""What a WordPress export holds, as values: the reader makes them, the text pipeline and the run use them.

All texts are as WordPress wrote them: nothing is decoded, converted or trusted yet. Only Unicode has been
cleaned (NFC, no control characters; names, slugs and logins without invisible characters too). E-mail
addresses, IP addresses and passwords of posts are not read at all.
"""

import enum
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Site:
    """The head of a file. `base_blog_url` is the address that identifies the site."""

    title: str = ""
    link: str = ""
    description: str = ""
    language: str = ""
    version: str = ""
    base_site_url: str = ""
    base_blog_url: str = ""
    generator: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    """A `<wp:author>`. The login is as it was written; people.fold() makes the key of it."""

    login: str
    author_id: str = ""
    display_name: str = ""
    first_name: str = ""
    last_name: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A declared category, tag or other term. `parent` is the slug of the term above it."""

    taxonomy: str
    slug: str
    name: str = ""
    parent: str = ""
    description: str = ""
    term_id: str = ""
    meta: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A `<category>` of an item: a term that it has. The domain is its taxonomy, or empty in old files."""

    domain: str
    slug: str
    name: str


class CommentKind(enum.StrEnum):
    APPROVED = "approved"
    WAITING = "waiting"
    SPAM = "spam"
    TRASH = "trash"
    PINGBACK = "pingback"


@dataclass(frozen=True, slots=True)
class Comment:
    """What may be kept of a comment: neither the e-mail address nor the IP address."""

    comment_id: str
    kind: CommentKind
    parent: str = ""
    name: str = ""
    date: str = ""
    date_gmt: str = ""
    text: str = ""


class Fault(enum.StrEnum):
    """What was odd in an item that is taken over all the same, or why it was refused."""

    REPEATED = "repeated element"
    LONG_META = "meta value too long"
    LONG_FIELD = "field too long"
    LONG_ITEM = "item too long"
    ATTRIBUTES = "attributes too long"
    NESTING = "nested too deeply"
    TOO_MANY = "too many parts"


@dataclass(frozen=True, slots=True)
class Note:
    """A fault, and what it concerns: an element or a meta key."""

    fault: Fault
    of: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where an item stands: the file (or member of an archive), its number in it from 1, its line. `offset`
    are the bytes before it as they are read, which are others once the file is repaired."""

    file: str
    number: int
    line: int
    offset: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Item:
    """An `<item>` of any type. Dates are as written; `modified…` are empty in exports before WordPress 5.7.

    `post_id` and `parent` are digits, or empty if there is no such number or it is 0. `comments` counts each
    kind; the comments themselves go to the reader's `on_comment`, one by one.
    """

    place: Place
    post_id: str = ""
    type: str = ""
    status: str = ""
    title: str = ""
    link: str = ""
    guid: str = ""
    slug: str = ""
    creator: str = ""
    body: str = ""
    excerpt: str = ""
    date: str = ""
    date_gmt: str = ""
    modified: str = ""
    modified_gmt: str = ""
    pub_date: str = ""
    parent: str = ""
    menu_order: int = 0
    is_sticky: bool = False
    has_password: bool = False
    attachment_url: str = ""
    labels: tuple[Label, ...] = ()
    meta: tuple[tuple[str, str], ...] = ()
    comments: dict[CommentKind, int] = field(default_factory=dict)
    notes: tuple[Note, ...] = ()

    def last_meta(self, key: str) -> str:
        """The value of a key; of several, the last one, as WordPress saves them in order."""
        return next((value for name, value in reversed(self.meta) if name == key), "")

    def all_meta(self, key: str) -> list[str]:
        return [value for name, value in self.meta if name == key]


@dataclass(frozen=True, slots=True)
class RefusedItem:
    """An item over a limit. The file goes on after it. What was read until then names it in the report."""

    place: Place
    note: Note
    post_id: str = ""
    type: str = ""
    title: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of the media library, as far as texts need it. `sizes` are names of files beside `file`."""

    post_id: str
    url: str
    title: str = ""
    link: str = ""
    slug: str = ""
    parent: str = ""
    menu_order: int = 0
    file: str = ""
    sizes: tuple[str, ...] = ()
    width: int = 0
    height: int = 0
    alt: str = ""
    caption: str = ""
    description: str = ""
    credit: str = ""
    # Whether a newsroom has written its words, which are texts then and no HTML.
    is_own: bool = False


Record = Site | Person | Term | Item | RefusedItem
