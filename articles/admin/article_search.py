"""Finding an article at the desk: by its words, its people and tags, its address or its number.

The words of its headline count most, then those of standfirst, tags and authors; the body is not read
here. Each stage asks for the articles saved last and stops when there are enough, so that a common word
costs no more than a rare one.
"""

import itertools
import re
import uuid
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When

from articles.models import Article, ArticleTag, Author, Byline, OldAddress, Tag

MOST = 200
LONGEST = 200
MOST_WORDS = 8
# A word that names more tags or authors than these says too little about any of them.
MOST_NAMED = 50

PUBLIC = re.compile(r"/(\d{4})/(\d{2})/(\d{2})/([^/]+)/?")
DESK = re.compile(r"/.*?/article/(\d{1,18})/.*")


@dataclass(frozen=True)
class Word:
    """One word typed, with the tags and authors that it names."""

    text: str
    tags: tuple = ()
    authors: tuple = ()

    def within(self, *columns):
        """The word in any of the columns; shorter than three letters only at the start of a word."""
        found = Q()
        for column, spelling in itertools.product(columns, spellings(self.text)):
            if len(spelling) > 2:
                found |= Q(**{f"{column}__icontains": spelling})
            else:
                found |= Q(**{f"{column}__icontains": f" {spelling}"})
                found |= Q(**{f"{column}__istartswith": spelling})
        return found

    def starting(self, column):
        """The word where a word of the column starts."""
        found = Q()
        for spelling in spellings(self.text):
            found |= Q(**{f"{column}__istartswith": spelling}) | Q(**{f"{column}__icontains": f" {spelling}"})
        return found

    def ways(self):
        """The conditions under which an article has the word, each quick by an index of its own."""
        yield self.within("headline", "standfirst")
        if self.tags:
            yield Q(pk__in=ArticleTag.objects.filter(tag__in=self.tags).values("content_object"))
        if self.authors:
            yield Q(pk__in=Byline.objects.filter(author__in=self.authors).order_by().values("article"))


def spellings(word):
    """SQLite knows large and small letters of ASCII only; there the usual ways to write a word are tried."""
    if connection.vendor != "sqlite" or word.isascii():
        return [word]
    return list(dict.fromkeys([word, word.lower(), word.capitalize(), word.upper()]))


def named(model, word):
    plain = Word(word)
    return tuple(model.objects.filter(plain.within("name")).values_list("pk", flat=True)[:MOST_NAMED])


def words_of(text):
    words = text.replace("\x00", "")[:LONGEST].split()[:MOST_WORDS]
    return [Word(word, tags=named(Tag, word), authors=named(Author, word)) for word in words]


def pasted(text):
    """The numbers of the articles that an address, a slug, a number or a preview's name stands for."""
    text = unquote(text.strip())[:1000].replace("\x00", "")
    path = urlsplit(text).path if "/" in text and not text.startswith("//") else ""
    if match := PUBLIC.fullmatch(path):
        *day, slug = match.groups()
        found = Article.objects.filter(slug=slug, address_date="-".join(day)) if is_date(day) else None
        here = list(found.values_list("pk", flat=True)) if found is not None else []
        return here or list(OldAddress.objects.filter(path=path).values_list("article", flat=True))
    if match := DESK.fullmatch(path):
        return [int(match[1])]
    if text.isascii() and text.isdecimal() and len(text) <= 18:
        return [int(text)]
    try:
        uid = uuid.UUID(path.strip("/").rpartition("/")[2] or text)
    except ValueError:
        return slugged(text)
    return list(Article.objects.filter(uid=uid).values_list("pk", flat=True))


def is_date(day):
    year, month, number = (int(part) for part in day)
    return year > 0 and 1 <= month <= 12 and 1 <= number <= 31


def slugged(text):
    if "-" not in text or " " in text:
        return []
    return list(Article.objects.filter(slug__startswith=text.lower()).values_list("pk", flat=True)[:20])


def stages(words):
    """Conditions from the strictest on."""
    yield all_of(word.within("headline") for word in words)
    yield from (all_of(ways) for ways in itertools.islice(itertools.product(*(w.ways() for w in words)), 16))


def all_of(conditions):
    found = Q()
    for condition in conditions:
        found &= condition
    return found


def find_articles(queryset, text):
    """Those of the queryset that the text means, the best first: `MOST` at most."""
    text = " ".join(text.split())
    if not text:
        return queryset
    meant = pasted(text)
    words = [] if meant and "/" in text else words_of(text)
    found = dict.fromkeys(meant)
    newest = queryset.order_by("-modified_at", "-pk").values_list("pk", flat=True)
    for condition in stages(words) if words else ():
        if len(found) >= MOST:
            break
        found |= dict.fromkeys(newest.filter(condition)[:MOST])
    return ranked(queryset.filter(pk__in=list(found)[:MOST]), words, text, meant)


def ranked(queryset, words, text, meant):
    """What was pasted, then the headlines with the very phrase, with the words, with parts of words."""
    steps = [When(pk__in=meant, then=Value(0))]
    if words:
        steps += [
            When(Q(headline__icontains=text), then=Value(1)),
            When(all_of(word.starting("headline") for word in words), then=Value(2)),
            When(all_of(word.within("headline") for word in words), then=Value(3)),
        ]
    rank = Case(*steps, default=Value(4), output_field=IntegerField())
    return queryset.order_by(rank, "-modified_at", "-pk")
