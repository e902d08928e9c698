"""Each of those who open a transaction, in a real deadlock that PostgreSQL ends by breaking that transaction off.

    python -m tests.articles.publishing.shared.locks.deadlocks

Answers a line of JSON for each: its name, how many deadlocks it met, and whether it has done its work. On the empty database
of DATABASE_URL.
"""

import contextlib
import json
import os
import time
from concurrent.futures import ThreadPoolExecutor

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

import psycopg  # noqa: E402 - settings come first
from django.db import OperationalError, connection  # noqa: E402 - settings come first
from django.test import Client  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402 - settings come first

from articles import publishing  # noqa: E402 - settings come first
from articles.importers.wordpress.writing.undoing import REMOVED, undo  # noqa: E402 - settings come first
from articles.models import Article, ImportRun, MissedAddress, OldAddress, Section, State, Tag  # noqa: E402 - settings come first
from articles.publishing.article.bin import KEPT, empty_bin  # noqa: E402 - settings come first
from articles.publishing.article.merging.older_forms import token_of  # noqa: E402 - settings come first
from articles.publishing.tags import save_tag  # noqa: E402 - settings come first
from articles.publishing.tasks.work import work_slice  # noqa: E402 - settings come first
from tests import factories as make  # noqa: E402 - settings come first
from tests.articles.admin.desk.case import address  # noqa: E402 - settings come first
from tests.articles.admin.desk.filled_form import write  # noqa: E402 - settings come first
from tests.articles.publishing.many import copies_of  # noqa: E402 - settings come first

# Whoever writes an entry of the outbox takes three locks there. A rival holds the third and waits for the first; the gate holds
# the second, and lets go once the rival waits. So it is the writer who closes the circle, and whom PostgreSQL breaks off.
TRIGGER = """
CREATE FUNCTION three_locks() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    PERFORM pg_advisory_xact_lock(1);
    PERFORM pg_advisory_xact_lock(2);
    PERFORM pg_advisory_xact_lock(3);
    RETURN NEW;
END $$;
CREATE TRIGGER three_locks BEFORE INSERT ON articles_outboxentry FOR EACH ROW EXECUTE FUNCTION three_locks();
"""
LOCK, LET_GO = "SELECT pg_advisory_lock(%s)", "SELECT pg_advisory_unlock(%s)"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"
PATIENCE = 10.0  # seconds

met = []


@contextlib.contextmanager
def rival():
    """What is done in it meets a deadlock, once."""
    with session() as rivals, session() as gate, ThreadPoolExecutor(1) as thread:
        rivals.execute(LOCK, [3])
        gate.execute(LOCK, [2])
        in_the_way = thread.submit(stand_in_the_way, rivals, gate)
        with connection.execute_wrapper(note_deadlocks):
            yield
        in_the_way.result()


def session():
    connected = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)
    # The rival is not the one who is broken off.
    connected.execute("SET deadlock_timeout = '10min'")
    return connected


def stand_in_the_way(rivals, gate):
    wait_until_somebody_waits_for(2, gate)
    with ThreadPoolExecutor(1) as thread:
        first = thread.submit(rivals.execute, LOCK, [1])
        wait_until_somebody_waits_for(1, gate)
        gate.execute(LET_GO, [2])
        first.result(PATIENCE)
    rivals.close()


def wait_until_somebody_waits_for(number, gate):
    until = time.monotonic() + PATIENCE
    while gate.execute(WAITING, [number]).fetchone() == (0,):
        if time.monotonic() > until:
            gate.execute(LET_GO, [2])
            raise TimeoutError(f"Nobody waits for lock {number}.")
        time.sleep(0.005)


def note_deadlocks(execute, sql, params, many, context):
    try:
        return execute(sql, params, many, context)
    except OperationalError as error:
        if isinstance(error.__cause__, psycopg.errors.DeadlockDetected):
            met.append(sql)
        raise


class Desk(Client):
    def __init__(self):
        super().__init__(headers={"host": "localhost"})
        self.force_login(make.editor())

    def send(self, name, /, *numbers, **data):
        with rival():
            self.post(address(name, *numbers), data)

    def act(self, name, action, /, *rows, **more):
        chosen = [each.pk for each in rows]
        self.send(f"{name}_changelist", action=action, _selected_action=chosen, **more)


def form_of_an_article(desk, article, tag):
    with rival():
        write(desk, article, headline="Two metres more", _publish="1")
    return Article.objects.get(pk=article.pk).headline == "Two metres more"


def correction(desk, article, tag):
    publishing.correct(article, by=None, text="It is four metres.")
    note, seen = article.corrections.get(), token_of(Article.objects.get(pk=article.pk))
    more = {"text": "It is five metres.", "kind": note.kind, "seen": seen}
    desk.send("article_correction", article.pk, note.pk, **more)
    return article.corrections.get().text == "It is five metres."


def list_of_articles(desk, article, tag):
    desk.act("article", "withdraw", article, sure="yes")
    return Article.objects.get(pk=article.pk).state == State.WITHDRAWN


def bin_at_the_desk(desk, article, tag):
    binned = publishing.put_in_bin(article, by=None)
    desk.act("binnedarticle", "erase", binned, sure="yes", seen=f"{binned.pk}:{token_of(binned)}")
    return not Article.including_bin.filter(pk=article.pk).exists()


def form_of_a_tag(desk, article, tag):
    desk.send("tag_change", tag.pk, name="shore", slug="shore", description="", shown_version=tag.version)
    return Tag.objects.get(pk=tag.pk).name == "shore"


def deletion(desk, article, tag):
    desk.send("tag_delete", tag.pk, post="yes")
    return not Tag.objects.filter(pk=tag.pk).exists()


def deletion_of_several(desk, article, tag):
    desk.act("tag", "delete_selected", tag, post="yes")
    return not Tag.objects.filter(pk=tag.pk).exists()


def merger(desk, article, tag):
    other = make.tag(f"{tag} merged")
    desk.act("tag", "merge", tag, other, into=other.pk)
    return article.tags.get() == other


def order_of_sections(desk, article, tag):
    first, second = make.section("First", order=1_000), make.section("Second", order=1_001)
    desk.act("section", "move_up", second)
    return list(Section.objects.filter(pk__in=(first.pk, second.pk))) == [second, first]


def form_of_a_redirect(desk, article, tag):
    desk.send("oldaddress_add", path="/typed/", to=article.get_absolute_url())
    return OldAddress.objects.get(path="/typed/").article == article


def redirects_from_csv(desk, article, tag):
    desk.send("oldaddress_upload", text=f"/one/,{article.get_absolute_url()}\n/two/,")
    return OldAddress.objects.filter(path__in=("/one/", "/two/")).count() == 2


def missed_address(desk, article, tag):
    today = timezone.now().date()
    MissedAddress.objects.create(path="/missed/", first_on=today, last_on=today)
    desk.send("missedaddress_changelist", lead=f"/missed/ {article.get_absolute_url()}")
    return OldAddress.objects.get(path="/missed/").article == article


def slice_of_a_task(desk, article, tag):
    copies_of(article, 210)
    tag.name, tag.slug = "reef", "reef"
    save_tag(tag)
    with rival():
        return work_slice()


def bin_of_the_press(desk, article, tag):
    publishing.put_in_bin(article, by=None)
    Article.including_bin.filter(pk=article.pk).update(binned_at=timezone.now() - 2 * KEPT)
    with rival():
        return empty_bin() == 1


def import_that_is_taken_back(desk, article, tag):
    run = ImportRun.objects.create()
    run.imported.create(source="old.example", source_id="9", article=article, version=article.version)
    Article.objects.get(pk=article.pk).acts.all().delete()
    with rival():
        return undo(run)[REMOVED] == 1


OPENERS = (
    *(form_of_an_article, correction, list_of_articles, bin_at_the_desk),
    *(form_of_a_tag, deletion, deletion_of_several, merger, order_of_sections),
    *(form_of_a_redirect, redirects_from_csv, missed_address),
    *(slice_of_a_task, bin_of_the_press, import_that_is_taken_back),
)


def main():
    with connection.cursor() as cursor:
        cursor.execute(TRIGGER)
        cursor.execute(f"ALTER DATABASE {connection.settings_dict['NAME']} SET deadlock_timeout = '50ms'")
    connection.close()
    desk = Desk()
    for opener in OPENERS:
        name = opener.__name__
        article = make.published_article(tags=(name,))
        met.clear()
        try:
            done = opener(desk, article, Tag.objects.get(name=name))
        except Exception as error:
            done = f"{type(error).__name__}: {error}"
        print(json.dumps([name, len(met), done]), flush=True)


if __name__ == "__main__":
    main()
