"""Two at the desk who do two things in the same moment, again and again.

    python -m tests.articles.publishing.at_once DUEL ROUNDS

Answers a line of JSON for each round: what each of the two got, or what went wrong. On the database of
DATABASE_URL. Nobody tries again here: what is shown is what a verb itself comes to.
"""

import dataclasses
import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.db import DatabaseError, connection  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402 - settings come first

from articles import publishing  # noqa: E402 - settings come first
from articles.models import Section  # noqa: E402 - settings come first
from articles.publishing import Content, furniture, section_order  # noqa: E402 - settings come first
from tests import factories  # noqa: E402 - settings come first

AT = timezone.now()


def same_headline(number):
    """Two publish two articles with one headline on one day."""
    headline = f"Harbour towns weigh the price, {number}"
    drafts = [factories.article(headline=headline, tags=("coast",)) for _ in range(2)]
    return [partial(slug_of, draft) for draft in drafts]


def slug_of(draft):
    return publishing.publish(draft, by=None, at=AT).slug


def tag_renamed(number):
    """One renames a tag, the other publishes a working copy that brings the tag to its article."""
    tag, article = factories.tag(f"tide {number}"), naming(f"tide {number}")
    tag.name, tag.slug = f"ebb {number}", f"ebb-{number}"
    return [partial(furniture.save_tag, tag), partial(publishing.publish, article, by=None)]


def new_tags(number):
    """Two publish with the same two new tags, in another order."""
    names = (f"storm {number}", f"calm {number}")
    drafts = [factories.article(tags=()) for _ in range(2)]
    contents = [factories.content(tags=tags) for tags in (names, names[::-1])]
    return [partial(publishing.publish, *pair, by=None) for pair in zip(drafts, contents, strict=True)]


def sections_ordered(number):
    """One orders the sections, the other moves one of them under another."""
    culture, courts = (factories.section(f"{name} {number}") for name in ("Culture", "Courts"))
    courts.parent = culture
    places = {section.pk: -section.pk for section in Section.objects.all()}
    return [partial(section_order.order_sections, places), partial(furniture.save_section, courts)]


DUELS = {duel.__name__: duel for duel in (same_headline, tag_renamed, new_tags, sections_ordered)}


def naming(*tags):
    """A published article whose working copy names the tags as well."""
    article = factories.published_article(tags=("coast",))
    content = dataclasses.replace(Content.of(article), tags=("coast", *tags))
    return publishing.save_draft(article, content, by=None)


def done(act, start):
    start.wait()
    try:
        answer = act()
        return answer if isinstance(answer, str) else "done"
    except DatabaseError as error:
        return f"{type(error).__name__}: {error}"
    finally:
        connection.close()


def main(name, rounds):
    with ThreadPoolExecutor(2) as editors:
        for number in range(rounds):
            acts, start = DUELS[name](number), threading.Barrier(2)
            both = [editors.submit(done, act, start) for act in acts]
            print(json.dumps(sorted(one.result() for one in both)), flush=True)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
