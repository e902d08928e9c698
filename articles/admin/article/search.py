"""Finding an article at the desk: by any words of its newest version, by people, tags and years, by its
address or its number. What the words mean and which fits best, articles/search knows."""

import datetime
import re
from collections import defaultdict
from dataclasses import replace
from functools import reduce
from operator import or_
from urllib.parse import unquote

from django.db.models import Case, IntegerField, Q, Value, When
from django.utils.encoding import iri_to_uri

from articles.conf import paper
from articles.models import Article, OldAddress
from articles.search.index import DESK
from articles.search.question import read_question
from articles.search.results import find, languages
from articles.search.spelling import other_spellings
from articles.search.time_limit import LONGEST, TimeLimit

MOST = 100
# So many times the index is asked for older articles, if the filters leave out the newer ones.
MOST_ROUNDS = 10

PATH = re.compile(r"(?:https?://[^/]*)?(/[^?#]*)(?:[?#].*)?")
DATED = re.compile(r"/(\d{4})/(\d{2})/(\d{2})/([^/]+)/")
AT_DESK = re.compile(r"/article/(\d{1,18})/")
UID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def pasted(text):
    """The numbers of the articles that an address, a slug, a number or the name of a preview means."""
    text = unquote(text)[:1000].replace("\x00", "")
    if match := UID.search(text):
        return list(Article.objects.filter(uid=match[0]).values_list("pk", flat=True))
    if match := AT_DESK.search(text):
        return [int(match[1])]
    if match := PATH.fullmatch(text):
        return shown_at(match[1].rstrip("/") + "/")
    if text.isascii() and text.isdecimal() and len(text) <= 18:
        return [int(text)]
    return slugged(text)


def shown_at(path):
    """The article that has the address or, if none has, the one that had it."""
    return all_shown_at([path]).get(path, [])


def all_shown_at(paths):
    """The same for several addresses, as address → numbers of articles. Two queries at most."""
    found = defaultdict(list)
    places = {
        path: (day, match[4]) for path in paths if (match := DATED.fullmatch(path)) and (day := day_in(match))
    }
    if places:
        here = reduce(or_, (Q(address_date=day, slug=slug) for day, slug in places.values()))
        rows = Article.objects.filter(here).values_list("address_date", "slug", "pk")
        numbers = {(day, slug): pk for day, slug, pk in rows}
        for path, place in places.items():
            if place in numbers:
                found[path].append(numbers[place])
    left = {iri_to_uri(path): path for path in paths if path not in found}
    if left:
        rows = OldAddress.objects.filter(path__in=left, article__isnull=False)
        for path, pk in rows.values_list("path", "article"):
            found[left[path]].append(pk)
    return found


def day_in(match):
    """None if it is no day of a calendar."""
    try:
        return datetime.date(*map(int, match.groups()[:3]))
    except ValueError:
        return None


def slugged(text):
    if "-" not in text or " " in text:
        return []
    return list(Article.objects.filter(slug__startswith=text.lower()).values_list("pk", flat=True)[:20])


def find_articles(queryset, text):
    """Those of the queryset that the text means, the best first: `MOST` at most. TookTooLong if that can't be
    found out in a few seconds."""
    return find_with_spelling(queryset, text)[0]


def find_with_spelling(queryset, text):
    """The same, and the spelling in which the words were found, if not in the one that was typed."""
    text = " ".join(text.split())
    if not text:
        return queryset, ""
    meant = pasted(text)
    found, spelling = dict.fromkeys(among(queryset, meant)), ""
    if not (meant and "/" in text):
        numbers = by_words(queryset, text)
        if not (found or numbers):
            numbers, spelling = by_other_spellings(queryset, text)
        found |= dict.fromkeys(numbers)
    return in_order(queryset, list(found)[:MOST]), spelling


def by_words(queryset, text):
    """The last word may go on, because pickers ask while it is typed."""
    question, limit = question_of(text), TimeLimit(LONGEST)
    numbers = {}
    for _ in range(0 if question.is_empty else MOST_ROUNDS):
        found = find(DESK, question, limit=limit)
        numbers |= dict.fromkeys(among(queryset, found.numbers))
        if len(numbers) >= MOST or not found.is_more:
            break
        # The filters of the list may have left out most of the newest thousand.
        question = replace(question, until=found.until)
    return list(numbers)


def by_other_spellings(queryset, text):
    for spelling in other_spellings(text, question_of(text), is_public=False):
        if numbers := by_words(queryset, spelling):
            return numbers, spelling
    return [], ""


def question_of(text):
    return read_question(text, languages(DESK, paper().language), is_unfinished=True)


def among(queryset, numbers):
    """Those of the numbers that are in the queryset, in the same order."""
    known = set(queryset.filter(pk__in=numbers).order_by().values_list("pk", flat=True))
    return [number for number in numbers if number in known]


def in_order(queryset, numbers):
    steps = [When(pk=number, then=Value(place)) for place, number in enumerate(numbers)]
    rank = Case(*steps, default=Value(len(numbers)), output_field=IntegerField())
    return queryset.filter(pk__in=numbers).order_by(rank)
