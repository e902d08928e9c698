"""Finding an article at the desk: by its words, its people and tags, its address or its number.

The words of its headline count most, then those of standfirst, tags and authors; the body is not read
here. Each stage asks for the articles saved last and stops when there are enough, so that a common word
costs no more than a rare one.
"""

import datetime
import itertools
import re
from dataclasses import dataclass
from urllib.parse import unquote

from django.db import connection
from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.encoding import iri_to_uri

from articles.models import Article, ArticleTag, Author, Byline, OldAddress, Tag

MOST = 100
LONGEST = 200
MOST_WORDS = 8
# A word that names more tags or authors than these says too little about any of them.
MOST_NAMED = 50

PATH = re.compile(r"(?:https?://[^/]*)?(/[^?#]*)(?:[?#].*)?")
DATED = re.compile(r"/(\d{4})/(\d{2})/(\d{2})/([^/]+)/")
DESK = re.compile(r"/article/(\d{1,18})/")
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


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
    """The numbers of the articles that an address, a slug, a number or the name of a preview means."""
    text = unquote(text)[:1000].replace("\x00", "")
    if match := UID.search(text):
        return list(Article.objects.filter(uid=match[0]).values_list("pk", flat=True))
    if match := DESK.search(text):
        return [int(match[1])]
    if match := PATH.fullmatch(text):
        return shown_at(match[1].rstrip("/") + "/")
    if text.isascii() and text.isdecimal() and len(text) <= 18:
        return [int(text)]
    return slugged(text)


def shown_at(path):
    """The article that has the address or, if none has, the one that had it."""
    left = OldAddress.objects.filter(path=iri_to_uri(path), article__isnull=False)
    found = left.values_list("article", flat=True)
    if match := DATED.fullmatch(path):
        *day, slug = match.groups()
        try:
            date = datetime.date(*map(int, day))
        except ValueError:
            return []
        here = Article.objects.filter(address_date=date, slug=slug).values_list("pk", flat=True)
        return list(here) or list(found)
    return list(found)


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
            When(Word(text).starting("headline"), then=Value(1)),
            When(all_of(word.starting("headline") for word in words), then=Value(2)),
            When(all_of(word.within("headline") for word in words), then=Value(3)),
        ]
    rank = Case(*steps, default=Value(4), output_field=IntegerField())
    return queryset.order_by(rank, "-modified_at", "-pk")
