"""Three editors at the desk, each with forms that may be old, and what must be true after each of their steps.

Every word that is typed is a new one, like “w12z”, so that each can be looked for by itself.
"""

import datetime
import json
import re

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.models import Act, Article, Revision, Tag, UnsavedText
from articles.publishing import Content
from articles.publishing.article.go_live import publish_due
from articles.publishing.article.unchanged import token_of
from tests import factories as make

from .form import change_address, fields

# A word of its own: signatures in addresses have any letters.
WORD = re.compile(r"(?<![\w/-])w\d+z(?![\w/-])")
EDITORS, ARTICLES = 3, 2
START = datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC)
KEEP = "/admin/articles/article/desk/unsaved/"
TAGS = ("coast", "shore", "beach")
WRITTEN = ("headline", "standfirst", "body")
TEXT = "".join(f"<p>Paragraph {number} stands here for good.</p>" for number in range(3))
# Acts that decide something. All others change words, of which none may be lost.
DECISIONS = set(Act.Verb) - {Act.Verb.SAVE, Act.Verb.RESTORE, Act.Verb.CREATE, Act.Verb.TAG}
BUTTONS = (
    *("_save_draft", "_submit", "_publish", "_schedule", "_withdraw"),
    *("_return", "_discard", "_reschedule", "_cancel", "_correct"),
)


def words_of(*texts):
    return set(WORD.findall(" ".join(texts)))


def written(sent):
    return words_of(*(sent[name] for name in WRITTEN))


class Window:
    """A form as its editor has it. `seen` are the decisions and the state that the page has shown."""

    def __init__(self, sent, seen):
        self.sent, self.seen, self.kept = sent, seen, set()


class Floor:
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
        self.numbers = [draft.pk, make.published_article(body=TEXT, tags=TAGS[:2], slug="live").pk]
        self.windows, self.histories, self.lists = {}, {}, {}
        # Of each article: the words that somebody was told are saved, and those that readers have.
        self.told = {number: set() for number in self.numbers}
        self.checked = {}
        self.public = {number: None if number == draft.pk else set() for number in self.numbers}
        self.decided = {number: self.decision(number) for number in self.numbers}

    def close(self):
        self.clock.stop()

    def article(self, number):
        return Article.objects.get(pk=number)

    def state(self, number):
        """Differs if anything of the article may have changed."""
        tags = list(Tag.objects.order_by("pk").values_list("name", flat=True))
        article = self.article(number)
        return article.version, token_of(article), tags

    def decision(self, number):
        """The newest act that decided something, and what time has made of it."""
        article = self.article(number)
        newest = article.acts.filter(verb__in=DECISIONS).order_by("-pk").values_list("pk", flat=True).first()
        times = article.publish_at, article.expires_at, article.scheduled_for
        return newest or 0, article.state, *times, token_of(article).partition(".")[2]

    # What editors do. Each takes numbers of an editor and an article, and one that chooses among what there is.

    def open(self, who, what, _):
        number = self.numbers[what]
        page = self.clients[who].get(change_address(self.article(number)))
        self.windows[who, what] = Window(fields(page), self.decision(number))

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
            place = f"Paragraph {choice % 2} stands"
            sent["body"] = sent["body"].replace(place, f"{word} {place}")
            if word not in sent["body"]:
                sent["body"] += f"<p>{word}</p>"

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
        forms = LexborHTMLParser(page.content.decode()).css("form[action$='/restore/']")
        sent = [
            {node.attributes["name"]: node.attributes["value"] for node in form.css("input[name]")}
            for form in forms
        ]
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
        page = self.clients[who].get(reverse("admin:articles_article_changelist"))
        seen = LexborHTMLParser(page.content.decode()).css("input[name=seen]")
        tokens = [node.attributes["value"] for node in seen]
        self.lists[who] = tokens, [self.decision(number) for number in self.numbers]

    def bulk(self, who, what, choice):
        """The list's own way of publishing and withdrawing."""
        if who not in self.lists:
            self.list(who, 0, 0)
        tokens, seen = self.lists[who]
        newest = self.text(what)
        action = {"action": "withdraw", "sure": "1"} if choice % 2 else {"action": "publish"}
        sent = action | {"_selected_action": [self.numbers[what]], "seen": tokens}
        answer = self.clients[who].post(reverse("admin:articles_article_changelist"), sent)
        self.check_acts(what, seen[what], answer)
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

    def time_now(self):
        return timezone.localtime()

    def text(self, what):
        """The words of the newest text."""
        return words_of(*self.texts_of(Content.newest(self.article(self.numbers[what]))))

    def texts_of(self, content):
        return content.headline, content.standfirst, content.body

    # What the site answers.

    def submit(self, who, what, button, *, is_lost):
        window, number = self.window(who, what), self.numbers[what]
        acts, version = self.newest_act(number), self.article(number).version
        sent = window.sent | {button: "1", "_tab": f"tab-{who}-{what}", "_number": str(self.copies)}
        answer = self.clients[who].post(change_address(self.article(number)), sent)
        self.case.assertIn(answer.status_code, (302, 409, 422), button)
        self.check_acts(what, window.seen, answer)
        if answer.status_code != 302:
            self.case.assertEqual(
                self.newest_act(number), acts, f"{button} was refused, and has done something"
            )
            self.case.assertEqual(self.article(number).version, version, "refused, and has saved something")
            if not is_lost:
                self.show_again(window, answer, number)
            return
        if button != "_discard":
            self.told[number] |= written(window.sent)
        self.note_public(what, written(window.sent))
        window.kept = set()
        if not is_lost:
            del self.windows[who, what]

    def show_again(self, window, answer, number):
        """The page that says why; its editor chooses one of two readings where that is asked."""
        typed = written(window.sent)
        window.sent = fields(answer)
        self.case.assertLessEqual(typed, written(window.sent), "typed, and not in the form that tells")
        form = LexborHTMLParser(answer.content.decode()).css_first("#article_form")
        for radio in form.css("input[type=radio]"):
            window.sent.setdefault(radio.attributes["name"], radio.attributes["value"])
        if answer.status_code == 409:
            window.seen = self.decision(number)

    def newest_act(self, number):
        return Act.objects.filter(article=number).order_by("-pk").values_list("pk", flat=True).first()

    def note_public(self, what, published):
        """What readers have after an act: the words that its form had, or nothing."""
        number = self.numbers[what]
        last, *_ = now = self.decision(number)
        if now == self.decided[number]:
            return
        verb = Act.objects.get(pk=last).verb
        if verb == Act.Verb.PUBLISH:
            self.public[number] = published
        elif not self.article(number).is_public():
            self.public[number] = None
        self.decided[number] = now

    def check_acts(self, what, seen, answer):
        """A decision is made only by whoever has seen the one before."""
        number = self.numbers[what]
        now, before = self.decision(number), self.decided[number]
        if now != before:
            self.case.assertNotEqual(now[0], before[0], "the state has changed, and no act says so")
            self.case.assertEqual(
                seen, before, f"{Act.objects.get(pk=now[0])}, over a decision that its form had not seen"
            )

    # What must be true after each step.

    def check(self):
        """All of it, of each article in which something has changed."""
        for what, number in enumerate(self.numbers):
            if (state := self.state(number)) == self.checked.get(number):
                continue
            self.checked[number] = state
            article = self.article(number)
            self.case.assertEqual(self.decision(number), self.decided[number], "decided by nobody")
            versions = list(Revision.objects.filter(article=number).values_list("content", flat=True))
            there = words_of(json.dumps(versions))
            self.case.assertLessEqual(self.told[number], there, "saved, and lost")
            self.case.assertEqual(len(versions), article.version)
            texts = list(article.corrections.values_list("text", flat=True))
            self.case.assertEqual(len(texts), len(set(texts)), "corrected twice")
            self.check_readers(what, article)
            names = set(Content.newest(article).tags)
            self.case.assertLessEqual(names, set(Tag.objects.values_list("name", flat=True)))
        self.check_kept()

    def check_readers(self, what, article):
        if article.address_date is None:
            return
        answer = Client().get(article.get_absolute_url())
        public = self.public[article.pk]
        self.case.assertEqual(answer.status_code == 200, public is not None, answer.status_code)
        self.case.assertEqual(words_of(answer.content.decode()), public or set(), "not what was published")

    def check_kept(self):
        for (who, what), window in self.windows.items():
            rows = UnsavedText.objects.filter(editor=self.editors[who], tab=f"tab-{who}-{what}")
            there = words_of(json.dumps(list(rows.values_list("fields", flat=True))))
            self.case.assertLessEqual(window.kept, there, "kept, and lost")
