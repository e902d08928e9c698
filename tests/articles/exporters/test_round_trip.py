"""What is exported and imported again into an empty newsroom is what it was."""

import dataclasses
import datetime
import io
import tempfile
from collections import Counter
from pathlib import Path

from django.core.management import call_command
from django.test import TestCase
from django.utils import timezone

from articles import publishing
from articles.admin.redirects.csv_files import lines_of
from articles.models import Article, Document, OldAddress
from articles.publishing import BylineContent
from articles.publishing.addresses.redirects import Wanted, save_redirects
from articles.publishing.pages import save_page
from articles.publishing.sections import save_section
from tests import corpora, factories
from tests.articles.exporters.exported import brought_back, exported, folder_of, from_wordpress
from tests.articles.exporters.newsrooms import dump, empty, redirects
from tests.articles.importers.wordpress.exports import OWN

FOREIGN = sorted((Path(corpora.FOREIGN or "nowhere") / "wxr").glob("*.xml"))


class RoundTripTestCase(TestCase):
    maxDiff = 4000

    def there_and_back(self):
        """The newsroom before, and after it was exported, emptied and imported again."""
        folder = folder_of(self)
        before, led = dump(), redirects()
        export = exported(folder)
        empty()
        report = brought_back(export, folder)
        self.assertNotIn("refused", report["sum"]["results"])
        self.assertEqual(report["pictures"].get("missing", []), [])
        return (before, led), (dump(), redirects())

    def assertSame(self, before, after):
        for kind, things in before[0].items():
            if not isinstance(things, dict):
                self.assertEqual(things, after[0][kind])
                continue
            self.assertEqual(things.keys(), after[0][kind].keys())
            for name, thing in things.items():
                with self.subTest(kind=kind, thing=name):
                    self.assertEqual(thing, after[0][kind][name])
        self.assertEqual(before[1], after[1])


BODY = """\
<p id="top-note">Brackets [gallery] and [caption id="x"]text[/caption], ]]&gt; and 1 &lt; 2 &amp;amp; a&nbsp;space.</p>
<aside class="summary"><ul><li>One</li><li>Two</li></ul></aside>
<h2 id="its-price">Its price</h2>
<aside class="facts"><h2>The wall</h2><p>Height: <strong>4 m</strong> [sic]</p>\
<table><tbody><tr><td>Length</td><td>2 km</td></tr></tbody></table>\
<figure><img data-image="{0}" alt="In a box"></figure></aside>
<h3 id="in-crowns">In crowns</h3>
<h4>In pounds</h4>
<p>A <a href="/2020/01/02/wall/#its-price">link</a>, <a href="https://elsewhere.test/?a=1&amp;b=2">one</a> away, \
<a href="/world/">a section</a>, <a href="#its-price">a part</a>, <a href="#top-note">another</a>, <a href="#fn-1">a note</a>, <a href="mailto:desk@paper.test">mail</a>.</p>
<p>A line<br>and the next, <strong>bold</strong>, <em>slanted</em>, <s>gone</s>, H<sub>2</sub>O, <code>x = 1</code>.</p>
<p>https://www.youtube.com/watch?v=dQw4w9WgXcQ</p>
<hr>
<ul><li>One<ul><li>Below one</li></ul></li><li>Two</li></ul>
<ol start="3" reversed=""><li>Three</li><li>Two</li></ol>
<ol type="a"><li id="fn-1">With an id</li><li><p>Two</p><p>paragraphs</p></li></ol>
<blockquote><p>Words.</p><p>More.</p><p><cite>Ana Ruiz</cite></p></blockquote>
<blockquote><p><strong>A heading</strong></p><ul><li>and a list</li></ul></blockquote>
<pre><code>if a &lt; b:
    print("[x]")</code></pre>
<pre>As  typed
  here</pre>
<table><caption>Walls</caption><thead><tr><th scope="col">Place</th><th colspan="2">Metres</th></tr></thead>\
<tbody><tr><td>Saltby</td><td>4</td><td>11</td></tr></tbody></table>
<table><tbody><tr><td><p>Two</p><p>paragraphs</p></td><td>One</td></tr></tbody></table>
<figure class="wide"><img data-image="{0}" alt="A &quot;wall&quot;"><figcaption>At <em>dusk</em> <cite>Bo Lind</cite></figcaption></figure>
<figure><img data-image="{2}" alt="" data-decorative=""></figure>
<figure class="end"><img data-image="{1}" alt=""></figure>
<figure class="gallery"><figure><img data-image="{0}" alt="One"><figcaption>First</figcaption></figure>\
<figure><img data-image="{1}" alt="Two"></figure></figure>
<figure class="pair"><figure><img data-image="{0}" alt="Before"></figure>\
<figure><img data-image="{1}" alt="After"></figure></figure>"""
DAY = datetime.timedelta(days=1)
AT = datetime.datetime(2020, 1, 1, 12, tzinfo=datetime.UTC)


class OfEverythingTest(RoundTripTestCase):
    """What has no example in the demonstration."""

    @classmethod
    def setUpTestData(cls):
        cls.editor = factories.editor()
        cls.world, cls.ports = factories.section("World"), factories.section("Ports", description="A & B")
        cls.first = factories.image("A wall & a <sea>", caption="At <dusk>\nand dawn", credit="Ana Ruiz")
        cls.second = factories.image("", caption="", width=900)

    def article(self, headline="Wall", *, at=AT, until=None, **changes):
        return factories.published_article(
            at=at, until=until, by=self.editor, headline=headline, section=self.world, **changes
        )

    def test_every_kind_of_block(self):
        body = BODY.format(self.first.pk, self.second.pk, factories.image("A line").pk)
        # By nobody, who may leave pictures without words.
        article = factories.published_article(headline="Wall", body=body, section=self.world)
        # So that it is a test of the export alone.
        self.assertEqual(article.body, body)
        factories.page(body=body)
        self.assertSame(*self.there_and_back())

    def test_documents(self):
        document = factories.document()
        link = f'<p><a href="{document.get_absolute_url()}">The report</a> (PDF, 17 bytes)</p>'
        self.article(body=link)
        before, after = self.there_and_back()
        (article,) = after[0]["articles"].values()
        (there,) = Document.objects.all()
        self.assertEqual(article["body"], link.replace(document.get_absolute_url(), there.get_absolute_url()))
        self.assertEqual(there.size, document.size)
        with there.file.open() as file:
            self.assertEqual(file.read(), b"%PDF-1.7 A report")

    def test_states_and_times(self):
        now = timezone.now()
        factories.article(headline="Draft", section=self.world)
        publishing.submit(factories.article(headline="In review", section=self.world), by=self.editor)
        self.article("Scheduled", at=now + DAY)
        publishing.withdraw(self.article("Withdrawn"), by=self.editor)
        self.article("Until later", at=now - DAY, until=now + 300 * DAY)
        over = self.article("Over", at=now - 3 * DAY)
        Article.objects.filter(pk=over.pk).update(expires_at=now - DAY)
        changed = publishing.publish(self.article("Changed"), by=self.editor)
        publishing.correct(changed, by=self.editor, text="It is\n4 < 5 metres [sic].", when=AT + DAY)
        publishing.correct(changed, by=self.editor, text="It stands.", kind="update", when=AT + 2 * DAY)
        before, after = self.there_and_back()
        self.assertSame(before, after)
        states = Counter(each["state"] for each in after[0]["articles"].values())
        self.assertEqual(states, {"draft": 1, "in_review": 1, "published": 4, "withdrawn": 1})

    def test_words_of_all_kinds(self):
        authors = [factories.author("Мария Орлова"), factories.author("O’Neil & Sons", role="Poet")]
        authors[1].biography, authors[1].links = "Writes <verse>.", "https://poet.test/a\nhttps://b.test/"
        authors[1].save()
        series = factories.tag("Walls & <ports>")
        series.description, series.is_series = "All about <them>.", True
        series.save()
        self.article(
            "Что дальше: 5 < 6 & ]]> 100 %%title%%",
            slug="что-дальше",
            standfirst="The wall is four metres high\nand eleven kilometres long [see below].",
            kicker="Q & A",
            language="ar",
            direction="ltr",
            lead_image=self.first,
            lead_caption="",
            lead_alt="A <wall>",
            tags=("zulu", "Walls & <ports>", "alpha"),
            bylines=(BylineContent(authors[1].pk), BylineContent(authors[0].pk, "Photographs by")),
            search_title="Title & more",
            search_description="What it is",
            canonical_url="https://elsewhere.test/first/",
            noindex=True,
            kind="review",
            reviewed="“Walls” & <ports>",
            rating=4,
        )
        self.article("Without anybody", lead_image=self.second, lead_alt="Stones", slug="second")
        factories.page("A & B", path="a-b", published=False, order=3, language="fr")
        self.assertSame(*self.there_and_back())

    def test_pages_below_pages(self):
        for path in ("about", "about/the-team", "about/the-team/нью-йорк", "alone/deep/down"):
            factories.page(path, path=path)
        before, after = self.there_and_back()
        self.assertEqual(len(before[0]["pages"]), 4)
        self.assertSame(before, after)

    def test_departments_with_sections_of_one_slug(self):
        for parent in (self.world, self.ports):
            below = factories.section("News", parent=parent)
            factories.published_article(at=AT, section=below)
        self.assertSame(*self.there_and_back())

    def test_old_addresses(self):
        article = self.article(slug="wall")
        publishing.publish(article, self.content(article, slug="new-wall"), by=self.editor)
        save_redirects([(Wanted("/a/b.html", article.get_absolute_url()), None)])
        page = factories.page("About", path="about")
        page.path = "about-the-paper"
        save_page(page)
        before, after = self.there_and_back()
        self.assertEqual(len(before[1]), 3)
        self.assertSame(before, after)

    def content(self, article, **changes):
        return dataclasses.replace(publishing.Content.of(article), **changes)

    def test_redirects_of_lists_and_by_hand_come_back_by_their_table(self):
        factories.published_article(at=AT, section=self.ports)
        self.ports.slug = "harbours"
        save_section(self.ports)
        save_redirects([(Wanted("/gone.html"), None), (Wanted("/all.html", "/archive/"), None)])
        before = {old.path: old.destination for old in OldAddress.objects.all()}
        folder = folder_of(self)
        export = exported(folder)
        empty()
        brought_back(export, folder)
        lines = lines_of((export / "redirects.csv").read_text())
        save_redirects([(wanted, None) for _, wanted in lines])
        after = {old.path: old.destination for old in OldAddress.objects.of_pages()}
        self.assertEqual(after, before)
        self.assertEqual(set(before), {"/ports/", "/gone.html", "/all.html"})


class OfDemoTest(RoundTripTestCase):
    def test_the_demonstration_newspaper(self):
        call_command("demo", stdout=io.StringIO())
        self.assertSame(*self.there_and_back())


class OfWordPressTest(RoundTripTestCase):
    def test_a_newsroom_that_came_from_wordpress(self):
        for file in [OWN, *corpora.sample(FOREIGN, every=2)]:
            with self.subTest(file=file.name), tempfile.TemporaryDirectory() as folder:
                empty()
                from_wordpress(file, Path(folder))
                self.assertTrue(dump()["articles"])
                self.assertSame(*self.there_and_back())
