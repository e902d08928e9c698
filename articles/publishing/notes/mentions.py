"""@names in notes: who is meant.

People are named as colleagues call them, in one word: @Mairi_Caldwell. Their log-in names are no list for
everybody. If two people have the same name, both are meant.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet

from articles.models.desk.people import name_of
from articles.publishing.rights.of_articles import at_the_desk
from articles.words.slugs import WORD

# An @ directly after a letter, a digit or a slash does not begin a name, because it stands in an address.
AT_NAME = re.compile(rf"(?<![{WORD}.+/-])@([{WORD}.'’+-]*[{WORD}])")
MOST = 20


def at_name(person: AbstractBaseUser) -> str:
    """What is typed after the @."""
    return "_".join(name_of(person).split())


def by_name(people: QuerySet) -> dict[str, list[AbstractBaseUser]]:
    """The people by the name after the @ in small letters. One query."""
    found = defaultdict(list)
    for person in people.order_by("first_name", "last_name", "pk"):
        found[at_name(person).casefold()].append(person)
    return found


def mentioned(text: str) -> list[AbstractBaseUser]:
    """The people at the desk whom the text names."""
    names = dict.fromkeys(name.casefold() for _, name in pieces(text) if name)
    if not names:
        return []
    people = by_name(at_the_desk())
    return [person for name in list(names)[:MOST] for person in people.get(name, ())]


def pieces(text: str) -> Iterator[tuple[str, str]]:
    """The text in order, as pairs of words and the name that they are; the name is empty if they are none."""
    end = 0
    for found in AT_NAME.finditer(text):
        yield text[end : found.start()], ""
        yield found[0], found[1]
        end = found.end()
    yield text[end:], ""
