"""The server is killed while it saves, keeps what is typed or publishes: each is done whole or not at all.

Each round writes its own words into every field, so that what belongs to another round is seen.
"""

import contextlib
import http.client
import json
import random
import re
import shutil
import threading
import time
from urllib.parse import urlencode

import pytest

from tests import corpora
from tests.articles.admin.desk.filled_form import fields
from tests.servers.application import Application
from tests.servers.fixtures import link_files, postgres_of_its_own
from tests.servers.website import Desk

ROUNDS = 200 if corpora.is_full else 4
DATABASES = ("SQLite", "PostgreSQL") if corpora.is_full else ("SQLite",)
KEEP = "/admin/articles/article/desk/unsaved/"
WRITTEN = ("headline", "standfirst", "body", "tags", "bylines")
BUTTONS = ("_save_draft", "_publish", "autosave", "_schedule")


class Editor:
    """Somebody at a browser, whose requests may get no answer."""

    def __init__(self, port, login):
        self.port = port
        self.cookies = {"sessionid": login}

    def send(self, path, data=None, **headers):
        """The answer and its body; None if the server has died meanwhile."""
        connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
        headers |= {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("POST" if data else "GET", path, data, headers)
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie", ()):
                name, _, value = cookie.partition(";")[0].partition("=")
                self.cookies[name] = value
            answer.content = answer.read()
            return answer
        return None

    def submit(self, path, sent):
        return self.send(path, urlencode(sent), **{"Content-Type": "application/x-www-form-urlencoded"})

    def keep(self, sent):
        token = {"X-CSRFToken": sent["csrfmiddlewaretoken"], "Content-Type": "application/json"}
        return self.send(KEEP, json.dumps(kept(sent)), **token)


def kept(sent):
    numbers = {"version": int(sent["version"]), "number": int(sent["_number"]), "user": int(sent["_user"])}
    return {
        "uid": sent["uid"],
        "tab": sent["_tab"],
        **numbers,
        "fields": {name: sent[name] for name in WRITTEN},
    }


@pytest.fixture(params=DATABASES)
def database_url(request):
    """None means a file of SQLite beside the site's other files."""
    if request.param == "SQLite":
        yield None
        return
    with postgres_of_its_own() as server:
        yield request.getfixturevalue("new_database")(server, "killed")


@pytest.fixture
def own(prepared, tmp_path, database_url):
    """A site with tables of its own, because what is written here must be in no other test's."""
    own = Application(tmp_path, workers=1, database_url=database_url, PRESS_EMBEDDED="0")
    shutil.copytree(prepared.var, own.var, ignore=shutil.ignore_patterns("static"), dirs_exist_ok=True)
    link_files(prepared.var / "static", own.var / "static")
    yield own
    own.kill()


@pytest.fixture
def desk(own):
    desk = Desk(own)
    yield desk
    desk.close()


class TestTheServerIsKilled:
    def test_what_it_was_doing_is_done_whole_or_not_at_all(self, own, desk):
        article = desk.do("draft", words="desk killed")["number"]
        desk.do("authors", names=["Mara Ellis"])
        editor = Editor(own.port, desk.do("login"))
        dice, longest, done = random.Random(5), 0.0, []  # noqa: S311 - moments
        # One moment in each part of the time and half as much again, in any order. The first of them is at once, before
        # the act has done anything, because on a busy machine a whole round may have taken much longer than others do.
        moments = [0.0] + [1.5 * (part + dice.random()) / ROUNDS for part in range(1, ROUNDS)]
        dice.shuffle(moments)
        for number in range(ROUNDS + len(BUTTONS)):
            # The first rounds are not killed; they show how long a whole one takes.
            whole = number < len(BUTTONS)
            before = desk.do("at_the_desk", number=article)
            own.start()
            act, sent = written_in(editor, article, number)
            began = time.monotonic()
            thread, answers = in_background(editor, act, article, sent)
            if not whole:
                time.sleep(moments.pop() * longest)
                own.kill()
            thread.join()
            longest = max(longest, time.monotonic() - began) if whole else longest
            if whole:
                own.kill()
            after = desk.do("at_the_desk", number=article)
            acknowledged = bool(answers[0]) and answers[0].status in (200, 302)
            assert acknowledged or not whole, answers[0] and answers[0].content[-500:]
            assert_agrees(before, after, act, number, acknowledged)
            done.append(after != before)
        assert any(done[len(BUTTONS) :]), "every round was killed before it did anything"
        assert not all(done), "every round had ended before it was killed"


def written_in(editor, article, number):
    """What this round does, and the form with its words."""
    page = answer_of(editor.send(address(article)))
    sent = fields(page) | {"_tab": "a-window", "_number": str(number + 1), "_user": user_of(page)}
    sent |= {"headline": f"Headline w{number}z", "standfirst": f"Standfirst w{number}z"}
    sent |= {"body": f"<p>Body w{number}z</p>", "tags": f"tag w{number}z", "slug": "killed"}
    sent |= {"publish_at": "", "expires_at": "", "bylines": f"role w{number}z: Mara Ellis"}
    act = BUTTONS[number % len(BUTTONS)]
    if act == "_schedule":
        sent["publish_at"] = time.strftime(
            "%Y-%m-%dT%H:%M", time.localtime(time.time() + 10**6 + number * 60)
        )
    return act, sent


def user_of(page):
    return re.search(rb'data-user="(\d+)"', page.content)[1].decode()


def address(article):
    return f"/admin/articles/article/{article}/change/"


def answer_of(page):
    assert page is not None, "no server"
    assert page.status == 200, page.status
    return page


def in_background(editor, act, article, sent):
    answers = []

    def send():
        if act == "autosave":
            answers.append(editor.keep(sent))
        else:
            answers.append(editor.submit(address(article), sent | {act: "1"}))

    thread = threading.Thread(target=send)
    thread.start()
    return thread, answers


def assert_agrees(before, after, act, number, acknowledged):
    """Everything of the article is of one moment: before the round, or after it. `number` is the round's."""
    assert after["revisions"] == list(range(1, after["version"] + 1))
    for text in ("newest", "public", "scheduled", "newest_revision"):
        assert len({line.split()[0] for line in after[text]}) <= 1, f"{text} has words of several rounds"
    if after == before:
        assert not acknowledged, f"{act} was acknowledged, and is lost"
        return
    mine = [f"w{number}z {name}" for name in sorted(WRITTEN)]
    grown = {"version": after["version"] - before["version"]}
    grown |= {name: len(after[name]) - len(before[name]) for name in ("acts", "outbox")}
    if act == "autosave":
        assert after == before | {"unsaved": [[number + 1, mine]]}
        return
    assert after["newest"] == after["newest_revision"] == mine
    assert after["unsaved"] == [[number + 1, []]], "saved, and offered again as unsaved"
    assert grown["version"] == 1
    if act == "_save_draft":
        # The form has no time any more, which is an act of its own if there was one before.
        assert set(after["acts"][len(before["acts"]) :]) == {"save"}
    elif act == "_publish":
        assert after["public"] == mine
        assert after["acts"][len(before["acts"]) :] == ["publish"]
    else:
        assert after["scheduled"] == mine
        assert after["acts"][len(before["acts"]) :] == ["schedule"]
    assert (grown["outbox"] > 0) == (act != "_save_draft")
