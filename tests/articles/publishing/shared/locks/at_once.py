"""Two at the desk who do two things in the same moment, again and again.

    python -m tests.articles.publishing.shared.locks.at_once

It reads a duel's name and a number of rounds in each line, and answers a line of JSON: for each round what each of the two
got, or what went wrong. On the database of DATABASE_URL. Nobody tries again here: what is shown is what a verb itself comes to.
"""

import dataclasses
import datetime
import json
import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.db import DatabaseError, connection, transaction  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402 - settings come first

from articles import publishing  # noqa: E402 - settings come first
from articles.models import Article, Section, Tag  # noqa: E402 - settings come first
from articles.publishing import Content, sections, tags  # noqa: E402 - settings come first
from articles.publishing.article.scheduling.go_live import publish_due  # noqa: E402 - settings come first
from articles.publishing.pictures import change_image  # noqa: E402 - settings come first
from articles.publishing.tasks.work import work_slice  # noqa: E402 - settings come first
from tests import factories  # noqa: E402 - settings come first
from tests.articles.publishing.many import copies_of  # noqa: E402 - settings come first

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
    return [partial(tags.save_tag, tag), partial(publishing.publish, article, by=None)]


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
    return [partial(sections.order_sections, places), partial(sections.save_section, courts)]


def due(**changes):
    """An article whose scheduled changes are due now."""
    article = factories.published_article()
    content = factories.content(headline="Scheduled", **changes)
    later = timezone.now() + datetime.timedelta(days=1)
    publishing.schedule(article, content, by=None, at=later)
    Article.objects.filter(pk=article.pk).update(scheduled_for=timezone.now())
    return article


def two_presses(number):
    """The presses of two hosts come to the same scheduled changes."""
    due()
    return [lambda: str(publish_due())] * 2


def two_presses_refused(number):
    """The same with changes that can't go out: how often it is written down that they could not."""
    image = factories.image(width=300, height=200)
    article = due(lead_image=image)
    change_image(image, alt="")

    def press():
        publish_due()
        return str(article.acts.filter(verb="hold").count())

    return [press] * 2


def press_and_editor(number):
    """A press comes to scheduled changes while an editor cancels them: which of the two did it."""
    article = due()

    def editor():
        try:
            publishing.cancel_scheduled(article, by=None)
        except publishing.Refused:
            return "refused"
        return "cancelled"

    return [lambda: f"published {publish_due()}", editor]


def row_held(number):
    """Somebody holds the row and does not let go: the press goes on, and comes back later."""
    article, taken, gone_on = due(), threading.Event(), threading.Event()

    def somebody():
        with transaction.atomic():
            Article.objects.select_for_update().get(pk=article.pk)
            taken.set()
            gone_on.wait(30)
        return f"later {publish_due()}"

    def press():
        taken.wait(30)
        try:
            return f"at first {publish_due()}"
        finally:
            gone_on.set()

    return [somebody, press]


def tasks_worked_off(number):
    """Two presses work off what a renamed tag of 450 articles has left; each says how many slices it did."""
    article = factories.published_article(tags=(f"reef {number}",))
    copies_of(article, 449)
    tag = Tag.objects.get(name=f"reef {number}")
    tag.name, tag.slug = f"shoal {number}", f"shoal-{number}"
    tags.save_tag(tag)
    return [worked_off, worked_off]


def worked_off():
    slices = 0
    while work_slice():
        slices += 1
    return str(slices)


ALL = (
    same_headline,
    tag_renamed,
    new_tags,
    sections_ordered,
    two_presses,
    two_presses_refused,
    press_and_editor,
    row_held,
    tasks_worked_off,
)
DUELS = {duel.__name__: duel for duel in ALL}


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


def rounds_of(duel, rounds):
    with ThreadPoolExecutor(2) as editors:
        for number in range(rounds):
            acts, start = DUELS[duel](number), threading.Barrier(2)
            both = [editors.submit(done, act, start) for act in acts]
            yield sorted(one.result() for one in both)


def main():
    for line in sys.stdin:
        duel, rounds = line.split()
        print(json.dumps(list(rounds_of(duel, int(rounds)))), flush=True)


if __name__ == "__main__":
    main()
