"""Three editors at the desk, each with forms that may be old. newsroom_checks.py has what must be true after each step.

Every word that is typed is a new one, like “w12z”, so that each can be looked for by itself.
"""

import contextlib
import datetime
import json

import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from selectolax.lexbor import LexborHTMLParser

from articles.models import Image, Tag
from articles.publishing import Content
from articles.publishing.article.scheduling.go_live import publish_due
from tests import factories as make

from .filled_form import fields
from .newsroom_checks import WRITTEN, Checks, Window, words_of, written
from .test_session import login_form

EDITORS, ARTICLES = 3, 2
START = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
KEEP = "/admin/articles/article/desk/unsaved/"
BIN = "/admin/articles/binnedarticle/"
TAGS = ("coast", "shore", "beach")
TEXT = "".join(f"<p>Paragraph {number} stands here for good.</p>" for number in range(3))
# Of so many pictures each is added again and again, by different people.
PICTURES = [make.picture_bytes(60, 40, seed=seed) for seed in range(3)]
BUTTONS = (
    *("_save_draft", "_submit", "_publish", "_schedule", "_withdraw"),
    *("_return", "_discard", "_reschedule", "_cancel", "_correct", "_bin"),
)
IN_LIST = {
    "publish": {"action": "publish"},
    "withdraw": {"action": "withdraw", "sure": "1"},
    "bin": {"action": "put_in_bin", "sure": "1"},
}


class InTheBin(Exception):
    """The article cannot be opened, because it is in the bin."""


class Floor(Checks):
    def __init__(self, case):
        self.case = case
        self.clock = time_machine.travel(START, tick=False)
        self.time = self.clock.start()
        self.words = self.copies = 0
        self.editors = [make.editor(f"editor-{number}") for number in range(EDITORS)]
        self.clients = [Client() for _ in self.editors]
        for client, editor in zip(self.clients, self.editors, strict=True):
            client.force_login(editor)
        for name in TAGS:
            make.tag(name)
        draft = make.article(body=TEXT, tags=TAGS[:2], slug="draft")
        self.numbers = [
            draft.pk,
            make.published_article(authors=[make.author()], body=TEXT, tags=TAGS[:2], slug="live").pk,
        ]
        self.windows, self.histories, self.lists, self.bins = {}, {}, {}, {}
        self.pictures, self.dates = set(), {}
        # Of each article: the words that somebody was told are saved, and those that readers have.
        self.told = {number: set() for number in self.numbers}
        self.checked = {}
        self.public = {number: None if number == draft.pk else set() for number in self.numbers}
        self.decided = {number: self.decision(number) for number in self.numbers}

    def close(self):
        self.clock.stop()

    def do(self, step, who, what, choice):
        with contextlib.suppress(InTheBin):
            getattr(self, step)(who, what, choice)

    # What editors do. Each takes numbers of an editor and an article, and one that chooses among what there is.

    def open(self, who, what, _):
        number = self.numbers[what]
        address = reverse("admin:articles_article_change", args=[number])
        page = self.clients[who].get(address)
        if self.article(number).binned_at:
            self.case.assertRedirects(page, BIN, fetch_redirect_response=False)
            raise InTheBin
        self.windows[who, what] = Window(address, fields(page), self.decision(number))

    def window(self, who, what):
        if (who, what) not in self.windows:
            self.open(who, what, 0)
        return self.windows[who, what]

    def type(self, who, what, choice):
        """A new word at one of the places where all of them write."""
        self.words += 1
        word, sent = f"w{self.words}z", self.window(who, what).sent
        if choice % 3 == 0:
            sent["headline"] += f" {word}"
        elif choice % 3 == 1:
            sent["standfirst"] = word
        else:
            sent["body"] = self.with_word(sent["body"], word, choice // 3)

    def with_word(self, body, word, choice):
        """As plain text, as a link with a space after it that never breaks, or as what a picture shows."""
        place, image = f"Paragraph {choice % 2} stands", Image.objects.order_by("pk").last()
        if choice % 4 == 3 and image:
            return f'{body}\n<figure><img data-image="{image.pk}" alt="{word}"></figure>'
        linked = f'<a href="https://example.org/">{word}</a>&nbsp;' if choice % 4 == 2 else f"{word} "
        changed = body.replace(place, f"{linked}{place}")
        return changed if word in changed else f"{body}\n<p>{linked}</p>"

    def tag(self, who, what, choice):
        self.window(who, what).sent["tags"] = ", ".join(TAGS[: choice % len(TAGS)])

    def autosave(self, who, what, _):
        window, editor = self.window(who, what), self.editors[who]
        self.copies += 1
        kept = {
            **{"user": editor.pk, "uid": window.sent["uid"], "tab": f"tab-{who}-{what}"},
            **{"version": int(window.sent["version"]), "number": self.copies},
            "fields": {name: window.sent[name] for name in WRITTEN},
        }
        answer = self.clients[who].post(KEEP, json.dumps(kept), content_type="application/json")
        self.case.assertEqual(answer.status_code, 200, answer.content)
        window.kept = written(window.sent)

    def press(self, who, what, choice):
        """A button; of each three answers one is lost on its way."""
        self.submit(who, what, BUTTONS[choice % len(BUTTONS)], is_lost=choice % 3 == 2)

    def press_without_session(self, who, what, choice):
        """The session has ended: the button does nothing, and the form comes back after the log-in."""
        window, number = self.window(who, what), self.numbers[what]
        before, client = self.state(number), self.clients[who]
        client.logout()
        asked = client.post(window.address, window.sent | {BUTTONS[choice % len(BUTTONS)]: "1"})
        client.force_login(self.editors[who])
        self.case.assertEqual(self.state(number), before, "something was done without a session")
        self.show_again(window, client.post(window.address, login_form(asked)), number)

    def add_pictures(self, who, _what, choice):
        """Two pictures at once, in each second case without a session."""
        address, client = reverse("admin:articles_image_add"), self.clients[who]
        before = set(Image.objects.values_list("pk", flat=True))
        if choice % 2:
            client.logout()
            self.case.assertContains(client.post(address, pictures(choice)), "Your session has ended")
            self.case.assertEqual(set(Image.objects.values_list("pk", flat=True)), before)
            client.force_login(self.editors[who])
        self.case.assertEqual(client.post(address, pictures(choice)).status_code, 302)
        self.pictures |= {choice % len(PICTURES), (choice + 1) % len(PICTURES)}
        self.case.assertEqual(Image.objects.count(), len(self.pictures))

    def save(self, who, what, choice):
        self.submit(who, what, "_save_draft", is_lost=choice % 3 == 2)

    def publish(self, who, what, choice):
        self.submit(who, what, "_publish", is_lost=choice % 3 == 2)

    def withdraw(self, who, what, choice):
        self.submit(who, what, "_withdraw", is_lost=choice % 3 == 2)

    def schedule(self, who, what, choice):
        hours = datetime.timedelta(hours=2 + choice % 3)
        time = self.time_now() + hours
        self.window(who, what).sent["publish_at"] = f"{time:%Y-%m-%dT%H:%M}"
        self.submit(who, what, "_reschedule" if choice % 5 == 4 else "_schedule", is_lost=choice % 2 == 1)

    def redate(self, who, what, choice):
        """Another publish time, from a page that may be old."""
        address = reverse("admin:articles_article_publish_time", args=[self.numbers[what]])
        if choice % 2 or (who, what) not in self.dates:
            page = self.clients[who].get(address)
            if page.status_code == 200:
                self.dates[who, what] = page.context["form"]["seen"].value(), self.decided[self.numbers[what]]
        if (who, what) in self.dates:
            seen, decided = self.dates[who, what]
            time = START - datetime.timedelta(days=choice)
            answer = self.clients[who].post(address, {"seen": seen, "publish_at": f"{time:%Y-%m-%dT%H:%M}"})
            self.check_acts(what, decided, answer)
            self.note_public(what, self.public[self.numbers[what]])

    def correct(self, who, what, choice):
        sent = self.window(who, what).sent
        if not sent.get("correction_text"):
            self.words += 1
            sent["correction_text"] = f"It is {self.words}."
        self.submit(who, what, "_correct", is_lost=choice % 2 == 1)

    def look(self, who, what, _):
        """Open the history, for a version that is brought back later."""
        number = self.numbers[what]
        page = self.clients[who].get(reverse("admin:articles_article_history", args=[number]))
        tree = LexborHTMLParser(page.content.decode())
        same = {
            node.attributes["name"]: node.attributes["value"] for node in tree.css("#restore input[name]")
        }
        buttons = [node.attributes for node in tree.css("button[form=restore]")]
        sent = [same | {button["name"]: button["value"]} for button in buttons]
        self.histories[who, what] = sent, self.decision(number)

    def restore(self, who, what, choice):
        if (who, what) not in self.histories:
            self.look(who, what, 0)
        forms, seen = self.histories[who, what]
        if forms:
            address = reverse("admin:articles_article_restore", args=[self.numbers[what]])
            answer = self.clients[who].post(address, forms[choice % len(forms)])
            self.check_acts(what, seen, answer)

    def list(self, who, _what, _choice):
        self.lists[who] = self.rows(self.clients[who].get(reverse("admin:articles_article_changelist")))

    def look_into_bin(self, who, _what, _choice):
        self.bins[who] = self.rows(self.clients[who].get(BIN))

    def rows(self, page):
        """The tokens of the rows, and of each article that is there what has been decided so far."""
        tokens = [
            node.attributes["value"]
            for node in LexborHTMLParser(page.content.decode()).css("input[name=seen]")
        ]
        there = {int(token.partition(":")[0]) for token in tokens}
        return tokens, {number: self.decision(number) for number in self.numbers if number in there}

    def bulk(self, who, what, choice):
        """What the list does with one article or several."""
        if who not in self.lists:
            self.list(who, 0, 0)
        action = IN_LIST[[*IN_LIST][choice % len(IN_LIST)]]
        self.act_in_list(who, what, reverse("admin:articles_article_changelist"), self.lists[who], action)

    def unbin(self, who, what, choice):
        if choice % 2 or who not in self.bins:
            self.look_into_bin(who, 0, 0)
        self.act_in_list(who, what, BIN, self.bins[who], {"action": "restore"})

    def act_in_list(self, who, what, address, rows, action):
        (tokens, seen), number = rows, self.numbers[what]
        if number not in seen:
            return
        newest = self.text(what)
        answer = self.clients[who].post(address, action | {"_selected_action": [number], "seen": tokens})
        self.check_acts(what, seen[number], answer)
        self.note_public(what, newest)

    def merge(self, who, _what, choice):
        tags = Tag.objects.filter(name__in=TAGS).order_by("name")
        if len(tags) > 1:
            chosen = [tag.pk for tag in tags][:2]
            sent = {"action": "merge", "_selected_action": chosen, "into": chosen[choice % 2]}
            answer = self.clients[who].post(reverse("admin:articles_tag_changelist"), sent)
            self.case.assertEqual(answer.status_code, 302)

    def wait(self, _who, _what, _choice):
        """Three hours go by, in which the press publishes what is due."""
        self.time.shift(datetime.timedelta(hours=3))
        due = {
            number: words_of(*self.texts_of(Content.of_revision(article.scheduled_revision)))
            for number in self.numbers
            if (article := self.article(number)).scheduled_for and article.scheduled_for <= self.time_now()
        }
        publish_due()
        for what, number in enumerate(self.numbers):
            if number in due:
                self.public[number] = due[number]
            elif self.public[number] is None and self.article(number).is_public():
                self.public[number] = self.text(what)
            self.decided[number] = self.decision(number)


def pictures(choice):
    """What the form for pictures sends, with new files."""
    chosen = [(choice + number) % len(PICTURES) for number in range(2)]
    return {"files": [SimpleUploadedFile(f"{number}.jpg", PICTURES[number]) for number in chosen]}
