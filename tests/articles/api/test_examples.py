"""The examples of docs/api/ do what they say, against a site that listens."""

import importlib.util
import json
import os
import subprocess
from pathlib import Path

from django.test import LiveServerTestCase, override_settings

from articles.conf import paper
from articles.models import Article, Image
from articles.publishing.article.publish import withdraw
from articles.publishing.rights.tokens import make_token
from tests import factories as make

from .asking import as_often_as_it_likes

DOCS = Path(__file__).resolve().parent.parent.parent.parent / "docs/api"
ALL = ["read", "write", "pictures", "publish"]


def client():
    described = importlib.util.spec_from_file_location("newsroom_client", DOCS / "newsroom_client.py")
    module = importlib.util.module_from_spec(described)
    described.loader.exec_module(module)
    return module


class ExamplesTests(LiveServerTestCase):
    def setUp(self):
        self.enterContext(as_often_as_it_likes())
        said = {"URL": self.live_server_url, "NAME": paper().name, "TAGLINE": "", "LANGUAGE": "en-gb"}
        self.enterContext(override_settings(NEWSROOM=said))
        self.ana = make.editor("ana")
        make.section("World")
        make.author("Ana Lind", user=self.ana)
        _, self.secret = make_token(self.ana, name="x", scopes=ALL)

    def test_the_command_line(self):
        environment = {
            **os.environ,
            "NEWSROOM": self.live_server_url,
            "TOKEN": self.secret,
            "SECTION": "world",
        }
        done = subprocess.run(["sh", DOCS / "example.sh"], env=environment, capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        found = json.loads(done.stdout)
        self.assertEqual(found["headline"], "The high wall")
        self.assertEqual(found["corrections"][0]["text"], "The wall is five metres high, not four.")

    def test_the_client(self):
        module = client()
        paper = module.Newsroom(self.live_server_url, self.secret)
        picture = paper.upload("wall.jpg", make.picture_bytes(), alt="A wall", credit="Ana Lind")
        self.assertEqual(Image.objects.get(pk=picture["id"]).credit, "Ana Lind")
        story = paper.write(
            headline="The wall", html="<p>High.</p>", section="world", lead_image=picture["id"]
        )
        paper.save(story["id"], headline="The high wall")
        paper.submit(story["id"])
        paper.publish(story["id"])
        paper.correct(story["id"], "Five metres.")
        make.published_articles(3)
        self.assertEqual(len(list(paper.articles(limit=2))), 4)
        self.assertEqual(paper.article(story["id"])["headline"], "The high wall")
        withdraw(Article.objects.get(uid=story["id"]), by=self.ana)
        with self.assertRaises(module.Refused) as refused:
            paper.withdraw(story["id"])
        self.assertEqual(refused.exception.status, 412)
        self.assertIn("ana withdrew it at", str(refused.exception))
        self.assertEqual(paper.read(story["id"])["state"], "withdrawn")
        paper.publish(story["id"])
        paper.withdraw(story["id"], "Wrong wall")
        self.assertEqual(list(paper.search("wall")), [])
