"""The address of a search → what is asked. Every filter stands in the address in plain words, so that a
search can be kept and sent:
/search/?q=sea+wall&section=world&tag=coast&author=mara-ellis&from=2025-01-01&to=2025-12-31."""

import datetime
import re
from dataclasses import dataclass, field
from functools import cached_property

from django.http import QueryDict
from django.utils.translation import gettext

from articles.conf import paper
from articles.models import Author, Tag
from articles.models.collections.periods import midnight
from articles.models.collections.public_pages import with_stories
from articles.publishing.shared.text import one_line
from articles.search.documents import author_fact, key_of, section_fact, tag_fact
from articles.search.index import PUBLIC
from articles.search.question import LONGEST, read_question
from articles.search.results import Order, languages
from articles.words import dates

SEARCH = "/search/"
DAY = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?", re.ASCII)
# Computing with years far from ours leaves the calendar.
YEARS = range(1000, 3000)
LONGEST_NUMBER = 18


@dataclass
class Asked:
    """`problems`: by field, what is wrong with it and that it was left out. The rest is answered all the
    same."""

    text: str = ""
    order: Order = Order.BEST
    section: object = None
    tag: Tag | None = None
    author: Author | None = None
    since: datetime.date | None = None
    until: datetime.date | None = None
    after: int = 0
    before: int = 0
    # What the filters demand, as further values of a Question.
    demanded: dict = field(default_factory=dict)
    problems: dict = field(default_factory=dict)

    @cached_property
    def question(self):
        return self.question_about(self.text)

    def question_about(self, text):
        """The same search for other words."""
        return read_question(text, languages(PUBLIC, paper().language), **self.demanded)

    @property
    def filters(self):
        """Each filter in words, with the address of the search without it."""
        words = {
            "section": self.section and gettext("In %(section)s") % {"section": self.section.name},
            "tag": self.tag and gettext("Tagged “%(tag)s”") % {"tag": self.tag.name},
            "author": self.author and gettext("By %(names)s") % {"names": self.author.name},
            "from": self.since and gettext("From %(day)s") % {"day": dates.day(self.since)},
            "to": self.until and gettext("Until %(day)s") % {"day": dates.day(self.until)},
        }
        return [(text, self.address(**{name: ""})) for name, text in words.items() if text]

    @property
    def section_words(self):
        return self.section.get_absolute_url().strip("/") if self.section else ""

    def address(self, **changes):
        """The address of the same search with these changes, from its first result on unless they say
        otherwise."""
        values = {
            "q": self.text,
            "section": self.section_words,
            "tag": self.tag.slug if self.tag else "",
            "author": self.author.slug if self.author else "",
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "order": "" if self.order == Order.BEST else self.order.value,
            **changes,
        }
        query = QueryDict(mutable=True)
        query.update({name: value for name, value in values.items() if value})
        return f"{SEARCH}?{query.urlencode()}" if query else SEARCH


def read_asked(values, navigation):
    asked = Asked(text=one_line(values.get("q", "")[: LONGEST * 4])[:LONGEST])
    asked.order = Order.NEWEST if values.get("order") == Order.NEWEST else Order.BEST
    asked.after, asked.before = (number_in(values.get(name, "")) for name in ("after", "before"))
    read_names(asked, values, navigation)
    read_days(asked, values)
    asked.demanded = {
        "facts": tuple(facts_of(asked, navigation)),
        "since": asked.since and key_of(midnight(asked.since)),
        "until": asked.until and key_of(midnight(asked.until + datetime.timedelta(days=1))),
    }
    return asked


def read_names(asked, values, navigation):
    if words := values.get("section", "").strip("/"):
        asked.section = navigation.section(*words.split("/")[:2])
        if asked.section is None:
            asked.problems["section"] = gettext("There is no such section; all sections were searched.")
    unknown = {
        "tag": gettext("No story here has this tag, so it was left out."),
        "author": gettext("No story here has this author, so it was left out."),
    }
    for name, model in (("tag", Tag), ("author", Author)):
        if slug := one_line(values.get(name, ""))[:200]:
            found = with_stories(model).filter(slug=slug).first()
            setattr(asked, name, found)
            if found is None:
                asked.problems[name] = unknown[name]


def read_days(asked, values):
    for name, attribute, is_end in (("from", "since", False), ("to", "until", True)):
        if text := values.get(name, "").strip():
            day = day_in(text, is_end=is_end)
            setattr(asked, attribute, day)
            if day is None:
                asked.problems[name] = gettext(
                    "Write a day like 2026-11-29, a month or a year; this was left out."
                )
    if asked.since and asked.until and asked.since > asked.until:
        asked.problems["to"] = gettext("The last day lies before the first one, so no story can be found.")


def day_in(text, *, is_end):
    """The day; of a month or a year the first, or the last."""
    found = DAY.fullmatch(text)
    year, month, day = (int(part) if part else None for part in found.groups()) if found else (0, 0, 0)
    if year not in YEARS:
        return None
    try:
        if day or not is_end:
            return datetime.date(year, month or 1, day or 1)
        number = year * 12 + (month or 12)
        return datetime.date(number // 12, number % 12 + 1, 1) - datetime.timedelta(days=1)
    except ValueError:
        return None


def number_in(text):
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= LONGEST_NUMBER else 0


def facts_of(asked, navigation):
    if asked.section:
        below = (row[0] for row in navigation.section_rows if row[1] == asked.section.pk)
        yield tuple(map(section_fact, (asked.section.pk, *below)))
    if asked.tag:
        yield (tag_fact(asked.tag.pk),)
    if asked.author:
        yield (author_fact(asked.author.pk),)
