import json

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import TestCase

from articles import publishing
from articles.api.writing.matching import etag_of
from articles.models import Act, Article, Image
from articles.publishing import Content
from articles.publishing.rights.tokens import make_token
from tests import factories as make
from tests.articles.admin.rights.matrix import acts
from tests.articles.admin.rights.people import people, story

from .asking import API, Asks
from .test_tokens import ALL, member


class Writes(Asks):
    def setUp(self):
        super().setUp()
        self.etag = None

    def send(self, method, path, expected=200, *, said=None, secret=None, etag=None):
        headers = {"Authorization": f"Bearer {secret or self.secret}"}
        if etag := self.etag if etag is None else etag:
            headers["If-Match"] = etag
        answer = getattr(self.client, method)(
            f"{API}/desk{path}", json.dumps(said or {}), "application/json", headers=headers
        )
        self.assertEqual(answer.status_code, expected, answer.content)
        self.etag = answer.headers.get("ETag") if answer.status_code < 300 else self.etag
        return answer.json()

    def read(self, uid, secret=None):
        """And remember its ETag."""
        answer = self.get(
            f"/desk/articles/{uid}", headers={"Authorization": f"Bearer {secret or self.secret}"}
        )
        self.etag = answer["ETag"]
        return answer.json()


class WritingTests(Writes, TestCase):
    @classmethod
    def setUpTestData(cls):
        cls.ana, cls.ben = member("ana", "Publishers"), member("ben", "Publishers")
        cls.world = make.section("World")
        cls.asia = make.section("Asia", parent=cls.world)
        cls.mara = make.author("Mara Ellis", user=cls.ana)
        cls.picture = make.image("A wall")
        _, cls.secret = make_token(cls.ana, name="Wire", scopes=ALL)

    def written(self, **more):
        said = {
            "headline": "The wall",
            "standfirst": "Four metres.",
            "html": f'<p onclick="x()">High.<script>x()</script></p><figure><img data-image="{self.picture.pk}"></figure>',
            "section": "world/asia",
            "tags": ["coast"],
            "lead_image": self.picture.pk,
        }
        return self.send("post", "/articles", 201, said=said | more)

    def test_a_review_has_its_kind_what_it_is_of_and_its_stars(self):
        found = self.written(kind="review", reviewed="The Tide", rating=4)
        names = ("kind", "reviewed", "rating")
        self.assertEqual([found[name] for name in names], ["review", "The Tide", 4])
        address = f"/articles/{found['id']}"
        changed = self.send("patch", address, said={"rating": None})
        self.assertEqual([changed[name] for name in names], ["review", "The Tide", None])
        for wrong in ({"kind": "gossip"}, {"rating": 6}, {"rating": 0}, {"kind": None}):
            with self.subTest(wrong):
                answer = self.send("patch", address, 422, said=wrong)
                self.assertIn(next(iter(wrong)), json.dumps(answer))
        self.assertEqual(self.read(found["id"])["rating"], None)

    def acts(self, uid):
        return list(Act.objects.filter(article__uid=uid).order_by("pk").values_list("verb", "by__username"))

    def test_a_story_goes_its_whole_way(self):
        found = self.written()
        address = f"/articles/{found['id']}"
        self.assertEqual(
            (found["state"], found["section"], found["tags"]), ("draft", "world/asia", ["coast"])
        )
        self.assertEqual(found["authors"], [{"slug": "mara-ellis", "role": ""}])
        self.assertEqual(found["html"].count("script") + found["html"].count("onclick"), 0)
        self.get(f"/articles/{found['id']}", 404)
        changed = self.send("patch", address, said={"headline": "The high wall", "note": "Higher"})
        self.assertEqual((changed["headline"], changed["standfirst"]), ("The high wall", "Four metres."))
        self.assertEqual(self.send("post", f"{address}/submit")["state"], "in_review")
        self.assertTrue(self.send("post", f"{address}/publish")["is_public"])
        self.assertEqual(self.get(f"/articles/{found['id']}").json()["headline"], "The high wall")
        self.send("post", f"{address}/corrections", said={"text": "Five metres, not four."})
        self.assertEqual(len(self.get(f"/articles/{found['id']}").json()["corrections"]), 1)
        later = self.send("patch", address, said={"headline": "A changed wall"})
        self.assertTrue(later["has_changes"])
        self.assertEqual(self.get(f"/articles/{found['id']}").json()["headline"], "The high wall")
        self.assertEqual(
            self.send("post", f"{address}/withdraw", said={"reason": "Wrong wall"})["state"], "withdrawn"
        )
        self.get(f"/articles/{found['id']}", 410)
        verbs = ["create", "save", "submit", "publish", "correct", "save", "withdraw"]
        self.assertEqual(self.acts(found["id"]), [(verb, "ana") for verb in verbs])

    def test_what_is_sent_twice_is_refused(self):
        uid = "7b0ce4a2-4f0f-4a54-93ac-5d0b5b3bb7a1"
        self.written(id=uid)
        self.send("post", "/articles", 409, said={"id": uid, "headline": "Again"})
        self.assertEqual(Article.objects.count(), 1)

    def test_who_does_not_say_what_they_saw_is_refused(self):
        address = f"/articles/{self.written()['id']}"
        for method, path in (
            ("patch", ""),
            ("post", "/submit"),
            ("post", "/publish"),
            ("post", "/withdraw"),
        ):
            for etag in ("", "*", '"'):
                self.etag = None
                detail = self.send(method, f"{address}{path}", 428, said={"headline": "X"}, etag=etag)[
                    "detail"
                ]
                self.assertIn("If-Match", detail)

    def test_who_has_seen_an_older_state_is_told_who_did_what(self):
        found = self.written()
        address, seen = f"/articles/{found['id']}", self.etag
        article = Article.objects.get(uid=found["id"])
        publishing.save_draft(
            article, Content(**{**vars(Content.of(article)), "headline": "Ben's"}), by=self.ben
        )
        for method, path, said in (
            ("patch", "", {"headline": "Ana's"}),
            ("post", "/submit", {}),
            ("post", "/publish", {}),
            ("post", "/corrections", {"text": "No"}),
            ("post", "/withdraw", {}),
        ):
            told = self.send(method, f"{address}{path}", 412, said=said, etag=seen)["detail"]
            self.assertIn("ben saved it at", told)
        self.send("patch", address, 412, said={"headline": "X"}, etag='"nonsense"')
        self.assertEqual(self.read(found["id"])["headline"], "Ben's")
        self.send("patch", address, said={"headline": "Ana's"}, etag=f"W/{self.etag}")

    def test_what_cannot_be_taken_is_named_at_its_field_and_nothing_is_saved(self):
        for said, field in (
            ({"section": "none"}, "section"),
            ({"authors": [{"slug": "none"}]}, "authors"),
            ({"lead_image": 999_999}, "lead_image"),
            ({"slug": "no/slug"}, "slug"),
            ({"language": "xx-none"}, "language"),
            ({"canonical_url": "javascript:x"}, "canonical_url"),
            ({"headline": "x" * 301}, "headline"),
            ({"headline": "a\x00b"}, "headline"),
            ({"html": "x" * 3_000_000}, "html"),
        ):
            with self.subTest(field):
                answer = self.send("post", "/articles", 422, said={"headline": "X"} | said)
                self.assertIn(field, [each["field"].partition(".")[0] for each in answer["problems"]])
        self.assertFalse(Article.objects.exists())

    def test_an_article_that_is_not_ready_says_what_is_missing(self):
        found = self.send("post", "/articles", 201, said={"standfirst": "Only this"})
        fields = {
            each["field"] for each in self.send("post", f"/articles/{found['id']}/publish", 422)["problems"]
        }
        self.assertLessEqual({"headline", "section"}, fields)

    def test_what_was_left_out_of_a_text_is_told(self):
        found = self.written(html="<p>A</p><iframe src='https://example.org/x'></iframe><form><input></form>")
        self.assertTrue(found["notes"])

    def test_a_body_that_is_too_large_or_no_json_is_refused_in_words(self):
        for body, status in ((b"{", 400), (b'{"html": "' + b"x" * 10_500_000 + b'"}', 413)):
            answer = self.client.post(
                f"{API}/desk/articles",
                body,
                "application/json",
                headers={"Authorization": f"Bearer {self.secret}"},
            )
            self.assertEqual(answer.status_code, status)
            self.assertIn("detail", answer.json())

    def test_pictures_are_taken_in(self):
        def upload(data, expected, name="wall.jpg", **words):
            file = SimpleUploadedFile(name, data, "image/jpeg")
            headers = {"Authorization": f"Bearer {self.secret}"}
            answer = self.client.post(f"{API}/desk/images", {"file": file, **words}, headers=headers)
            self.assertEqual(answer.status_code, expected, answer.content)
            return answer.json()

        data = make.picture_bytes()
        found = upload(data, 201, alt="A new wall", credit="Ana")
        image = Image.objects.get(pk=found["id"])
        self.assertEqual((image.alt, image.credit, image.uploaded_by), ("A new wall", "Ana", self.ana))
        again = upload(data, 200, alt="Another")
        self.assertEqual((again["id"], again["alt"], again["is_new"]), (image.pk, "A new wall", False))
        self.assertEqual(upload(b"no picture", 422)["problems"][0]["field"], "file")
        self.get(f"/images/{image.pk}", 404)


class RightsTests(Writes, TestCase):
    """A token may what its owner may at the desk, in every state, and what it was made for."""

    @classmethod
    def setUpTestData(cls):
        cls.people = people()
        cls.secrets = {
            letter: make_token(user, name="x", scopes=ALL)[1] for letter, user in cls.people.items()
        }
        cls.stories = {
            state: story(state, cls.people["C"])
            for state in (
                "draft",
                "in review",
                "live",
                "live with changes",
                "scheduled",
                "withdrawn",
                "binned",
            )
        }

    # The acts of the desk's form, by their addresses here.
    ACTS = {"save": ("patch", ""), "submit": ("post", "/submit"), "publish": ("post", "/publish")}
    ACTS |= {"withdraw": ("post", "/withdraw"), "correct": ("post", "/corrections")}

    def test_are_those_of_the_written_matrix(self):
        for state, letter, in_form, elsewhere in acts():
            for act, (method, path) in self.ACTS.items() if state in self.stories else ():
                # At the desk what was typed is submitted; here there is nothing new.
                if (state, act) != ("live", "submit"):
                    with self.subTest(state, who=letter, act=act):
                        done = self.is_done(self.stories[state], letter, method, path)
                        self.assertEqual(done, act in in_form | elsewhere)

    def is_done(self, article, letter, method, path):
        """Whether the act is done; it is undone afterwards."""
        headers = {"Authorization": f"Bearer {self.secrets[letter]}", "If-Match": etag_of(article)}
        said = {"headline": "Typed", "text": "A note"} if path in {"", "/corrections"} else {}
        with transaction.atomic():
            answer = getattr(self.client, method)(
                f"{API}/desk/articles/{article.uid}{path}",
                json.dumps(said),
                "application/json",
                headers=headers,
            )
            transaction.set_rollback(True)
        self.assertIn(answer.status_code, {200, 403, 404, 422}, answer.content)
        return answer.status_code == 200

    def test_a_story_that_one_may_not_read_does_not_exist(self):
        for letter in "cepN":
            answer = self.get(
                f"/desk/articles/{self.stories['draft'].uid}",
                404,
                headers={"Authorization": f"Bearer {self.secrets[letter]}"},
            )
            self.assertNotIn(self.stories["draft"].headline, answer.content.decode())

    def test_a_token_that_may_not_publish_gives_readers_nothing(self):
        _, secret = make_token(self.people["P"], name="Writes", scopes=["read", "write"])
        for state, method, path in (
            ("draft", "post", "/publish"),
            ("live", "post", "/withdraw"),
            ("scheduled", "patch", ""),
        ):
            self.read(self.stories[state].uid, secret)
            detail = self.send(
                method,
                f"/articles/{self.stories[state].uid}{path}",
                403,
                said={"headline": "X"},
                secret=secret,
            )
            self.assertIn("publish", detail["detail"])

    def test_a_token_that_may_not_read_begins_drafts_and_learns_nothing_of_others(self):
        """An act is answered with the article's text, and one that names a wrong state with who did what."""
        _, secret = make_token(self.people["P"], name="Feed", scopes=["write", "publish"])
        self.send("post", "/articles", 201, said={"headline": "X"}, secret=secret)
        story = Article.objects.get(pk=self.stories["live"].pk)
        for method, path in (
            *(("patch", ""), ("post", "/submit"), ("post", "/publish"), ("post", "/withdraw")),
            ("post", "/corrections"),
        ):
            for etag in (etag_of(story), '"1.off"'):
                said = {"text": "X"} if path == "/corrections" else {}
                address = f"/articles/{story.uid}{path}"
                told = self.send(method, address, 403, said=said, secret=secret, etag=etag)
                self.assertIn("without “read”", told["detail"])

    def test_who_may_not_write_begins_nothing(self):
        for letter in "VN":
            self.send("post", "/articles", 403, said={"headline": "X"}, secret=self.secrets[letter])
        answer = self.client.post(
            f"{API}/desk/images",
            {"file": SimpleUploadedFile("a.jpg", make.picture_bytes())},
            headers={"Authorization": f"Bearer {self.secrets['V']}"},
        )
        self.assertEqual(answer.status_code, 403)
