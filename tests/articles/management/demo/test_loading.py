import datetime
from io import StringIO

import brotli
import pytest
from django.core.management import CommandError, call_command
from django.test import TestCase
from django.utils import timezone

from articles.management.demo.loading import NotEmpty, fill, load
from articles.management.demo.reading import read_picture_files, read_picture_words
from articles.models import Act, Article, Author, Correction, Image, Page, Section, State, Tag
from articles.press.shelf.files import BROTLI_QUALITY
from tests.factories import picture_bytes, section

from .crawl import Crawl


def small_pictures():
    return {name: picture_bytes(900, 600, seed=number) for number, name in enumerate(read_picture_files())}


class TestTheDemoNewsroom(TestCase):
    @classmethod
    def setUpTestData(cls):
        fill(small_pictures())

    def test_has_everything_that_its_files_name(self):
        counts = [model.objects.count() for model in (Article, Author, Section, Tag, Page, Image)]
        assert counts == [60, 9, 12, 40, 4, 71]

    def test_shows_readers_all_but_the_five_that_are_not_public(self):
        assert Article.objects.published().count() == 56
        assert not Article.objects.published().filter(state=State.WITHDRAWN).exists()

    def test_has_no_broken_link(self):
        crawl = Crawl(self.client).run()
        assert crawl.broken == []
        # It has been everywhere.
        articles = {article.get_absolute_url() for article in Article.objects.published()}
        assert articles <= set(crawl.ids)
        assert len(crawl.ids) > 2 * len(articles)

    def test_fits_into_the_first_bytes_of_a_connection_as_soon_as_it_is_printed(self):
        # With the names of all files that the pictures have in their real size. The server adds 200 bytes of headers.
        Image.objects.update(width=2400, height=1600)
        sizes = {}
        for path in ("/", *(article.get_absolute_url() for article in Article.objects.published())):
            answer = self.client.get(path)
            head = sum(len(f"{name}: {value}\r\n") for name, value in answer.headers.items())
            sizes[path] = head + len(brotli.compress(answer.content, quality=BROTLI_QUALITY))
        assert {path: size for path, size in sizes.items() if size > 14_600 - 200} == {}

    def test_has_one_scheduled_for_six_tomorrow_morning(self):
        (article,) = Article.objects.filter(publish_at__gt=timezone.now())
        at = timezone.localtime(article.publish_at)
        assert (at.hour, at.minute) == (6, 0)
        assert at.date() == timezone.localdate() + datetime.timedelta(days=1)

    def test_stores_figures_as_the_editor_does_and_shows_their_renditions(self):
        article = Article.objects.get(slug="a-year-of-tides-in-eight-pictures")
        assert article.body.count('<img data-image="') == 7
        shown = self.client.get(article.get_absolute_url()).context["body"].html
        assert shown.count('<picture><source type="image/avif"') == 7
        assert article.pictures.count() == 7

    def test_keeps_table_notes_and_embed(self):
        budget = Article.objects.get(slug="what-is-in-brandts-budget").prepared_body
        assert "<caption" in budget
        assert 'href="#note-1"' in budget
        assert 'id="note-1"' in budget
        film = Article.objects.get(slug="one-film-a-year").prepared_body
        assert 'data-frame="https://www.youtube-nocookie.com/' in film

    def test_reads_right_to_left_where_it_is_written_so(self):
        article = Article.objects.get(language="ar")
        assert article.text_direction == "rtl"
        assert article.get_absolute_url().isascii()

    def test_dates_corrections_and_acts_when_they_would_have_happened(self):
        assert Correction.objects.count() == 4
        correction = Correction.objects.get(kind="correction")
        assert timezone.now() - correction.at > datetime.timedelta(days=15)
        assert correction.article.updated_at == correction.at
        oldest = Article.objects.published().order_by("publish_at").first()
        assert {act.at for act in oldest.acts.all()} == {oldest.publish_at}
        assert {oldest.created_at, oldest.modified_at, oldest.revisions.get().at} == {oldest.publish_at}

    def test_updates_a_story_when_its_file_says_so(self):
        article = Article.objects.get(slug="port-ansel-votes-on-where-the-sea-may-stop")
        assert article.updated_at - article.publish_at == datetime.timedelta(hours=2, minutes=10)
        assert [revision.at for revision in article.revisions.all()] == [
            article.updated_at,
            article.publish_at,
        ]
        assert article.standfirst

    def test_leaves_acts_of_the_site_itself(self):
        assert not Act.objects.exclude(by=None).exists()
        assert Act.objects.filter(verb=Act.Verb.PUBLISH).count() == 58

    def test_says_of_each_picture_what_it_shows_and_who_made_it(self):
        for name, words in read_picture_words().items():
            image = Image.objects.get(original_name=f"{name}.avif")
            assert {each: getattr(image, each) for each in words} == words
        portrait = Author.objects.get(slug="mairi-caldwell").portrait
        assert portrait.alt == "Portrait of Mairi Caldwell."
        assert portrait.credit == "Illustration: The Newsroom"

    def test_can_be_opened_by_a_reader(self):
        for article in Article.objects.published():
            assert self.client.get(article.get_absolute_url()).status_code == 200, article


class TestANewsroomThatIsNotEmpty(TestCase):
    @classmethod
    def setUpTestData(cls):
        section("World")

    def test_is_refused_before_anything_is_written(self):
        with pytest.raises(NotEmpty, match="has 1 section"):
            load()

    def test_is_told_what_to_do_by_the_command(self):
        with pytest.raises(CommandError, match="--articles"):
            call_command("demo", stdout=StringIO())

    def test_gets_no_generated_articles_without_an_author(self):
        with pytest.raises(CommandError, match="section and an author"):
            call_command("demo", articles=5, stdout=StringIO())

    def test_refuses_to_add_no_articles(self):
        with pytest.raises(CommandError, match="'0' is no whole number from 1"):
            call_command("demo", "--articles", "0", stdout=StringIO())
