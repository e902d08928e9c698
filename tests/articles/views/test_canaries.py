"""What is not public stands on no public page, in no header and in no file for machines.

Each place that readers may not see has a word of its own, and every public address is asked for all of them.
"""

import datetime
import html
import json
import re
import uuid
from dataclasses import replace
from urllib.parse import unquote, urljoin, urlsplit

import time_machine
from django.test import Client, TestCase
from django.urls import URLPattern, get_resolver
from django.utils import timezone

from articles import publishing
from articles.models import Article, Author, Email, EmailWanted, Note, OutboxEntry, Section, Tag, UnsavedText
from articles.models.addresses.paths import FEEDS
from articles.models.desk.notification import Kind
from articles.notifications.consumer import Notifications
from articles.notifications.emails import email_of
from articles.outbox.consumers import Followers
from articles.press.everything.addresses import every_address
from articles.press.render.failures import note_failure
from articles.publishing import Content
from articles.publishing.addresses.redirects import Wanted, save_redirect
from articles.publishing.notes.draft_links import make_link, write_comment
from articles.publishing.notes.words import Words
from articles.publishing.notes.writing import write_note
from tests import factories as make

HOUR = datetime.timedelta(hours=1)
CANARY = re.compile(r"(?:canary|(?<!visually-)hidden)[\W_]?[a-z]+", re.IGNORECASE)
LINK = re.compile(
    r"""(?:href|src|action|srcset|content|url|id)"?\s*[=:]\s*["']([^"'\s]+)|<(?:loc|link|id|guid)[^>]*>([^<]+)<"""
)
# Asked for by name besides, because nothing leads there.
UNLINKED = (
    *(
        "/no-such-page/",
        "/no-such-page",
        "/tag/none/",
        "/author/none/",
        "/world/none/",
        "/2026/13/45/x/",
        "/%00/",
    ),
    # What all of them have in common, and how it may be mistyped: an answer repeats what was asked.
    *(
        f"/search/?q={typed}&order={order}"
        for typed in ("about", "text", "abuot", "-a")
        for order in ("best", "newest")
    ),
    *(f"/search/suggestions/?q={typed}" for typed in ("about", "canar", "text")),
    *("/?s=word", "/feed/?x=word", "/site-version/?next=/", "/media/renditions/none.jpg"),
)
WORDS = {
    "slug": "{}",
    "year": "2026",
    "month": "06",
    "day": "10",
    "part": "1",
    "section": "world",
    "sub": "{}",
}


def words(place):
    """Every text of an article, each with the word of this place."""
    word = f"canary{place}"
    return {
        **dict.fromkeys(("headline", "standfirst", "kicker", "search_title"), f"About {word}"),
        **{
            "body": f"<h2>{word}</h2><p>Text {word}.</p>",
            "slug": f"hidden{place}",
            "search_description": word,
        },
        "canonical_url": f"https://example.org/{word}",
    }


def changed(article, place, **more):
    """The text of a public article as it is changed and not published. It keeps its address."""
    return replace(Content.newest(article), **{**words(place), "slug": article.slug}, **more)


class Newsroom:
    """One article or picture for each place, and public articles beside them."""

    def __init__(self):
        now = timezone.now()
        self.ana = make.editor("canarylogin", email="canarymail@example.org")
        self.world = make.section("World")
        self.picture = make.image("canaryalt", caption="canarycaption", credit="canarycredit")
        lead = make.image("Harbour", caption="As readers have it")
        common = {"section": self.world, "authors": [make.author()], "tags": ("coast",), "by": self.ana}
        self.public = make.published_article(
            **common, headline="Publicword", body="<p>Publicword</p>", lead_image=lead, at=now - 9 * HOUR
        )
        for place, act in {
            "draft": None,
            "review": publishing.submit,
            "sentback": lambda article, by: publishing.return_to_draft(
                publishing.submit(article, by=by), by=by, reason="canaryreason"
            ),
            "binned": publishing.put_in_bin,
        }.items():
            article = make.article(**common | words(place), lead_image=self.picture)
            if act:
                act(article, by=self.ana)
        self.make_public_ones(now, common)
        self.make_changes(now, common)
        self.make_others(common)
        self.make_talk()

    def make_talk(self):
        """What colleagues say to each other, what they are told, and an e-mail that waits."""
        EmailWanted.objects.create(person=self.ana, kind=Kind.MENTIONED)
        ben = make.editor("canaryben")
        for article in (self.public, Article.objects.get(slug="hiddendraft")):
            words = Words("canaryquote", "canarybefore", "canaryafter")
            first = write_note(article, "canarytalk @canarylogin", by=ben, words=words)
            write_note(article, "canaryanswer", by=None, name="canaryvisitor", thread=first.pk)
        note_failure("canaryshelf", self.public.get_absolute_url(), "canaryerror")

    def make_public_ones(self, now, common):
        """Those that were out, or will be."""
        make.published_article(**common, **words("scheduled"), at=now + HOUR)
        gone = make.published_article(**common, **words("withdrawn"), at=now - 3 * HOUR)
        publishing.withdraw(gone, by=self.ana, reason="canarywhy")
        make.published_article(**common, **words("expired"), at=now - 3 * HOUR, until=now - HOUR)
        publishing.put_in_bin(make.published_article(**common, **words("liveandbinned")), by=self.ana)

    def make_changes(self, now, common):
        """What was written of articles that readers have."""
        live = make.published_article(**common, at=now - 2 * HOUR)
        publishing.save_draft(
            live, changed(live, "copy", lead_alt="canarylead"), by=self.ana, note="canarynote"
        )
        live = make.published_article(**common, at=now - 2 * HOUR)
        publishing.schedule(live, changed(live, "later"), by=self.ana, at=now + HOUR)
        publishing.save_draft(self.now(live), changed(self.now(live), "afterlater"), by=self.ana)
        live = make.published_article(**common, at=now - 2 * HOUR, headline="Canaryoldversion", slug="one")
        publishing.publish(live, replace(Content.of(live), headline="New"), by=self.ana)
        note = publishing.correct(self.now(live), by=self.ana, text="canaryremovednote")
        publishing.remove_correction(self.now(live), note.pk, by=self.ana)
        publishing.save_draft(self.now(live), changed(self.now(live), "discarded"), by=self.ana)
        publishing.discard_working_copy(self.now(live), by=self.ana)
        self.live = live

    def make_others(self, common):
        common = {"editor": self.ana, "tab": "a", "version": 1, "number": 1}
        for uid, word in ((self.live.uid, "canaryunsaved"), (uuid.uuid4(), "canaryneversaved")):
            UnsavedText.objects.create(uid=uid, fields={"headline": word, "body": word}, **common)
        make.page("canarypage", path="hiddenpath", body="<p>canarypage</p>", published=False)
        Author.objects.update(user=self.ana)
        # Articles of a series lead to those beside them, among which are all of these.
        Tag.objects.update(is_series=True)
        # Who has the link reads the article, and what was written there is a note.
        link, secret = make_link(self.live, by=self.ana)
        self.link = f"/preview/{secret}/"
        write_comment(link, "canarycomment", name="canarycommenter")
        save_redirect(Wanted("/old-address/", self.public.get_absolute_url()))

    def now(self, article):
        return Article.objects.get(pk=article.pk)


def all_patterns(resolver=None, before=""):
    for pattern in (resolver or get_resolver()).url_patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield here
        elif not here.startswith("admin/"):
            yield from all_patterns(pattern, here)


def filled_in(pattern):
    """Addresses of a pattern of the URL configuration, with values that there are."""
    for slug in ("world", "coast", "mara-ellis", "hiddendraft", "hiddenpath"):

        def value(match, slug=slug):
            kind, _, name = match[1].rpartition(":")
            fixed = {
                "secret": "0" * 48,
                "uuid": str(uuid.uuid4()),
                "year": "2026",
                "two": "06",
                "part": "1",
                "path": slug,
            }
            return fixed.get(kind, "world" if name == "section" else slug)

        yield "/" + re.sub(r"<([^>]+)>", value, pattern)


def links_in(text, base):
    for found in LINK.findall(text):
        for link in filter(None, found):
            # An id or a word of a <meta> is no address. Read as one, it would lead from each page that is not found to others,
            # without end.
            if not link.startswith(("/", "?", "http")):
                continue
            try:
                parts = urlsplit(urljoin(f"http://localhost:8000{base}", html.unescape(link)))
            except ValueError:
                continue
            if parts.netloc == "localhost:8000" and not parts.path.startswith(("/static/", "/admin/")):
                yield parts.path + (f"?{parts.query}" if parts.query else "")


class CanaryTests(TestCase):
    def beginnings(self):
        yield from every_address()
        yield from UNLINKED
        for pattern in all_patterns():
            yield from filled_in(pattern)
        for article in Article.including_bin.all():
            yield f"/preview/{article.uid}/"
            yield f"/embed/{article.uid}/"
            yield f"/oembed?url=http://localhost:8000{article.get_absolute_url()}"
            yield f"/oembed?url=http://localhost:8000/embed/{article.uid}/"
            yield f"/preview/{article.uid}/?scheduled"
            address = article.get_absolute_url()
            yield from (
                address,
                f"{address}feed/",
                f"{address}amp/",
                f"{address}index.md",
                address.rstrip("/"),
            )
        for owner in (*Tag.objects.all(), *Author.objects.all(), *Section.objects.all()):
            yield from (owner.get_absolute_url() + feed for feed in ("", *FEEDS.values()))

    def crawl(self):
        """Address → what is answered there, headers included."""
        waiting, answers, client = (
            list(dict.fromkeys(self.beginnings())),
            {},
            Client(raise_request_exception=False),
        )
        while waiting:
            address = waiting.pop()
            if address in answers:
                continue
            response = client.get(address)
            content = b"".join(response.streaming_content) if response.streaming else response.content
            text = content.decode(errors="replace")
            answers[address] = response.status_code, f"{dict(response.headers)}\n{text}"
            waiting += links_in(text, address)
            if "Location" in response.headers:
                waiting += links_in(f'href="{response["Location"]}"', address)
        return answers

    def test_stand_on_no_public_page(self):
        with time_machine.travel(datetime.datetime(2026, 6, 10, 12, 0, tzinfo=datetime.UTC), tick=False):
            newsroom = Newsroom()
            Followers().work_off()
            Notifications().take(list(OutboxEntry.objects.values_list("change", flat=True)))
            self.assertIn("canarytalk", str(email_of(Email.objects.first().notification).message()))
            answers = self.crawl()
            found = {}
            for address, (status, text) in answers.items():
                self.assertNotEqual(status, 500, address)
                self.assertNotIn(newsroom.link, text, address)
                # Words of addresses are “hidden…”, and may stand in the answer to whoever asks for them.
                asked = set(CANARY.findall(unquote(address)))
                for word in set(CANARY.findall(text)) - asked:
                    found.setdefault(word, address)
            self.assertEqual(found, {})
            self.assert_everything_was_asked(newsroom, answers)

    def assert_everything_was_asked(self, newsroom, answers):
        """The words of what is public are found, and there are canaries to be found."""
        with_public = {address for address, (_, text) in answers.items() if "Publicword" in text}
        for address in (
            "/",
            "/feed/",
            "/feed.json",
            "/world/",
            "/tag/coast/",
            newsroom.public.get_absolute_url(),
        ):
            if address in answers and answers[address][0] == 200:
                self.assertIn(address, with_public)
        self.assertGreater(len(with_public), 10)
        self.assertGreater(len(answers), 100)
        self.assert_the_link_shows_no_notes(newsroom)
        self.client.force_login(newsroom.ana)
        draft = Article.objects.get(slug="hiddendraft")
        self.assertContains(self.client.get(f"/preview/{draft.uid}/"), "About canarydraft")
        self.assertIn("canaryunsaved", json.dumps(list(UnsavedText.objects.values_list("fields", flat=True))))

    def assert_the_link_shows_no_notes(self, newsroom):
        """Those who have it read what is saved, and nothing that is said about it."""
        note = Note.objects.get(name="canarycommenter")
        self.assertEqual(note.text, "canarycomment")
        page = self.client.get(newsroom.link)
        self.assertContains(page, "New")
        self.assertEqual(set(CANARY.findall(page.content.decode())), set())
