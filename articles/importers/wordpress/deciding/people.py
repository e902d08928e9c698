"""Who wrote what: logins, co-authors and guest authors → authors of the paper, without e-mail addresses."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from articles.importers.wordpress.reading.clean import clean_name
from articles.importers.wordpress.records import Item, Label, Person, Term
from articles.words.slugs import slug_of

from .own import profile_of
from .wording import plain, slug_from

FORBIDDEN = re.compile(r"[^a-z0-9 _.@-]+")
# Co-Authors Plus and PublishPress keep co-authors in the first, the plugin Byline in the second.
DOMAINS = ("author", "byline")
GUEST_TYPES = ("guest-author", "guest_author")
PREFIX = "cap-"
MOLONGUI = "_molongui_author"
FALLBACK_NAME = "Author"


@dataclass(slots=True)
class Author:
    """`key` is the folded login, or one for a guest. `author_id` is N in the old site's `?author=N`."""

    key: str
    login: str
    name: str = ""
    biography: str = ""
    author_id: str = ""
    is_declared: bool = False
    # The last word of the address there, which Co-Authors Plus tells; of all others it is made of the login.
    nicename: str = ""
    # Of a newsroom's own export only: what the author is, and web addresses, one a line.
    role: str = ""
    links: str = ""

    @property
    def slug(self) -> str:
        return self.nicename or slug_of_login(self.login) or slug_of(self.name) or "author"


def fold(login: str) -> str:
    """Two logins that WordPress takes for one are equal. One in a script that it forbids stays as it is."""
    login = unicodedata.normalize("NFC", clean_name(login)).casefold()
    return " ".join(FORBIDDEN.sub("", login).split()) or login


def slug_of_login(login: str) -> str:
    """What WordPress makes of a login for the author's address: `harry@example.com` → `harryexample-com`."""
    login = re.sub(r"[.\s]+", "-", clean_name(login).lower())
    return slug_of(login)


def name_of(*names: str) -> str:
    """The first that is one. What looks like an e-mail address is none."""
    named = (plain(clean_name(name)) for name in names)
    return next((name for name in named if name and "@" not in name), "")


class People:
    """Everybody whom the files of a run name. `of` gives the byline of an item, once all files were met."""

    def __init__(self) -> None:
        self.authors: dict[str, Author] = {}
        self.by_slug: dict[str, str] = {}
        self.by_id: dict[str, str] = {}
        self.guests: dict[str, str] = {}

    def declare(self, person: Person) -> None:
        key = fold(person.login)
        if not key:
            return
        author = self.author(key, person.login)
        first_and_last = f"{person.first_name} {person.last_name}"
        author.name = (
            name_of(person.display_name, first_and_last, *login_as_name(person.login)) or author.name
        )
        author.biography = plain(person.description) or author.biography
        author.author_id = person.author_id or author.author_id
        author.is_declared = True
        if person.author_id:
            self.by_id[person.author_id] = key

    def declare_term(self, term: Term) -> None:
        """A co-author as a term, with a name and a biography in its meta values."""
        if term.taxonomy not in DOMAINS:
            return
        meta = dict(term.meta)
        key = self.key_of_label(Label(term.taxonomy, term.slug, term.name)) or fold(bare(term.slug))
        author = self.author(key, bare(term.slug))
        first_and_last = f"{meta.get('first_name', '')} {meta.get('last_name', '')}"
        if not author.is_declared:
            author.name = name_of(meta.get("display_name", ""), first_and_last, author.name, term.name)
        author.biography = author.biography or plain(meta.get("description", ""))
        if term.slug.startswith(PREFIX):
            author.nicename = slug_from(bare(term.slug))

    def declare_guest(self, item: Item) -> None:
        """A guest author is an item of its own. One that is linked to an account is that person."""
        login = item.last_meta("cap-user_login") or bare(item.slug) or item.title
        linked = fold(item.last_meta("cap-linked_account"))
        key = linked or fold(login)
        if not key:
            return
        author = self.author(key, login)
        if not linked:
            author.name = name_of(item.last_meta("cap-display_name"), item.title, login)
            author.is_declared = True
        author.biography = author.biography or plain(item.last_meta("cap-description") or item.body)
        author.role, author.links = profile_of(item) or (author.role, author.links)
        self.by_slug.setdefault(bare(item.slug), key)
        if item.post_id:
            self.guests[item.post_id] = key

    def author(self, key: str, login: str) -> Author:
        if key not in self.authors:
            self.authors[key] = Author(key, login, name_of(*login_as_name(login)))
            self.by_slug.setdefault(slug_of_login(login), key)
        return self.authors[key]

    def of(self, item: Item) -> tuple[Author, ...]:
        """The byline: co-authors in their order, once each; else who created the item; or nobody."""
        keys = dict.fromkeys(key for key in self.co_authors(item) if key)
        if not keys and (creator := fold(item.creator)):
            keys = {creator: None}
            self.author(creator, item.creator)
        return tuple(self.authors[key] for key in keys)

    def co_authors(self, item: Item) -> Iterable[str]:
        for label in item.labels:
            if label.domain in DOMAINS:
                yield self.key_of_label(label) or self.undeclared(label)
        for value in item.all_meta(MOLONGUI):
            kind, _, number = value.partition("-")
            yield (self.guests if kind == "guest" else self.by_id).get(number, "")

    def key_of_label(self, label: Label) -> str:
        """Whom a co-author's term means: it has the login as its name, and the slug of the login."""
        slug = bare(label.slug)
        for key in (fold(label.name), fold(slug)):
            if key in self.authors:
                return key
        return self.by_slug.get(slug, "")

    def undeclared(self, label: Label) -> str:
        """Somebody whom no file declares gets a name from the label."""
        key = fold(bare(label.slug) or label.name)
        author = self.author(key, bare(label.slug) or label.name)
        author.name = name_of(label.name) or author.name
        return key


def bare(slug: str) -> str:
    return slug.removeprefix(PREFIX)


def login_as_name(login: str) -> tuple[str, ...]:
    """A login for a name. Of an e-mail address, what stands before the @."""
    return (login, login.partition("@")[0], FALLBACK_NAME)
