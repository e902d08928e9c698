"""What must be true after each step of the editors in newsroom_floor.py."""

import json
import re

from django.test import Client
from django.urls import resolve
from django.utils import timezone
from selectolax.lexbor import LexborHTMLParser

from articles.models import Act, Article, Revision, Tag, UnsavedText
from articles.publishing import Content
from articles.publishing.article.merging.older_forms import token_of

from .filled_form import add_address, fields

# A word of its own: signatures in addresses have any letters.
WORD = re.compile(r"(?<![\w/-])w\d+z(?![\w/-])")
WRITTEN = ("headline", "standfirst", "body")
# Acts that decide something. All others change words, of which none may be lost.
DECISIONS = set(Act.Verb) - {Act.Verb.SAVE, Act.Verb.RESTORE, Act.Verb.CREATE, Act.Verb.TAG}


def words_of(*texts):
    return set(WORD.findall(" ".join(texts)))


def written(sent):
    return words_of(*(sent[name] for name in WRITTEN))


class Window:
    """A form as its editor has it, and where it is sent. `seen` are the decisions and the state that the page
    has shown."""

    def __init__(self, address, sent, seen):
        self.address, self.sent, self.seen, self.kept = address, sent, seen, set()

    @property
    def is_new(self):
        """Its article was put into the bin, and its text can be saved as a new one."""
        return self.address == add_address()


class Checks:
    """Needs `case`, `editors`, `clients`, `numbers`, `windows`, `told`, `public`, `decided` and `checked`."""

    def article(self, number):
        return Article.including_bin.get(pk=number)

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
        answer = self.clients[who].post(window.address, sent)
        self.case.assertIn(answer.status_code, (302, 409, 422), button)
        self.check_acts(what, window.seen, answer)
        has_done = (self.newest_act(number), self.article(number).version) != (acts, version)
        if answer.status_code != 302:
            self.case.assertFalse(has_done, f"{button} was refused, and has done something")
            if not is_lost:
                self.show_again(window, answer, number)
            return
        if window.is_new:
            self.case.assertFalse(has_done, f"{button} of a new article has changed another one")
            self.check_new(window, answer)
        elif button == "_bin" and not has_done:
            # A colleague was faster: what was typed is not saved, and is still offered.
            return self.check_kept()
        elif button != "_discard":
            self.told[number] |= written(window.sent)
        self.note_public(what, written(window.sent))
        window.kept = set()
        if not is_lost:
            del self.windows[who, what]

    def check_new(self, window, answer):
        """The words of a form whose article is in the bin are those of a new article."""
        number = resolve(answer.headers["Location"].partition("?")[0]).kwargs["object_id"]
        self.case.assertNotIn(number, self.numbers)
        new = Content.newest(self.article(number))
        self.case.assertLessEqual(
            written(window.sent), words_of(*self.texts_of(new)), "saved as new, and lost"
        )

    def show_again(self, window, answer, number):
        """The page that says why; its editor chooses one of two readings where that is asked."""
        typed = written(window.sent)
        window.sent = fields(answer)
        self.case.assertLessEqual(typed, written(window.sent), "typed, and not in the form that tells")
        form = LexborHTMLParser(answer.content.decode()).css_first("#article_form")
        window.address = form.attributes["action"]
        for radio in form.css("input[type=radio]"):
            window.sent.setdefault(radio.attributes["name"], radio.attributes["value"])
        if answer.status_code == 409:
            window.seen = self.decision(number)

    def newest_act(self, number):
        return Act.objects.filter(article=number).order_by("-pk").values_list("pk", flat=True).first()

    def note_public(self, what, published):
        """What readers have after an act: the words that its form had, or nothing."""
        number = self.numbers[what]
        now, (before, *_) = self.decision(number), self.decided[number]
        if now == self.decided[number]:
            return
        # The last act may be the note to readers that was published with the text.
        if Act.objects.filter(article=number, pk__gt=before, verb=Act.Verb.PUBLISH).exists():
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
        tree = LexborHTMLParser(answer.content.decode())
        # Cards show other articles, with what readers have of those.
        cards = tree.css(".card")
        of_others = words_of(*(card.html for card in cards))
        self.case.assertLessEqual(of_others, set().union(*filter(None, self.public.values())))
        for card in cards:
            card.decompose()
        self.case.assertEqual(words_of(tree.html), public or set(), "not what was published")

    def check_kept(self):
        for (who, what), window in self.windows.items():
            rows = UnsavedText.objects.filter(editor=self.editors[who], tab=f"tab-{who}-{what}")
            there = words_of(json.dumps(list(rows.values_list("fields", flat=True))))
            self.case.assertLessEqual(window.kept, there, "kept, and lost")
