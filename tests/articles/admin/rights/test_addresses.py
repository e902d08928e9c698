"""Every address of the site has a line in the written matrix, and the desk's answer as the matrix says.

The addresses are found by walking the URL configuration, so a new one without a line fails. Everybody who is refused asks
for each of them. Of those who get in only one does, each of them in turn, because a page that is made costs many times what a
refusal does; with `--full` all of them ask.
"""

import itertools

from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import Group, User
from django.test import Client, TestCase
from django.urls import URLPattern, get_resolver, reverse
from django.utils import timezone

from articles import publishing
from articles.models import (
    Act,
    Article,
    AuditEntry,
    Email,
    ImportJob,
    MissedAddress,
    Notice,
    Notification,
    OldAddress,
    OutboxConsumer,
    OutboxEntry,
    PictureFailure,
    PressStatus,
    PrintFailure,
    Tag,
    Task,
    Webhook,
)
from articles.publishing.rights.tokens import make_token
from tests import corpora
from tests import factories as make

from .matrix import ARTICLE, EVERYBODY, MODELS, PLACES, PUBLIC, acts, rows
from .people import people, story

# Django's own addresses that lead to another one, or to none.
WITHOUT_A_NAME = {"admin/(?P<url>.*)$"}
# These end sessions, or want a whole file or JSON; tests of their own ask for them.
UNASKED = {
    *("login", "logout", "password_change", "articles_importjob_file", "articles_desk_upload"),
    *("articles_importjob_job", "articles_section_sortable_update", "articles_notification_change"),
}
# Ours beside Django's.
OWN = {"board_preview", "desk_operation", "desk_own_page", "desk_log_ins"}
SAMPLE = ("live", "binned")
turns = itertools.count()


def asking(letters, allowed):
    """Who of `letters` asks: all who are refused, and one of those who get in."""
    let_in = [letter for letter in letters if letter in allowed]
    refused = [letter for letter in letters if letter not in allowed]
    if corpora.is_full or not let_in:
        return letters
    return [*refused, let_in[next(turns) % len(let_in)]]


def walk(patterns, before=""):
    """The name of every address; of one without a name, its route."""
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLPattern):
            yield each.name or route
        else:
            yield from walk(each.url_patterns, route)


def lines():
    """The names for which the matrix has a line."""
    yield from PUBLIC.split()
    yield from rows(PLACES)
    yield from rows(ARTICLE)
    for name in rows(MODELS):
        yield from (f"{name}_{page}" for page in ("changelist", "add", "change", "delete", "history"))


class MatrixTest(TestCase):
    def test_has_a_line_for_each_address_and_no_other(self):
        there = {name for name in walk(get_resolver().url_patterns) if not name.endswith("<path:object_id>/")}
        there -= WITHOUT_A_NAME
        missing = there - set(lines())
        self.assertFalse(missing, f"say in {matrix_file()} who gets these")
        self.assertFalse(set(lines()) - there, "these are no addresses any more")

    def test_names_each_person(self):
        self.assertEqual({letter for _, letter, *_ in acts()}, set(EVERYBODY))


def matrix_file():
    return "tests/articles/admin/rights/matrix.py"


class Answers(TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.people = people()
        cls.clients = {}
        for letter, user in cls.people.items():
            cls.clients[letter] = Client()
            cls.clients[letter].force_login(user)
        # An administrator who is no longer on the staff.
        gone = User.objects.create_user("gone", is_staff=False)
        gone.groups.add(Group.objects.get(name="Administrators"))
        cls.gone = Client()
        cls.gone.force_login(gone)

    def gets_in(self, client, method, address, sent=None):
        answer = getattr(client, method)(address, sent or {})
        self.assertLess(answer.status_code, 500, address)
        elsewhere = answer.headers.get("Location", "")
        is_log_in = "/login/" in elsewhere or b'id="login-form"' in getattr(answer, "content", b"")
        # To the desk's first page lead addresses of what is not there.
        return (
            answer.status_code not in {403, 404, 405}
            and not is_log_in
            and elsewhere != reverse("admin:index")
        )

    def check(self, name, method, address, allowed, sent=None, letters="CEPAVN"):
        for letter in asking(letters, allowed):
            with self.subTest(name, method=method, who=letter):
                got_in = self.gets_in(self.clients[letter], method, address, sent)
                self.assertEqual(got_in, letter in allowed)
        self.assertIn(SESSION_KEY, self.gone.session)
        for stranger in (self.stranger(), self.gone):
            with self.subTest(name, method=method, who="whoever has left"):
                if name not in {"login", "logout"}:
                    self.assertFalse(self.gets_in(stranger, method, address, sent))

    def stranger(self):
        return Client()


class PlacesTest(Answers):
    def test_are_for_those_of_the_table(self):
        picture, tag = make.image(), Tag.objects.create(name="A series", is_series=True)
        job = ImportJob.objects.create(what=ImportJob.What.DRY_RUN, files=[])
        user = User.objects.create_user("somebody")
        numbers = {
            "articles_image_alts": [picture.pk],
            "articles_image_replace": [picture.pk],
            "articles_tag_order": [tag.pk],
            "articles_importjob_job": [job.pk],
            "articles_importjob_live": [job.pk],
            "articles_importjob_file": [job.pk, "report.html"],
            "auth_user_password_change": [user.pk],
            "auth_user_link": [user.pk],
            "articles_board_front": ["paper"],
            "board_preview": ["paper"],
            "app_list": ["articles"],
        }
        asked = {
            "autocomplete": {
                "app_label": "articles",
                "model_name": "byline",
                "field_name": "author",
                "term": "x",
            }
        }
        for name, allowed in rows(PLACES).items():
            if name in UNASKED:
                continue
            address = reverse(name if name in OWN else f"admin:{name}", args=numbers.get(name))
            for method in ("GET", "POST"):
                self.check(name, method.lower(), address, allowed[method], asked.get(name))


class ModelsTest(Answers):
    def rows(self):
        """A row of each list, which nothing else uses."""
        now, day = timezone.now(), "2026-06-01"
        article = make.published_article()
        tries = {"failed_at": now, "next_try_at": now, "error": "Boom"}
        return {
            "articles_apitoken": make_token(self.people["A"], name="x", scopes=["read"])[0],
            "articles_author": make.author("Nobody"),
            "articles_document": make.document(),
            "articles_image": make.image(),
            "articles_section": make.section("Empty"),
            "articles_tag": make.tag("alone"),
            "articles_page": make.page(),
            "articles_oldaddress": OldAddress.objects.create(path="/before/", article=article),
            "articles_missedaddress": MissedAddress.objects.create(path="/none/", first_on=day, last_on=day),
            "articles_act": Act.objects.first(),
            "articles_auditentry": AuditEntry.objects.first(),
            "articles_outboxentry": OutboxEntry.objects.first(),
            "articles_pressstatus": PressStatus.objects.create(shelf="a", seen_at=now),
            "articles_printfailure": PrintFailure.objects.create(shelf="a", path="/x/", **tries),
            "articles_picturefailure": PictureFailure.objects.create(image=make.image(), **tries),
            "articles_task": Task.objects.create(kind="x", cursor="x", what="x"),
            "articles_notice": Notice.objects.create(service="x", address="/", noted_at=now, next_try_at=now),
            "articles_outboxconsumer": OutboxConsumer.objects.create(name="x"),
            "articles_email": Email.objects.create(
                notification=Notification.objects.create(person=self.people["A"], kind="x", key="x")
            ),
            "articles_webhook": Webhook.objects.create(name="x", address="https://example.org/"),
            "articles_importjob": ImportJob.objects.create(what=ImportJob.What.DRY_RUN, files=[]),
            "auth_user": User.objects.create_user("somebody"),
            "auth_group": Group.objects.create(name="Some"),
        }

    def test_are_for_those_of_the_table(self):
        there = self.rows()
        for name, allowed in rows(MODELS).items():
            row = [there[name].pk]
            for page, number, method, letters in (
                ("changelist", None, "get", allowed["list"]),
                ("changelist", None, "post", allowed["list"]),
                ("add", None, "get", allowed["add"]),
                ("add", None, "post", allowed["add"]),
                ("change", row, "get", allowed["see"]),
                ("history", row, "get", allowed["see"]),
                ("change", row, "post", allowed["change"]),
                ("delete", row, "get", allowed["delete"]),
                ("delete", row, "post", allowed["delete"]),
            ):
                address = reverse(f"admin:{name}_{page}", args=number)
                self.check(f"{name}_{page}", method, address, letters)


class ArticleTest(Answers):
    """The addresses of a story, in each state; a sample has two of them, of which the first answers most."""

    def sent(self, article):
        return {
            "uid": str(article.uid),
            "tab": "a",
            "version": article.version,
            "headline": "Typed",
            "old": 1,
        }

    def test_are_for_those_of_the_table(self):
        states = dict.fromkeys(state for state, *_ in acts())
        for state in states if corpora.is_full else SAMPLE:
            article = story(state, self.people["C"])
            article = Article.including_bin.get(pk=article.pk)
            note = state.startswith("live") and publishing.correct(article, by=None, text="It is five.").pk
            for name, allowed in rows(ARTICLE).items():
                if state == "binned" and is_gone(name):
                    continue
                for method in ("GET", "POST"):
                    if allowed[method] != "acts" and (note or "correction" not in name):
                        self.ask(name, method.lower(), article, note, allowed[method])

    def ask(self, name, method, article, note, allowed):
        address, sent = address_of(name, article, note), self.sent(article)
        if name == "articles_desk_unsaved":
            return self.check_typing(name, method, address, article, allowed)
        for letter in asking(EVERYBODY, allowed):
            if name == "articles_desk_presence":
                sent["user"] = self.people[letter].pk
            with self.subTest(name, method=method, who=letter, state=article.state):
                got_in = self.gets_in(
                    self.clients[letter], method, address, sent if method == "post" else None
                )
                self.assertEqual(got_in, letter in allowed)
        self.assertFalse(self.gets_in(self.stranger(), method, address, sent if method == "post" else None))
        self.assertFalse(self.gets_in(self.gone, method, address, sent if method == "post" else None))
        return None

    def check_typing(self, name, method, address, article, allowed):
        for letter in asking(EVERYBODY, allowed):
            sent = {
                "user": self.people[letter].pk,
                "uid": str(article.uid),
                "tab": "a",
                "version": 1,
                "number": 1,
            }
            sent |= {"fields": {"headline": "Typed"}}
            answer = getattr(self.clients[letter], method)(address, sent, content_type="application/json")
            with self.subTest(name, method=method, who=letter, state=article.state):
                self.assertEqual(answer.status_code == 200, letter in allowed)


def is_gone(name):
    """What says nothing of an article that is in the bin, whoever asks."""
    pages = ("change", "history", "compare", "restore", "correction", "publish_time", "notes", "people")
    others = {"preview", "desk_preview", "articles_desk_readiness", "articles_desk_draft_links"}
    others.add("articles_board_put")
    return name in others | {f"articles_article_{page}" for page in pages}


def address_of(name, article, note):
    if name in {"preview", "desk_preview"}:
        return reverse(name, args=[article.uid] if name == "preview" else None)
    if name.endswith(("_changelist", "_add")) or "_desk_" in name:
        return reverse(f"admin:{name}")
    return reverse(f"admin:{name}", args=[article.pk, note] if "correction" in name else [article.pk])
