import datetime

import pytest
from django.db import connection
from django.test import TestCase
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from articles.models import Image
from articles.publishing import BylineContent, Content
from articles.publishing.addresses.redirects import Wanted, save_redirect
from articles.publishing.article.advice import lines, links, pictures, text
from articles.publishing.article.advice.all import MOST, advice_on
from articles.publishing.article.advice.draft import Draft
from tests import factories

WORDS = "word " * 50


def told(piece, language="en", **content):
    return [(each.field, each.sentence) for each in piece(Draft(Content(**content), language))]


@pytest.mark.parametrize(
    ("piece", "wrong", "right", "field"),
    [
        (lines.on_headline, {"headline": "x" * 111, "search_title": "x"}, {"headline": "x" * 65}, "headline"),
        (
            lines.on_headline,
            {"headline": "x" * 66},
            {"headline": "x" * 66, "search_title": "x"},
            "search_title",
        ),
        (lines.on_search_title, {"search_title": "x" * 66}, {"search_title": "x" * 65}, "search_title"),
        (lines.on_standfirst, {"headline": "x"}, {"headline": "x", "standfirst": "y"}, "standfirst"),
        (
            lines.on_description,
            {"search_description": "x" * 156},
            {"search_description": "x" * 155},
            "search_description",
        ),
        (lines.on_tags, {}, {"tags": ("coast",)}, "tags"),
        (lines.on_bylines, {}, {"bylines": (BylineContent(1),)}, "bylines"),
        (text.on_leftovers, {"headline": "XXX"}, {"headline": "XXX and TK", "meant": "TK, XXX"}, "headline"),
        (links.on_links, {"body": '<p><a href="mailto:">x</a></p>'}, {"body": "<p>x</p>"}, "body"),
        (
            links.on_places,
            {"body": '<p><a href="#there">x</a></p>'},
            {"body": '<p><a href="#here">x</a></p><h2 id="here">Here</h2>'},
            "body",
        ),
        (text.on_leftovers, {"headline": "The TK of it"}, {"headline": "The tk of it"}, "headline"),
        (text.on_leftovers, {"body": "<p>Lorem ipsum dolor</p>"}, {"body": "<pre>TODO</pre>"}, "body"),
        (text.on_leftovers, {"standfirst": "who was it???"}, {"standfirst": "who was it?"}, "standfirst"),
        (text.on_leftovers, {"lead_caption": "XXX"}, {"lead_caption": "XX"}, "lead_caption"),
        (
            text.on_long_sentences,
            {"body": f"<p>{WORDS}.</p>"},
            {"body": f"<p>{WORDS[:200]}. {WORDS[:200]}.</p>"},
            "body",
        ),
        (text.on_long_paragraphs, {"body": f"<p>{WORDS * 4}</p>"}, {"body": f"<p>{WORDS * 3}</p>"}, "body"),
        (
            text.on_order_of_headings,
            {"body": "<h3>A</h3>"},
            {"body": "<h2>A</h2><h3>B</h3><h2>C</h2>"},
            "body",
        ),
    ],
)
def test_each_says_what_is_unusual_and_nothing_of_the_rest(piece, wrong, right, field):
    assert [name for name, _ in told(piece, **wrong)] == [field]
    assert told(piece, **right) == []


def test_lengths_are_not_counted_where_words_have_no_spaces():
    assert told(text.on_long_sentences, "ja", body="<p>" + "日本語" * 100 + "</p>") == []


class AdviceTests(TestCase):
    def test_on_pictures(self):
        small = factories.image(width=800, height=600, credit="")
        wide = factories.image(width=1600, height=900, credit="Ana")
        self.assertEqual([name for name, _ in told(pictures.on_lead)], ["lead_image"])
        self.assertEqual(told(pictures.on_lead, lead_image_id=small.pk), [])
        self.assertEqual(
            [name for name, _ in told(pictures.on_credits, lead_image_id=small.pk)], ["lead_credit"]
        )
        self.assertEqual(told(pictures.on_credits, lead_image_id=small.pk, lead_credit="Ana"), [])
        self.assertEqual(told(pictures.on_credits, lead_image_id=wide.pk), [])
        self.assertIn("800 pixels wide", told(pictures.on_size_for_sharing, lead_image_id=small.pk)[0][1])
        self.assertEqual(told(pictures.on_size_for_sharing, lead_image_id=wide.pk), [])

    def test_on_pictures_whose_licence_has_ended_counts_from_the_day_after(self):
        today = timezone.localdate()
        ended, ends = (
            factories.image(usable_until=day) for day in (today - datetime.timedelta(days=1), today)
        )
        inside = '<figure><img src="/x.jpg" data-image="{}" alt="A"></figure>'
        wrong = told(pictures.on_rights, lead_image_id=ended.pk, body=inside.format(ended.pk))
        self.assertEqual([field for field, _ in wrong], ["lead_image", "body"])
        self.assertIn(f"until {ended.usable_until.day} ", wrong[0][1])
        self.assertEqual(told(pictures.on_rights, lead_image_id=ends.pk, body=inside.format(ends.pk)), [])

    def test_asks_no_alt_text_of_what_is_only_decoration(self):
        image = factories.image("")
        self.assertTrue(told(pictures.on_alt, lead_image_id=image.pk))
        Image.objects.update(decorative=True)
        body = f'<figure><img src="/x.jpg" data-image="{image.pk}" alt=""></figure>'
        self.assertEqual(told(pictures.on_alt, lead_image_id=image.pk, body=body), [])

    def test_on_words_of_pictures(self):
        silent, said = factories.image(alt=""), factories.image()
        self.assertEqual([name for name, _ in told(pictures.on_alt, lead_image_id=silent.pk)], ["lead_image"])
        self.assertEqual(told(pictures.on_alt, lead_image_id=silent.pk, lead_alt="A wall"), [])
        self.assertEqual(told(pictures.on_alt, lead_image_id=said.pk), [])
        figure = '<figure><img data-image="{}" alt="{}"{}></figure>'
        self.assertEqual(
            [name for name, _ in told(pictures.on_alt, body=figure.format(silent.pk, "", ""))], ["body"]
        )
        for right in (
            figure.format(silent.pk, "A wall", ""),
            figure.format(silent.pk, "", " data-decorative"),
            figure.format(said.pk, "", ""),
        ):
            self.assertEqual(told(pictures.on_alt, body=right), [])

    def test_on_links_asks_no_other_site(self):
        story = factories.published_article()
        draft = factories.article(headline="Not out")
        save_redirect(Wanted("/old/", story.get_absolute_url()))
        save_redirect(Wanted("/gone/"))
        section = story.section.get_absolute_url()
        own = ["/", "/most-read/", "/rss/", "/llms.txt", "/2026/", "/media/x.pdf", "/old", section[:-1]]
        right = [story.get_absolute_url(), "https://elsewhere.example/gone/", "mailto:a@b.example", "#here"]
        right += [*own, factories.document().file.url]
        body = "".join(f'<p><a href="{href}">x</a></p>' for href in right) + '<h2 id="here">Here</h2>'
        self.assertEqual(told(links.on_links, body=body), [])
        for href in (
            "/2026/01/01/nothing/",
            "/nowhere/",
            "/%00/",
            "/tag/%00/",
            "/media/documents/ab/abcdefgh12345678/report.pdf",
            draft.get_absolute_url(),
        ):
            with self.subTest(href):
                self.assertEqual(
                    [name for name, _ in told(links.on_links, body=f'<p><a href="{href}">x</a></p>')],
                    ["body"],
                )

    def test_on_many_links_to_articles_takes_as_many_queries_as_on_one(self):
        stories = [factories.published_article() for _ in range(5)]
        body = "".join(f'<p><a href="{story.get_absolute_url()}">x</a></p>' for story in stories)
        with self.assertNumQueries(1):
            self.assertEqual(told(links.on_links, body=body), [])
        with self.assertNumQueries(2):
            self.assertEqual(
                len(told(links.on_links, body='<p><a href="/2026/01/01/gone/">x</a></p>' * 9)), 9
            )

    def test_on_many_links_to_everything_takes_as_many_queries_as_on_one_to_each(self):
        """Also to months, and to addresses without a page."""
        few, many = ("".join(self.links(number) for number in numbers) for numbers in ((0,), range(1, 5)))
        with CaptureQueriesContext(connection) as queries:
            wrong = told(links.on_links, body=few)
        self.assertEqual(
            [sentence.split()[5] for _, sentence in wrong],
            ["/section-0/1999/01/,", "/old-0-11/,", "/0/,", "/tag/x-0/,"],
        )
        with self.assertNumQueries(len(queries)):
            self.assertEqual(len(told(links.on_links, body=many)), 16)

    def links(self, number):
        section = factories.section(f"Section {number}")
        story = factories.published_article(
            section=factories.section(f"Below {number}", parent=section),
            tags=[f"tag {number}"],
            authors=[factories.author(f"Ann {number}")],
        )
        month = f"{story.publish_at:%Y/%m}/"
        tag, author = story.tags.get(), story.authors.get()
        lists = [each.get_absolute_url() for each in (section, story.section, tag, author)]
        right = [
            *lists,
            *(f"{each}{month}" for each in lists),
            story.get_absolute_url(),
            factories.page(f"Page {number}").get_absolute_url(),
            factories.document().file.url,
        ]
        for name, to in enumerate((*right, "")):
            save_redirect(Wanted(f"/old-{number}-{name}/", to))
            right += [f"/old-{number}-{name}/"] if to else []
        wrong = [f"{lists[0]}1999/01/", f"/old-{number}-{name}/", f"/{number}/", f"/tag/x-{number}/"]
        return "".join(f'<p><a href="{href}">x</a></p>' for href in (*right, *wrong))

    def test_of_one_kind_a_few_are_enough(self):
        body = f"<p>{WORDS}.</p>" * 20
        sentences = [
            each for each in advice_on(Content(headline="x", body=body)) if "sentence" in each.sentence
        ]
        self.assertEqual(len(sentences), MOST)
