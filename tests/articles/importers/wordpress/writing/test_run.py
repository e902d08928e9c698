"""A whole run into a newsroom."""

import dataclasses
import datetime
import json
import tempfile
from pathlib import Path
from unittest import mock

from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles import publishing
from articles.importers.wordpress.deciding.states import Options
from articles.importers.wordpress.dry_run import Settings
from articles.importers.wordpress.planning import texts
from articles.importers.wordpress.reading import FileRefused
from articles.importers.wordpress.writing import import_all, store, undo, updating
from articles.management.import_options import address_of, is_reserved
from articles.models import (
    Act,
    Article,
    Author,
    Imported,
    ImportRun,
    OldAddress,
    OutboxEntry,
    Page,
    Revision,
    Section,
    State,
    Tag,
)
from articles.publishing.article.readiness import EARLIEST, FARTHEST
from articles.publishing.pages import save_page
from tests import factories
from tests.articles.importers.wordpress.exports import OWN, category, export, item, meta, written

# Words of texts that no reader may get, by why.
CANARIES = "pendingword trashword privateword keyword futureword missedword".split()


def imported(paths, folder, *, media=None, **options):
    """The report of a run."""
    options = {"earliest": EARLIEST, "latest": timezone.now() + FARTHEST, **options}
    settings = Settings(options=Options(**options), is_reserved=is_reserved, address_of=address_of)
    result = import_all(paths, folder / "report", settings=settings, now=timezone.now(), media=media)
    return json.loads(result.report.read_text())


class ImportTestCase(TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)

    def run_it(self, *paths, **options):
        return imported(paths or [OWN], self.folder, **options)

    def one(self, number):
        """What was made of the item."""
        row = Imported.objects.select_related("article", "page").get(source_id=number)
        return row.article or row.page


def everything():
    """What an import leaves, without numbers that another run gives differently."""
    found = {}
    for article in Article.objects.order_by("guid", "slug", "headline"):
        found[article.guid or article.slug] = [
            *(
                article.headline,
                article.slug,
                article.state,
                article.publish_at,
                article.updated_at,
                article.body,
            ),
            *(article.created_at, article.standfirst, article.search_title, article.noindex),
            str(article.section),
            [line.author.slug for line in article.bylines.all()],
            sorted(link.tag.name for link in article.tag_links.all()),
            sorted(article.old_addresses.values_list("path", flat=True)),
            list(Revision.objects.filter(article=article).values_list("number", "at")),
            list(Act.objects.filter(article=article).values_list("verb", "at")),
        ]
    for page in Page.objects.all():
        found[page.path] = [page.title, page.body, page.published]
    return found, sorted(Imported.objects.values_list("source", "source_id", "content_hash", "reason"))


class OwnFileTest(ImportTestCase):
    @classmethod
    def setUpTestData(cls):
        with tempfile.TemporaryDirectory() as folder:
            cls.report = imported([OWN], Path(folder))
            cls.comments = (Path(folder) / "report" / "comments.jsonl").read_text()

    def test_states_and_instants(self):
        states = {
            "100": State.PUBLISHED,
            "102": State.IN_REVIEW,
            "104": State.DRAFT,
            "105": State.DRAFT,
            "106": State.DRAFT,
            "107": State.DRAFT,
            "109": State.DRAFT,
            "110": State.DRAFT,
            "112": State.PUBLISHED,
        }
        self.assertEqual({number: self.one(number).state for number in states}, states)
        first = self.one("100")
        self.assertEqual(first.publish_at, datetime.datetime(2021, 2, 14, 8, 30, tzinfo=datetime.UTC))
        self.assertEqual(first.updated_at, datetime.datetime(2021, 2, 16, 8, 30, tzinfo=datetime.UTC))
        self.assertEqual(
            self.one("111").publish_at, datetime.datetime(2012, 2, 16, 14, 52, 55, tzinfo=datetime.UTC)
        )
        today = timezone.now() - datetime.timedelta(days=1)
        for article in Article.objects.all():
            self.assertLess(article.created_at, today, article)
            self.assertLess(article.modified_at, today, article)

    def test_what_an_article_has(self):
        article = self.one("100")
        self.assertIn("C:\\ships\\new", article.body)
        self.assertEqual(article.standfirst, "After two years of work.")
        self.assertEqual(article.search_description, "Ships may come in again from Sunday.")
        self.assertEqual(str(article.section), "News › Town")
        self.assertEqual(
            [str(author) for author in article.authors.order_by("bylines__order")], ["Cleo Guest", "Ana Ruiz"]
        )
        names = [link.tag.name for link in article.tag_links.order_by("pk")]
        self.assertEqual(names, ["R&D", "News", "Harbour & Ships"])
        self.assertEqual(article.guid, "https://old.lantern.test/?p=100")
        self.assertEqual(article.get_absolute_url(), "/2021/02/14/harbour-opens/")
        self.assertTrue(self.one("101").noindex)
        self.assertEqual(Author.objects.get(name="Cleo Guest").biography, "Cleo has sailed twice.")
        self.assertIn("Write to the editors", self.one("113").body)

    def test_sections_and_tags(self):
        sections = {section.get_absolute_url() for section in Section.objects.select_related("parent")}
        self.assertEqual(
            sections, {"/news/", "/news/town/", "/news/harbour/", "/2016-section/", "/uncategorized/"}
        )
        self.assertEqual(OldAddress.objects.get(path="/tag/r-d/").tag, Tag.objects.get(slug="ships"))

    def test_pages(self):
        self.assertEqual(self.client.get("/about/").status_code, 200)
        self.assertEqual(self.client.get("/about/team/").status_code, 200)
        self.assertRedirects(self.client.get("/news/about/team/"), "/about/team/", status_code=301)

    def test_old_addresses_lead_to_the_article(self):
        for path in (
            "/news/2021/02/14/harbour-opens/",
            "/news/2021/02/14/port-opens/",
            "/news/2021/02/14/harbor-opens/",
        ):
            self.assertRedirects(self.client.get(path), "/2021/02/14/harbour-opens/", status_code=301)

    def test_approved_comments_are_kept_in_a_file_without_addresses(self):
        self.assertEqual(len(self.comments.splitlines()), 1)
        comment = json.loads(self.comments)
        self.assertEqual(
            (comment["article"], comment["name"], comment["text"]), ("100", "Bo Reader", "Words of Bo Reader")
        )
        self.assertNotIn("reader.test", self.comments)
        self.assertNotIn("203.0.113", self.comments)

    def test_what_was_not_public_is_nowhere(self):
        paths = [
            "/",
            "/news/",
            "/news/town/",
            "/feed/",
            "/news/feed/",
            "/sitemap.xml",
            "/2021/07/",
            "/author/ana-ruiz/",
        ]
        paths += [f"/search/?q={word}" for word in CANARIES]
        paths += [
            f"/2021/07/0{day}/{slug}/"
            for day in range(1, 8)
            for slug in ("private", "key", "thrown-away", "never-went-out")
        ]
        for path in paths:
            text = self.client.get(path).content.decode()
            for word in CANARIES:
                if f"q={word}" not in path:
                    self.assertNotIn(word, text, path)
        public = " ".join(Article.objects.published().values_list("body", flat=True))
        self.assertFalse([word for word in CANARIES if word in public])

    def test_the_report_says_where_each_thing_is_now(self):
        report = self.report
        self.assertEqual(report["sum"]["results"], {"imported": 19, "skipped": 9, "refused": 3})
        by_id = {each["id"]: each for each in report["items"]}
        self.assertEqual(by_id["100"]["address"], "/2021/02/14/harbour-opens/")
        self.assertEqual(by_id["106"]["reason"], "publish time out of range")
        self.assertFalse(report["dry_run"])
        run = ImportRun.objects.get()
        self.assertEqual((run.files, run.results["imported"]), (["lantern.xml"], 19))
        self.assertIsNotNone(run.finished_at)

    def test_nobody_elsewhere_is_told(self):
        entries = OutboxEntry.objects.filter(change__kind="article")
        self.assertEqual([entry.change["quiet"] for entry in entries], [True])


class AgainTest(ImportTestCase):
    def test_a_second_run_writes_nothing(self):
        self.run_it()
        before = everything()
        with CaptureQueriesContext(connection) as asked:
            report = self.run_it()
        self.assertEqual(report["sum"]["results"], {"unchanged": 19, "skipped": 9, "refused": 3})
        writes = [
            query["sql"] for query in asked if query["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")
        ]
        self.assertEqual([sql.split('"')[1] for sql in writes], ["articles_importrun", "articles_importrun"])
        self.assertEqual(everything(), before)

    def test_a_second_run_of_more_articles_and_tags_asks_no_more_queries(self):
        def asked_for(number):
            tags = [category(f"tag-{each}", f"Tag {each}", "post_tag") for each in range(number)]
            parts = [item(*tags, id=each + 1, title=f"Story {each}") for each in range(number)]
            file = written(self.folder, export(*parts), name=f"{number}.xml")
            self.run_it(file)
            with CaptureQueriesContext(connection) as asked:
                self.run_it(file)
            return len(asked)

        self.assertEqual(asked_for(2), asked_for(20))

    def test_whenever_it_is_stopped_the_next_run_goes_on(self):
        self.run_it()
        undisturbed = everything()
        for stop_at in (1, 4, 7):
            with self.subTest(stop_at), mock.patch.object(store, "MOST_ARTICLES", 3):
                self.forget()
                self.stopped(stop_at)
                self.assertLess(Imported.objects.count(), 19)
                self.assertEqual(Imported.objects.count(), Article.objects.count() + Page.objects.count())
                self.run_it()
                self.assertEqual(everything(), undisturbed)

    def forget(self):
        for model in (Imported, ImportRun, OldAddress, Article, Page, Tag, Author, OutboxEntry):
            getattr(model, "including_bin", model.objects).all().delete()
        Section.objects.exclude(parent=None).delete()
        Section.objects.all().delete()

    def stopped(self, at):
        """The run is ended within the transaction of that batch, when all but the journal is written."""
        times, make = [], Imported.objects.bulk_create

        def end(rows):
            times.append(1)
            if len(times) == at:
                raise KeyboardInterrupt
            return make(rows)

        with mock.patch.object(Imported.objects, "bulk_create", end), self.assertRaises(KeyboardInterrupt):
            self.run_it()

    def test_with_workers_the_same_is_there_in_the_same_order(self):
        report = self.run_it()
        undisturbed, rows = everything(), list(Article.objects.order_by("pk").values_list("guid", "excerpt"))
        self.forget()
        with mock.patch.object(texts, "ENOUGH_FOR_WORKERS", 1), mock.patch.object(store, "MOST_ARTICLES", 3):
            again = self.run_it()
        self.assertEqual(everything(), undisturbed)
        self.assertEqual(list(Article.objects.order_by("pk").values_list("guid", "excerpt")), rows)
        for each in (*report["items"], *again["items"]):
            # That of a draft is made by chance.
            each.pop("address", None)
        for lines in (report, again):
            lines["items"].sort(key=lambda each: each["line"])
        self.assertEqual(again, report)

    def test_parts_that_come_later_are_added(self):
        first = written(self.folder, export(item(id=1, title="One")), "a.xml")
        second = written(self.folder, export(item(id=1, title="One"), item(id=2, title="Two")), "b.xml")
        self.run_it(first)
        report = self.run_it(second)
        self.assertEqual(report["sum"]["results"], {"unchanged": 1, "imported": 1})

    def test_what_was_deleted_here_is_not_brought_in_again(self):
        path = written(self.folder, export(item()))
        self.run_it(path)
        article = self.one("1")
        publishing.put_in_bin(article, by=None)
        publishing.delete_for_good(article)
        self.assertEqual(self.run_it(path)["sum"]["results"], {"unchanged": 1})
        self.assertFalse(Article.including_bin.exists())


class NewerExportTest(ImportTestCase):
    """What has changed in the export since it was imported."""

    def export(self, name="a.xml", **fields):
        given = {"post_date_gmt": "2020-01-01 10:00:00", "post_name": "story", "body": "Old words.", **fields}
        return written(self.folder, export(item(**given)), name)

    def again(self, **fields):
        (line,) = self.run_it(self.export("b.xml", **fields))["items"]
        return line["result"], line.get("reason", "")

    def test_is_taken_over_if_nobody_has_touched_it_here(self):
        self.run_it(self.export())
        changed = {"body": "New words.", "post_modified_gmt": "2020-03-01 10:00:00"}
        self.assertEqual(self.again(**changed), ("updated", ""))
        article = self.one("1")
        self.assertIn("New words.", article.body)
        self.assertEqual(article.publish_at, datetime.datetime(2020, 1, 1, 10, tzinfo=datetime.UTC))
        self.assertEqual(article.updated_at, datetime.datetime(2020, 3, 1, 10, tzinfo=datetime.UTC))
        self.assertEqual(self.again(**changed), ("unchanged", ""))
        self.assertEqual(self.again(body="Newest."), ("updated", ""))

    def test_a_draft_that_was_published_there_meanwhile_is_public_at_that_time(self):
        self.run_it(self.export(status="draft"))
        self.assertEqual(self.again(), ("updated", ""))
        article = self.one("1")
        self.assertEqual((article.state, article.get_absolute_url()), (State.PUBLISHED, "/2020/01/01/story/"))

    def test_what_is_scheduled_there_is_scheduled_for_the_time_that_it_has_now(self):
        later = timezone.now().replace(microsecond=0) + datetime.timedelta(days=2)
        fields = {"status": "future", "post_date_gmt": f"{later:%Y-%m-%d %H:%M:%S}"}
        self.run_it(self.export(**fields))
        later += datetime.timedelta(days=1)
        fields["post_date_gmt"] = f"{later:%Y-%m-%d %H:%M:%S}"
        self.assertEqual(self.again(**fields), ("updated", ""))
        article = self.one("1")
        self.assertEqual((article.publish_at, article.is_scheduled), (later, True))

    def test_another_slug_leaves_a_redirect(self):
        self.run_it(self.export())
        self.assertEqual(self.again(post_name="other"), ("updated", ""))
        self.assertRedirects(self.client.get("/2020/01/01/story/"), "/2020/01/01/other/", status_code=301)

    def test_is_a_conflict_if_somebody_has_edited_it_here(self):
        self.run_it(self.export())
        article = self.one("1")
        text = dataclasses.replace(publishing.Content.of(article), headline="Ours")
        publishing.publish(article, text, by=None)
        self.assertEqual(self.again(body="New words."), ("skipped", updating.EDITED))
        self.assertEqual(self.one("1").headline, "Ours")

    def test_is_a_conflict_if_somebody_has_withdrawn_it_here(self):
        self.run_it(self.export())
        publishing.withdraw(self.one("1"), by=None)
        self.assertEqual(self.again(body="New words."), ("skipped", updating.EDITED))
        self.assertEqual(self.one("1").state, State.WITHDRAWN)

    def test_is_told_if_it_is_no_longer_public_there(self):
        self.run_it(self.export())
        self.assertEqual(self.again(status="private"), ("skipped", updating.WITHDRAWN))
        self.assertEqual(self.one("1").state, State.PUBLISHED)

    def test_is_told_if_it_cannot_be_published_like_that(self):
        self.run_it(self.export())
        result, reason = self.again(body="")
        self.assertEqual(result, "skipped")
        self.assertIn("Write the body", reason)
        self.assertIn("Old words.", self.one("1").body)

    def test_is_told_if_it_is_in_the_bin_here(self):
        self.run_it(self.export(status="draft"))
        publishing.put_in_bin(self.one("1"), by=None)
        self.assertEqual(self.again(status="draft", body="New words."), ("skipped", updating.DELETED))

    def test_of_a_page_is_taken_over_or_a_conflict_too(self):
        self.run_it(self.export(type="page"))
        self.assertEqual(self.again(type="page", body="New words."), ("updated", ""))
        page = self.one("1")
        self.assertIn("New words.", page.body)
        save_page(page)
        self.assertEqual(self.again(type="page", body="Newest."), ("skipped", updating.EDITED))


class UndoTest(ImportTestCase):
    def test_what_nobody_has_touched_is_removed_and_may_come_again(self):
        native = factories.published_article()
        self.run_it()
        before = everything()
        run = ImportRun.objects.get()
        self.assertEqual(undo(run), {"removed": 19})
        self.assertEqual(list(Article.including_bin.all()), [native])
        self.assertFalse(Page.objects.exists() or Imported.objects.exists())
        self.assertEqual(self.client.get("/2021/02/14/harbour-opens/").status_code, 404)
        self.assertEqual(undo(run), {})
        self.run_it()
        self.assertEqual(everything(), before)

    def test_what_somebody_has_touched_stays(self):
        self.run_it()
        edited, withdrawn, binned, page = (self.one(number) for number in ("100", "101", "102", "200"))
        publishing.publish(
            edited, dataclasses.replace(publishing.Content.of(edited), headline="Ours"), by=None
        )
        publishing.withdraw(withdrawn, by=None)
        publishing.put_in_bin(binned, by=None)
        save_page(page)
        self.assertEqual(undo(ImportRun.objects.get()), {"removed": 15, "kept": 4})
        self.assertEqual(set(Article.including_bin.all()), {edited, withdrawn, binned})
        self.assertEqual(list(Page.objects.all()), [page])


class SpecialCasesTest(ImportTestCase):
    def test_a_bad_file_leaves_no_row(self):
        bad = written(self.folder, export(item())[:-20], "bad.xml")
        with self.assertNumQueries(0), self.assertRaises(FileRefused):
            self.run_it(OWN, bad)

    def test_the_trash_if_asked_for(self):
        self.run_it(with_trash=True)
        self.assertEqual(self.one("103").state, State.WITHDRAWN)

    def test_one_id_of_feeds_belongs_to_one_article(self):
        parts = [
            item("<guid>https://a.test/?p=1</guid>", id=number, body=f"Text {number}") for number in (1, 1)
        ]
        parts[1] = parts[1].replace("Text 1", "Text 2")
        self.run_it(written(self.folder, export(*parts)))
        self.assertEqual([self.one("1").guid, self.one("1~2").guid], ["https://a.test/?p=1", ""])

    def test_the_papers_own_sections_authors_and_tags_are_used(self):
        news, ana = factories.section("News"), factories.author("Ana Ruiz", slug="ana-ruiz")
        self.run_it()
        article = self.one("114")
        self.assertEqual((article.section, article.authors.get()), (news, ana))

    def test_links_lead_to_where_things_are_now_in_whatever_order_they_stand(self):
        """Day and slug are ours already in the first, and are not in the second."""
        site = "lantern.test"
        links = {
            f"https://{site}/2020/02/two/#part": "/2020/02/02/two/#part",
            f"http://www.{site}/2020/02/two": "/2020/02/02/two/",
            f"https://{site}/?p=2": "/2020/02/02/two/",
            "/?p=2": "/2020/02/02/two/",
            f"https://{site}/hidden/": "/hidden/",
            f"https://{site}/nowhere/?a=1": "/nowhere/?a=1",
            f"https://{site}/wp-admin/post.php": None,
            "https://elsewhere.test/2020/02/two/": "https://elsewhere.test/2020/02/two/",
        }
        body = "".join(
            f'<p><a href="{address}">Word {number}</a></p>' for number, address in enumerate(links)
        )
        parts = [
            item(
                f"<link>https://{site}/2020/01/01/one/</link>",
                id=1,
                body=body,
                post_name="one",
                post_date_gmt="2020-01-01 10:00:00",
            ),
            item(
                f"<link>https://{site}/2020/02/two/</link>",
                id=2,
                post_name="two",
                post_date_gmt="2020-02-02 10:00:00",
            ),
            item(
                f"<link>https://{site}/hidden/</link>",
                id=3,
                post_name="hidden",
                status="private",
                post_date_gmt="2020-02-02 10:00:00",
            ),
        ]
        self.run_it(written(self.folder, export(*parts)))
        for number, now in enumerate(links.values()):
            expected = f'<a href="{now}">Word {number}</a>' if now else f"<p>Word {number}</p>"
            self.assertIn(expected, self.one("1").body)
        self.assertEqual(self.one("2").get_absolute_url(), "/2020/02/02/two/")
        self.assertRedirects(self.client.get("/2020/02/two/"), "/2020/02/02/two/", status_code=301)

    def test_what_is_not_taken_over_makes_no_section(self):
        thrown = item(category("lost", "Lost"), id=1, status="trash", post_date_gmt="2020-01-01 10:00:00")
        empty = item(category("void", "Void"), id=2, title="", body="")
        self.run_it(written(self.folder, export(thrown, empty, item(category("kept", "Kept"), id=3))))
        self.assertEqual(list(Section.objects.values_list("slug", flat=True)), ["kept"])

    def test_the_papers_own_tag_at_an_address_is_used_under_its_name(self):
        Tag.objects.create(name="Boats", slug="ships")
        self.run_it()
        names = [link.tag.name for link in self.one("100").tag_links.order_by("pk")]
        self.assertEqual(names, ["Boats", "News", "Harbour & Ships"])
        self.assertFalse(Tag.objects.filter(name="R&D").exists())

    def test_a_page_never_takes_the_address_of_something_else(self):
        factories.page("About", path="about")
        factories.section("Team", parent=factories.section("About", slug="us"))
        factories.page("Team", path="about/team")
        self.run_it()
        self.assertEqual((self.one("200").path, self.one("201").path), ("about-2", "about/team-2"))

    def test_hostile_texts_are_harmless(self):
        script = '<script>alert(1)</script><img src=x onerror=alert(1)><a href="javascript:alert(1)">a</a>'
        parts = item(title=script, body=script, post_date_gmt="2020-01-01 00:00:00", post_name=script)
        self.run_it(written(self.folder, export(parts)))
        page = self.client.get(self.one("1").get_absolute_url()).content.decode()
        self.assertNotIn("<script>alert", page)
        self.assertNotIn("onerror=", page)
        self.assertNotIn("javascript:", page)

    def test_values_that_no_site_has_do_not_end_a_run(self):
        long, date = "x" * 5_000, {"post_date_gmt": "2020-01-01 00:00:00"}
        labels = [category(long, long, domain) for domain in ("category", "post_tag", "author")]
        parts = [
            item(id=1, post_date="0001-01-01 00:00:00", post_date_gmt="0001-01-01 00:00:00"),
            item(id=2, post_date="9999-12-31 23:59:59", post_date_gmt="9999-12-31 23:59:59"),
            item("<link>http://[</link>", id=3, **date),
            item("<link>http://[</link>", id=4, type="attachment", attachment_url="http://["),
            item(meta("_yoast_wpseo_canonical", "http://["), id=5, **date),
            item(*labels, id=6, title=long, post_name=long, **date),
            item(id=7, type="page", title=long, post_name=long, menu_order="999999999", **date),
        ]
        head = (
            f"<wp:wxr_version>1.2</wp:wxr_version><wp:base_blog_url>https://b.test/{long}</wp:base_blog_url>"
        )
        report = self.run_it(written(self.folder, export(*parts, head=head)))
        self.assertEqual([line["result"] for line in report["items"]].count("imported"), 6)
        self.assertEqual((self.one("1").state, self.one("3").state), (State.DRAFT, State.PUBLISHED))
        self.assertFalse(OldAddress.objects.filter(path__in=["", "/"]).exists())
