"""A newsroom's desk as a process of its own: a line of JSON says what to do, a line of JSON what came of it.

    python -m tests.servers.desk

It calls the publishing verbs on the database of DATABASE_URL, so that tests can stop or kill every other part of a
site while editors go on working.
"""

import datetime
import json
import os
import re
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.conf import settings  # noqa: E402 - settings come first
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402 - settings come first
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402 - settings come first
from django.db import DatabaseError, InterfaceError, close_old_connections  # noqa: E402 - settings come first
from django.db.models import Max  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402 - settings come first

from articles import publishing  # noqa: E402 - settings come first
from articles.models import Article, OutboxEntry, UnsavedText  # noqa: E402 - settings come first
from articles.press.everything import compare  # noqa: E402 - settings come first
from articles.press.everything.addresses import every_address  # noqa: E402 - settings come first
from articles.press.shelf.files import the_shelf  # noqa: E402 - settings come first
from articles.publishing import Content  # noqa: E402 - settings come first
from tests import factories  # noqa: E402 - settings come first

DAY = datetime.timedelta(days=1)


def publish(*, words, age=0.0, after=None, until=None, section="World", picture=False):
    """`age` in days; `after` and `until` in seconds from now. Answers the article's number and addresses."""
    now = timezone.now()
    at = now + datetime.timedelta(seconds=after) if after is not None else now - age * DAY
    article = factories.published_article(
        at=at,
        until=until and now + datetime.timedelta(seconds=until),
        headline=f"The harbour, {words}",
        section=factories.section(section),
        authors=[factories.author("Mara Ellis")],
        tags=("coast",),
        lead_image=factories.image() if picture else None,
    )
    return described(article)


def change(*, number, words):
    article = Article.objects.get(pk=number)
    written = Content.newest(article)
    text = f"The harbour, {words}"
    return described(publishing.publish(article, Content(**{**vars_of(written), "headline": text}), by=None))


def change_later(*, number, words, after):
    """Schedule the change, `after` in seconds from now."""
    article = Article.objects.get(pk=number)
    written = {**vars_of(Content.newest(article)), "headline": f"The harbour, {words}"}
    at = timezone.now() + datetime.timedelta(seconds=after)
    return described(publishing.schedule(article, Content(**written), by=None, at=at))


def times_published(*, number):
    return Article.objects.get(pk=number).acts.filter(verb="publish").count()


def move(*, number, slug):
    article = Article.objects.get(pk=number)
    written = vars_of(Content.newest(article))
    return described(publishing.publish(article, Content(**{**written, "slug": slug}), by=None))


def vars_of(content):
    return {name: getattr(content, name) for name in content.__dataclass_fields__}


def draft(*, words):
    return described(factories.article(headline=f"The harbour, {words}", section=factories.section("World")))


def withdraw(*, number):
    return described(publishing.withdraw(Article.objects.get(pk=number), by=None))


def login():
    """The session's key of an editor who may do everything."""
    user = factories.editor(name=f"editor-{next(factories.numbers)}")
    session = SessionStore()
    session[SESSION_KEY], session[BACKEND_SESSION_KEY] = str(user.pk), settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key


def written():
    """The highest number of a change that is due, and the latest time: a press that is past both has printed all."""
    due = OutboxEntry.objects.filter(due_at__lte=timezone.now())
    said = due.aggregate(last=Max("pk"), at=Max("due_at"))
    return {"last": said["last"] or 0, "at": said["at"].timestamp() if said["at"] else 0.0}


def addresses():
    return list(every_address())


def differences():
    """As `manage.py press check` finds them, without a program of its own."""
    return list(compare.differences(the_shelf().walk()))


def public():
    """The addresses of the articles that readers may read now."""
    return [article.get_absolute_url() for article in Article.objects.published(timezone.now())]


def authors(*, names):
    return [factories.author(name).pk for name in names]


def at_the_desk(*, number):
    """What there is of an article, and of each of its texts the words like “w12z”, with their fields."""
    article = Article.objects.select_related("working_copy", "scheduled_revision").get(pk=number)
    revisions = article.revisions.order_by("number")
    unsaved = UnsavedText.objects.filter(uid=article.uid).order_by("number")
    texts = {
        "newest": Content.newest(article),
        "public": Content.of(article),
        "newest_revision": Content.of_revision(revisions.last()),
        "scheduled": article.scheduled_revision and Content.of_revision(article.scheduled_revision),
    }
    return {
        **{name: words_in(vars_of(text)) if text else [] for name, text in texts.items()},
        "version": article.version,
        "state": article.state,
        "revisions": list(revisions.values_list("number", flat=True)),
        "acts": list(article.acts.order_by("pk").values_list("verb", flat=True)),
        "outbox": list(OutboxEntry.objects.order_by("pk").values_list("pk", flat=True)),
        "unsaved": [[row.number, words_in(row.fields)] for row in unsaved],
    }


def words_in(fields):
    """Like “w12z headline”."""
    found = {(word, name) for name, value in fields.items() for word in re.findall(r"w\d+z", str(value))}
    return [f"{word} {name}" for word, name in sorted(found)]


def described(article):
    date = article.address_date
    return {
        "uid": str(article.uid),
        "at": article.publish_at and article.publish_at.timestamp(),
        "number": article.pk,
        "address": article.get_absolute_url() if date else "",
        "month": f"/{date:%Y/%m}/" if date else "",
        "section": article.section.get_absolute_url(),
    }


WRITING = (publish, change, change_later, move, draft, withdraw)
ASKING = (login, at_the_desk, authors, written, addresses, differences, public, times_published)
ACTS = {act.__name__: act for act in WRITING + ASKING}


def main():
    for line in sys.stdin:
        said = json.loads(line)
        try:
            answer = {"done": ACTS[said.pop("do")](**said)}
        except (DatabaseError, InterfaceError, OSError) as error:
            answer = {"failed": f"{type(error).__name__}: {error}"}
        close_old_connections()
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
