"""What is not public is in no answer of the reading half, whoever asks: words of drafts, of texts in review, scheduled,
withdrawn or in the bin, of working copies and notes, and of pictures that readers do not see."""

import json

from django.test import TestCase

from articles.models import Article, Author, Image, Page, Section, Tag
from articles.models.desk.api_token import Scope
from articles.outbox.consumers import Followers
from articles.publishing.rights.of_articles import may_read
from articles.publishing.rights.tokens import make_token
from tests.articles.admin.rights.people import people
from tests.articles.views.test_canaries import CANARY, Newsroom

from .asking import Asks

LISTS = ("articles", "sections", "tags", "authors", "images", "pages")


class CanaryTests(Asks, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.newsroom = Newsroom()
        cls.people = people()
        Followers().work_off()

    def addresses(self):
        yield from (f"/{name}?limit=100" for name in LISTS)
        yield from (f"/articles/{uid}" for uid in Article.including_bin.values_list("uid", flat=True))
        yield from (f"/images/{number}" for number in Image.objects.values_list("pk", flat=True))
        for model, name in ((Tag, "tag"), (Author, "author")):
            for slug in model.objects.values_list("slug", flat=True):
                yield from (f"/{name}s/{slug}", f"/articles?{name}={slug}", f"/search?q=about&{name}={slug}")
        yield from (f"/articles?section={slug}" for slug in Section.objects.values_list("slug", flat=True))
        yield from (f"/pages/{path}" for path in Page.objects.values_list("path", flat=True))
        for words in (
            "about",
            "text",
            "publicword",
            "canary",
            "canarydraft",
            "canarycopy",
            "canarywithdrawn",
        ):
            yield from (f"/search?q={words}&order={order}" for order in ("best", "newest"))

    def words_for(self, **headers):
        """The words that are answered, without those that the address itself has."""
        found = {}
        for address in self.addresses():
            answer = self.client.get(f"/api/v1{address}", headers=headers)
            self.assertIn(answer.status_code, {200, 404, 410, 422}, address)
            text = json.dumps(answer.json(), ensure_ascii=False) + str(dict(answer.headers))
            for word in set(CANARY.findall(text)) - set(CANARY.findall(address)):
                found.setdefault(word, address)
        return found

    def test_are_in_no_answer_to_anybody(self):
        self.assertEqual(self.words_for(), {})
        for letter in "CPA":
            self.client.force_login(self.people[letter])
            _, secret = make_token(self.people[letter], name="x", scopes=Scope.values)
            self.assertEqual(self.words_for(authorization=f"Bearer {secret}"), {}, letter)

    def test_are_in_no_answer_of_the_desk_to_who_may_not_read_them(self):
        for letter in "CcEepPAVN":
            person = self.people[letter]
            _, secret = make_token(person, name="x", scopes=Scope.values)
            for article in Article.including_bin.all():
                answer = self.client.get(
                    f"/api/v1/desk/articles/{article.uid}", headers={"Authorization": f"Bearer {secret}"}
                )
                is_for_them = may_read(person, article) and article.binned_at is None
                self.assertEqual(answer.status_code, 200 if is_for_them else 404)
                if not is_for_them:
                    self.assertEqual(CANARY.findall(answer.content.decode()), [])

    def test_what_is_public_is_there(self):
        found = [item["headline"] for item in self.all_of("/search?q=publicword")]
        self.assertEqual(found, ["Publicword"])
        self.assertContains(self.client.get(f"/api/v1/articles/{self.newsroom.public.uid}"), "Publicword")
        self.assertIn("Harbour", [item["alt"] for item in self.all_of("/images")])
