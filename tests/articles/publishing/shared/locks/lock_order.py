"""Every verb once, on PostgreSQL, with the rows that it locks written down in their order.

    python -m tests.articles.publishing.shared.locks.lock_order

Answers a line of JSON for each verb: what it locked, as [kind, number], what of it out of order, and whether its entries of
the outbox ask for all pages. On the empty database of DATABASE_URL.
"""

import datetime
import json
import os
import re
from contextlib import ExitStack
from functools import cache
from unittest import mock

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.db import connection, transaction  # noqa: E402 - settings come first
from django.utils import timezone  # noqa: E402 - settings come first

from articles import publishing  # noqa: E402 - settings come first
from articles.body.compare import compare_bodies  # noqa: E402 - settings come first
from articles.models import Article, Image, OutboxEntry, Page, State, Tag, Task, Webhook  # noqa: E402 - settings come first
from articles.press.plan.affected import all_affected  # noqa: E402 - settings come first
from articles.publishing import authors as authors_  # noqa: E402 - settings come first
from articles.publishing import (  # noqa: E402 - settings come first
    boards,
    breaking_line,
    documents,
    merged_boards,
    pages,
    pictures,
    sections,
    tags,
    webhooks,
)
from articles.publishing.addresses import redirects  # noqa: E402 - settings come first
from articles.publishing.article import restoring  # noqa: E402 - settings come first
from articles.publishing.article.importing import bring_in  # noqa: E402 - settings come first
from articles.publishing.article.scheduling import go_live  # noqa: E402 - settings come first
from articles.publishing.counting import reads, visits  # noqa: E402 - settings come first
from articles.publishing.notes import draft_links, writing  # noqa: E402 - settings come first
from articles.publishing.picture_library import colours, intake, many, removal  # noqa: E402 - settings come first
from articles.publishing.rights import tokens  # noqa: E402 - settings come first
from articles.publishing.shared.locks import ORDER  # noqa: E402 - settings come first
from articles.publishing.tasks import prepare_all, work  # noqa: E402 - settings come first
from tests import factories as make  # noqa: E402 - settings come first
from tests.articles.publishing.verbs import verbs_in  # noqa: E402 - settings come first

PLACES = {model._meta.db_table: place for place, model in enumerate(ORDER)}
LOCKING = re.compile(r'SELECT .*? FROM "(\w+)".* FOR (UPDATE|KEY SHARE)', re.DOTALL)
WRITING = re.compile(r'(?:UPDATE|DELETE FROM|INSERT INTO) "(\w+)"')
DAY = datetime.timedelta(days=1)
MOMENT = datetime.datetime(2020, 2, 3, 4, 5, tzinfo=datetime.UTC)
SLICED = ("sections", "tasks.print_what_shows", "tags", "article.content.working_copies")
# A link to a tag, or a byline, is written by whoever has locked that tag or author, however it is changed.
LINKS = {"articles_articletag": "tag_id", "articles_byline": "author_id"}


class Record:
    """The rows that a transaction locks. It wraps the transaction's statements."""

    def __init__(self, foreign_keys):
        self.foreign_keys = foreign_keys
        self.held = {}
        self.order = []
        self.wrong = []

    def __call__(self, execute, sql, params, many, context):
        if found := LOCKING.match(sql):
            answer = execute(sql, params, many, context)
            table, strength = found.groups()
            for number in sorted(row["pk"] for row in asked(sql, params)):
                self.lock(table, number, strength)
            return answer
        if not (found := WRITING.match(sql)):
            return execute(sql, params, many, context)
        table = found[1]
        before = rows_of(table)
        answer = execute(sql, params, many, context)
        self.written(table, before, rows_of(table))
        return answer

    def written(self, table, before, after):
        new = [number for number in before if before[number] != after.get(number)]
        if len({(PLACES.get(table), number) for number in new} - {*self.held}) > 1 and table in PLACES:
            # One statement takes its rows in any order.
            self.wrong.append([table, sorted(new), "at once"])
        for number in sorted({*before, *after}):
            was, now = before.get(number), after.get(number)
            if was == now:
                continue
            if was is None:
                # Nobody else sees it, so nobody waits for it.
                self.held[PLACES.get(table), number] = "UPDATE"
            else:
                self.lock(table, number, "UPDATE")
            for column, other in self.foreign_keys.get(table, {}).items():
                anew = now and not (was and was[column] == now[column])
                ends = [was, now] if LINKS.get(table) == column else [now] if anew else []
                for row in filter(None, ends):
                    self.lock(other, row[column], "KEY SHARE")

    def lock(self, table, number, strength):
        if table not in PLACES or number is None:
            return
        row = (PLACES[table], number)
        if self.held.get(row) in ("UPDATE", strength):
            return
        # Two who hold a weak lock on one row and both want the strong one wait for each other, too.
        if row in self.held or (self.order and row < max(self.order)):
            self.wrong.append([*named(row), strength])
        self.held[row] = strength
        self.order.append(row)


def named(row):
    return [ORDER[row[0]]._meta.model_name, row[1]]


def asked(sql, params=()):
    """A question of our own, as dictionaries; nobody writes it down."""
    wrappers, connection.execute_wrappers = connection.execute_wrappers, []
    try:
        with connection.cursor() as cursor:
            cursor.execute(sql, params)
            names = [column.name for column in cursor.description]
            names = ["pk" if name == "id" else name for name in names]
            # Of several tables, the first is the one that is meant.
            return [dict(reversed([*zip(names, row, strict=True)])) for row in cursor.fetchall()]
    finally:
        connection.execute_wrappers = wrappers


def rows_of(table):
    """All of them, as this transaction sees them: the newsroom is small."""
    if "id" not in columns_of(table):
        return {}
    return {row["pk"]: row for row in asked(f'SELECT * FROM "{table}"')}  # noqa: S608 - our own tables


@cache
def columns_of(table):
    return {
        row["column_name"]
        for row in asked("SELECT column_name FROM information_schema.columns WHERE table_name = %s", [table])
    }


def all_foreign_keys():
    """Table → its columns that refer to what has a place in the order → that table."""
    with connection.cursor() as cursor:
        found = {
            table: connection.introspection.get_relations(cursor, table)
            for table in connection.introspection.table_names(cursor)
        }
    return {
        table: {column: other for column, (_, other) in relations.items() if other in PLACES}
        for table, relations in found.items()
    }


def changed(thing, **values):
    for name, value in values.items():
        setattr(thing, name, value)
    return thing


def without_colour(image):
    Image.objects.filter(pk=image.pk).update(color="")
    return image


class EveryVerb:
    """An act of each verb, made ready. What has the higher number is named first."""

    def __init__(self):
        self.writer = make.editor()
        self.later = timezone.now() + datetime.timedelta(days=1)
        self.world, self.culture = make.section("World"), make.section("Culture")
        self.harbours = make.section("Harbours", parent=self.culture)
        self.authors = [make.author("Jonas Okafor"), make.author("Mara Ellis")]
        self.image, self.lead = make.image(width=300, height=200), make.image(width=320, height=200)
        self.body = (
            f'<p>Text.</p><figure><img src="/x.jpg" data-image="{self.image.pk}" alt="A harbour"></figure>'
        )
        self.full = {
            "section": self.harbours,
            "authors": [self.authors[1]],
            "tags": ("law", "coast"),
            "lead_image": self.lead,
        }
        other = {"section": self.world, "authors": self.authors, "body": self.body}
        self.other = other | {"tags": ("coast", "law", "fog")}
        self.content = make.content(**self.other, lead_image=self.lead)

    def acts(self):
        """Name of the verb → the verb and what it is given."""
        acts = self.of_articles() | self.of_the_library() | self.that_bring_back() | self.that_remove()
        acts |= self.of_addresses()
        # As an older version of the code would have left them.
        for model in (Article, Page):
            model.objects.update(prepared_with="old")
        return acts | self.slices()

    def of_articles(self):
        return {
            "begin": (publishing.begin, [self.content], {"by": None}),
            "save_draft": (publishing.save_draft, [make.article(**self.full), self.content], {"by": None}),
            "save_draft, live": (publishing.save_draft, [self.live(), self.content], {"by": None}),
            "discard_working_copy": (publishing.discard_working_copy, [self.changed_copy()], {"by": None}),
            "approve": (
                publishing.approve,
                [publishing.submit(make.article(**self.full), by=None)],
                {"by": None},
            ),
            "submit": (publishing.submit, [make.article(**self.full)], {"by": None}),
            "return_to_draft": (
                publishing.return_to_draft,
                [make.published_article(at=self.later, **self.full)],
                {"by": None},
            ),
            "publish": (publishing.publish, [make.article(**self.full), self.content], {"by": None}),
            "publish, working copy": (publishing.publish, [self.changed_copy()], {"by": None}),
            "publish, later": (
                publishing.publish,
                [self.live(), self.content],
                {"by": None, "at": self.later},
            ),
            "publish, instead of what is scheduled": (publishing.publish, [self.scheduled()], {"by": None}),
            "reschedule": (publishing.reschedule, [self.scheduled()], {"by": None, "at": self.later}),
            "cancel_scheduled": (publishing.cancel_scheduled, [self.scheduled()], {"by": None}),
            "publish_scheduled": (go_live.publish_scheduled, [self.due()], {}),
            "hold_back": (go_live.hold_back, [self.due(), "Why"], {}),
            "amend, scheduled changes": (
                publishing.move_to_section,
                [self.scheduled(), self.culture],
                {"by": None},
            ),
            "withdraw": (publishing.withdraw, [self.live()], {"by": None}),
            "change_publish_time": (
                publishing.change_publish_time,
                [self.live()],
                {"by": None, "at": self.later - datetime.timedelta(days=900)},
            ),
            **self.of_notes(),
            "keep_times": (publishing.keep_times, [self.live(), {"expires_at": self.later}], {"by": None}),
            "amend, move_to_section": (
                publishing.move_to_section,
                [self.changed_copy(), self.culture],
                {"by": None},
            ),
            "amend, add_tag": (publishing.add_tag, [self.changed_copy(), "fog"], {"by": None}),
        }

    def of_notes(self):
        more = {"by": None, "text": "It is six."}
        return {
            "correct": (publishing.correct, [self.live()], more),
            "mend_correction": (publishing.mend_correction, self.noted(), more | {"kind": "correction"}),
            "remove_correction": (publishing.remove_correction, self.noted(), {"by": None}),
            **self.of_notes_of_colleagues(),
        }

    def of_notes_of_colleagues(self):
        by = self.writer
        first = writing.write_note(make.article(**self.full), "Says who?", by=by)
        once = {"by": by, "seen": first.version}
        link, _ = draft_links.make_link(first.article, by=by)
        return {
            "write_note": (writing.write_note, [first.article, "She does."], {"by": by, "thread": first.pk}),
            "edit_note": (writing.edit_note, [first, "Who says so?"], once),
            "resolve": (writing.resolve, [first], {"by": by, "seen": 2}),
            "reopen": (writing.reopen, [first], {"seen": 3}),
            "remove_note": (writing.remove_note, [first], {"by": by, "seen": 4}),
            "make_link": (draft_links.make_link, [first.article], {"by": by}),
            "write_comment": (draft_links.write_comment, [link, "I do."], {"name": "Ann"}),
        }

    def noted(self):
        """An article and its note."""
        note = publishing.correct(self.live(), by=None, text="It is five.")
        return [note.article, note.pk]

    def of_fronts(self):
        """One board in each state, with all that a place may name."""
        stories = [self.live(), self.live()]
        filled = [boards.Filled(0, stories[1].pk, image_id=self.lead.pk), boards.Filled(1, stories[0].pk)]
        first = boards.publish_board(self.harbours, "usual", filled, by=None)
        later = boards.publish_board(self.harbours, "usual", [], by=None, at=self.later)
        boards.publish_board(self.harbours, "usual", filled[:1], by=None)
        return {
            "publish_board": (boards.publish_board, [self.harbours, "big", filled], {"by": self.writer}),
            "publish_merged_board": (
                merged_boards.publish_merged_board,
                [self.harbours, "big", filled],
                {"by": self.writer, "expected": later.number, "opened": first.number},
            ),
            "bring_back_board": (boards.bring_back_board, [first], {"by": self.writer}),
            "cancel_board": (boards.cancel_board, [later], {"by": self.writer}),
            "put_on_front": (
                boards.put_on_front,
                [stories[0], self.harbours],
                {"by": self.writer, "first": True},
            ),
            "end_line": (
                breaking_line.end_line,
                [],
                {
                    "by": self.writer,
                    "expected": breaking_line.put_out("It rains", "", self.later, by=None).pk,
                },
            ),
            "put_out": (breaking_line.put_out, ["It rains on", "", self.later], {"by": self.writer}),
            **self.of_programs(),
        }

    def of_programs(self):
        hook = {"address": "https://example.org/", "events": ["published"]}
        saved = webhooks.save_webhook(Webhook(name="There", **hook), by=self.writer)
        token, _ = tokens.make_token(self.writer, name="Wire", scopes=["read"])
        return {
            "make_token": (tokens.make_token, [self.writer], {"name": "Other", "scopes": ["read"]}),
            "end_token": (tokens.end_token, [token], {"by": self.writer}),
            "save_webhook": (webhooks.save_webhook, [Webhook(name="New", **hook)], {"by": self.writer}),
            "remove_webhook": (webhooks.remove_webhook, [saved], {"by": self.writer}),
        }

    def binned(self):
        return publishing.put_in_bin(self.live(), by=None)

    def of_the_library(self):
        return {
            "save_section, its description": (
                sections.save_section,
                [changed(make.section("Tides"), description="Of the sea.")],
                {},
            ),
            "change_document": (documents.change_document, [make.document()], {"title": "Report"}),
            **self.of_fronts(),
            "order_sections": (sections.order_sections, [{self.harbours.pk: 0, self.culture.pk: 0}], {}),
            "move_sections": (sections.move_sections, [{self.culture.pk}, 1], {}),
            "save_section": (
                sections.save_section,
                [changed(self.harbours, parent=self.world, slug="ports")],
                {},
            ),
            "save_author": (
                authors_.save_author,
                [changed(self.authors[0], portrait=self.lead, slug="jonas")],
                {},
            ),
            "save_author, renamed": (
                authors_.save_author,
                [changed(self.authors[1], name="Mara Lindqvist", biography="She writes.")],
                {},
            ),
            "save_page, its text": (pages.save_page, [changed(make.page("Imprint"), body=self.body)], {}),
            "save_tag": (tags.save_tag, [changed(self.tag("shore"), name="Shores", slug="shores")], {}),
            "merge_tags": (
                tags.merge_tags,
                [[self.tag("tide"), self.tag("ebb")]],
                {"into": Tag.objects.get(name="law")},
            ),
            "order_series": (tags.order_series, [self.tag("swash"), []], {}),
            "save_page": (pages.save_page, [changed(make.page("About"), body=self.body, path="us")], {}),
            "change_image": (pictures.change_image, [self.image], {"focus": (10, 90), "alt": "The sea"}),
            "_replaced": (
                intake.replace_file,
                [make.published_article(lead_image=make.image(width=340, height=200)).lead_image],
                {"data": make.picture_bytes(345, 205)},
            ),
            "fill_colour": (
                colours.fill_colour,
                [
                    without_colour(
                        make.published_article(lead_image=make.image(width=341, height=200)).lead_image
                    )
                ],
                {"color": "8a7"},
            ),
            "change_one_of_many": (
                many.change_one_of_many,
                [make.image(width=335, height=200)],
                {"expected": 0, "words": {"credit": "Ana Lind"}, "facts": {}, "into": ["Coasts"]},
            ),
            "set_collections": (many.set_collections, [make.image(width=336, height=200), ["Cliffs"]], {}),
            "kept_once": (
                intake.add_image,
                [make.picture_bytes(330, 200)],
                {"name": "sea.jpg", "by": None},
            ),
            "prepare_articles_after": (prepare_all.prepare_articles_after, [0], {}),
            "prepare_pages_after": (prepare_all.prepare_pages_after, [0], {}),
        }

    def of_addresses(self):
        article = self.live()
        leads = [redirects.Wanted("/z/", "/culture/"), redirects.Wanted("/y/", article.get_absolute_url())]
        leads += [
            redirects.Wanted("/x/", self.tag("dune").get_absolute_url()),
            redirects.Wanted("/w/", "/world/"),
        ]
        gone = redirects.save_redirect(redirects.Wanted("/gone/"))
        return {
            "save_redirects": (redirects.save_redirects, [[(each, None) for each in leads]], {}),
            "remove_redirect": (redirects.remove_redirect, [gone], {}),
            "write_visits": (visits.write_visits, [{"/gone/": 1}, {"/nothing/": 1}], {}),
            "add": (reads.add, [{article.pk: 1}, timezone.now()], {}),
            "make_most_read": (reads.make_most_read, [timezone.now()], {}),
            "bring_in": (bring_in.bring_in, [[self.brought(1), self.brought(2)]], {"by": None}),
        }

    def brought(self, number):
        content = make.content(**self.other, lead_image=self.lead, slug=f"brought-{number}")
        return bring_in.Brought(content=content, state=State.PUBLISHED, created=MOMENT, at=MOMENT)

    def that_bring_back(self):
        return {
            "bring_back_version": (restoring.bring_back_version, *self.brought_back({})),
            "bring_back_field": (restoring.bring_back_field, *self.brought_back({"name": "tags"})),
            "bring_back_block": (restoring.bring_back_block, *self.brought_back({"number": None})),
        }

    def that_remove(self):
        return {
            "put_in_bin": (publishing.put_in_bin, [self.live()], {"by": None}),
            "take_out_of_bin": (publishing.take_out_of_bin, [self.binned()], {"by": None}),
            "delete_for_good": (publishing.delete_for_good, [self.binned()], {}),
            "remove_section": (sections.remove_section, [make.section("Empty", parent=self.culture)], {}),
            "remove_author": (authors_.remove_author, [make.author("Inés Prado")], {}),
            "remove_tag": (tags.remove_tag, [self.tag("storm")], {}),
            "remove_page": (pages.remove_page, [make.page("Contact")], {}),
            "remove_image": (removal.remove_image, [make.image(width=310, height=200)], {}),
            "_cleaned_up": (removal._cleaned_up, [make.image(width=311, height=200).pk, DAY * 0], {}),
            "remove_document": (documents.remove_document, [make.document()], {}),
        }

    def live(self):
        return make.published_article(**self.full)

    def changed_copy(self):
        return publishing.save_draft(self.live(), self.content, by=None)

    def scheduled(self):
        """With a newer working copy beside it."""
        article = publishing.schedule(self.live(), self.content, by=None, at=self.later)
        return publishing.save_draft(article, self.content_with("gale"), by=None)

    def due(self):
        article = self.scheduled()
        Article.objects.filter(pk=article.pk).update(scheduled_for=timezone.now())
        return Article.objects.get(pk=article.pk)

    def tag(self, name):
        """One that two working copies and one scheduled change name."""
        for _ in range(2):
            article = make.published_article(tags=(name, "coast"))
            publishing.save_draft(article, self.content_with(name), by=None)
        article = make.published_article()
        publishing.schedule(article, self.content_with(name), by=None, at=self.later)
        return Tag.objects.get(name=name)

    def content_with(self, name):
        return make.content(**self.other | {"tags": (name, "law")})

    def brought_back(self, more):
        """What the verbs are given that bring an older version back: the article names another tag by now."""
        self.tag("fjord")
        article = Article.objects.order_by("-pk").first()
        old, new = (article.revisions.order_by(order).first() for order in ("number", "-number"))
        if "number" in more:
            rows = compare_bodies(old.content["body"], new.content["body"])
            more = {"number": next(number for number, row in enumerate(rows) if row.old)}
        return [article, old, *more.values()], {"by": None}

    def slices(self):
        """Of tasks of every kind, left by verbs with one article in a slice."""
        articles = [make.published_article(section=make.section("Ports"), tags=("reef",)) for _ in range(3)]
        with ExitStack() as small:
            for module in SLICED:
                small.enter_context(mock.patch(f"articles.publishing.{module}.SLICE", 1))
            sections.save_section(changed(articles[0].section, parent=make.section("Seas")))
            tags.save_tag(changed(self.tag("swell"), name="Swell, high", slug="high-swell"))
            tags.merge_tags([self.tag("reef")], into=make.tag("cliff"))
            self.end_use_of(make.published_article(lead_image=make.image(width=350, height=210)).lead_image)
        left = Task.objects.order_by("pk")
        assert {task.kind for task in left} == set(work.KINDS)
        return {f"next_slice, {task.kind} {task.pk}": (work.next_slice, [[]], {}) for task in left}

    def end_use_of(self, image):
        """Leave the task of a picture whose last day is over by now."""
        ended = "articles.publishing.picture_library.rights.ended_pictures_leave"
        mock.patch(ended, return_value=True).start()
        today = timezone.localdate()
        pictures.change_image(image, facts={"usable_until": today + DAY})
        Image.objects.filter(pk=image.pk).update(usable_until=today - DAY)
        Task.objects.filter(kind="end_use").update(next_try_at=timezone.now())


def main():
    acts, foreign_keys = EveryVerb().acts(), all_foreign_keys()
    for name, (verb, values, more) in acts.items():
        record, newest = Record(foreign_keys), OutboxEntry.objects.order_by("pk").last()
        with transaction.atomic(), connection.execute_wrapper(record):
            verb(*values, **more)
        order = [named(row) for row in record.order]
        changes = [entry.change for entry in OutboxEntry.objects.filter(pk__gt=newest.pk)]
        everything = all_affected(changes).everything
        line = {"verb": name, "locked": order, "wrong": record.wrong, "everything": everything}
        print(json.dumps(line), flush=True)
    there = {name.partition(",")[0] for name in acts}
    untried = sorted(set(verbs_in(publishing)) - there)
    print(json.dumps({"untried": untried, "tasks left": Task.objects.count()}), flush=True)


if __name__ == "__main__":
    main()
