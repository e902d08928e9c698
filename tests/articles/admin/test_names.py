"""People are called by their names. With which word somebody logs in is shown to nobody but who gives it."""

import datetime

from django.contrib.admin.models import CHANGE, LogEntry
from django.urls import reverse
from django.utils import timezone

from articles import publishing
from articles.models import Article, Author
from articles.publishing import Content
from tests import factories as make
from tests.articles.admin.desk.case import DeskTestCase, address, somebody
from tests.articles.admin.desk.filled_form import fields

LOGIN, NAME = "secretlogin", "Ana Lind"


class NamesTests(DeskTestCase):
    group = "Editors"

    @classmethod
    def setUpTestData(cls):
        super().setUpTestData()
        cls.ana = make.editor(LOGIN, first_name="Ana", last_name="Lind")
        cls.author = make.author("Mara Ellis")
        Author.objects.update(user=cls.ana)
        cls.article = make.article(authors=[cls.author], tags=("coast",), by=cls.ana)
        publishing.submit(cls.article, by=cls.ana)
        cls.binned = publishing.put_in_bin(make.article(by=cls.ana), by=cls.ana)
        for row in (cls.author, cls.article.tags.get(), cls.article.section):
            LogEntry.objects.log_actions(cls.ana.pk, [row], CHANGE, single_object=True)

    def save_as_ana(self):
        article = Article.objects.get(pk=self.article.pk)
        content = Content(**vars(Content.newest(article)) | {"headline": f"By Ana {article.version}"})
        publishing.save_draft(article, content, by=self.ana)

    def pages(self):
        """Each page on which a colleague is named."""
        change = address("article_change", self.article.pk)
        sent = fields(self.client.get(change), headline="Mine", _submit="1")
        presences = self.article.presences
        presences.create(editor=self.ana, tab="a", until=timezone.now() + datetime.timedelta(hours=1))
        yield change, self.client.get(change)
        yield "a decision meanwhile", self.client.post(change, sent)
        self.save_as_ana()
        yield "both have changed the headline", self.client.post(change, sent)
        yield (
            "merged",
            self.client.post(
                change, sent | {"headline": self.article.headline, "kicker": "Mine"}, follow=True
            ),
        )
        tag, section = self.article.tags.get(), self.article.section
        for name, *numbers in (
            *(
                (f"{model}_changelist",)
                for model in ("article", "binnedarticle", "author", "tag", "section", "image", "act")
            ),
            *(("article_history", self.article.pk), ("article_compare", self.article.pk)),
            *(
                (f"{row._meta.model_name}_{page}", row.pk)
                for row in (self.author, tag, section)
                for page in ("change", "history")
            ),
        ):
            where = address(name, *numbers)
            yield where, self.client.get(where)
        sought = {"app_label": "articles", "model_name": "byline", "field_name": "author"}
        yield "picker", self.client.get("/admin/autocomplete/", sought)
        for name in ("desk_authors", "desk_tags"):
            yield name, self.client.get(reverse(f"admin:articles_{name}"), {"term": "a"})

    def test_stand_on_every_page_of_the_desk_and_log_in_names_on_none(self):
        named = set()
        for where, page in self.pages():
            with self.subTest(where):
                self.assertLess(page.status_code, 500)
                self.assertNotIn(LOGIN, page.content.decode())
                named |= {where} if NAME in page.content.decode() else set()
        self.assertGreaterEqual(len(named), 9, named)

    def test_are_with_the_log_in_name_for_whoever_gives_it_to_an_author(self):
        self.client.force_login(somebody("chief", "Publishers"))
        self.assertContains(self.client.get(address("author_change", self.author.pk)), f"{NAME} ({LOGIN})")
        self.assertContains(self.client.get(address("author_changelist")), LOGIN)
