"""Cleaning up never takes a picture that anything still uses, whatever has happened before."""

import datetime
import uuid
from io import StringIO

from django.core.management import call_command
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from articles import publishing
from articles.models import Article, Author, Image, OldAddress, Page, Revision, UnsavedText
from articles.picture_files import masters
from articles.publishing.article.bin import delete_for_good, put_in_bin
from articles.publishing.pages import save_page
from articles.publishing.picture_library.removal import clean_up
from articles.publishing.shared.prepared_body import image_ids
from tests import corpora
from tests import factories as make
from tests.articles.publishing.newsroom import NewsroomTestCase

NOW = datetime.timedelta(0)


def figure(image):
    return f'<figure><img src="/x.jpg" data-image="{image.pk}" alt="A"></figure>'


class CleanUpTest(NewsroomTestCase):
    def setUp(self):
        self.used, self.unused, self.new = (make.image(name) for name in ("Used", "Unused", "New"))
        make.article(lead_image=self.used)
        long_ago = timezone.now() - datetime.timedelta(days=31)
        Image.objects.exclude(pk=self.new.pk).update(uploaded_at=long_ago)

    def test_takes_what_nothing_has_used_for_a_month_with_its_file(self):
        name = self.unused.file.name
        with self.captureOnCommitCallbacks(execute=True):
            self.assertEqual(list(clean_up()), ["Unused"])
        self.assertCountEqual(Image.objects.all(), [self.used, self.new])
        self.assertFalse(masters().exists(name))

    def test_leaves_what_an_address_of_an_older_site_leads_to(self):
        OldAddress.objects.create(path="/uploads/boat.jpg", image=self.unused)
        self.assertEqual(list(clean_up()), [])

    def test_takes_no_more_at_a_time_than_it_is_told(self):
        self.assertEqual(list(clean_up(spared=NOW, most=1)), ["Unused"])

    def test_is_shown_first_by_the_command_and_done_only_when_asked(self):
        shown, done = StringIO(), StringIO()
        call_command("pictures", "unused", stdout=shown)
        self.assertIn("Unused", shown.getvalue())
        self.assertEqual(Image.objects.count(), 3)
        call_command("pictures", "unused", "--delete", stdout=done)
        self.assertIn("1 picture is deleted", done.getvalue())
        self.assertEqual(Image.objects.count(), 2)


def named_anywhere():
    """The pictures that anything names, found by reading every row of everything."""
    found = set()
    for article in Article.including_bin.all():
        found |= {article.lead_image_id} | image_ids(article.body)
    for content in Revision.objects.values_list("content", flat=True):
        found |= {content["lead_image_id"]} | image_ids(content["body"])
    for fields in UnsavedText.objects.values_list("fields", flat=True):
        found |= {int(fields["lead_image"])} | image_ids(fields["body"])
    for body in Page.objects.values_list("body", flat=True):
        found |= image_ids(body)
    return found | set(Author.objects.values_list("portrait_id", flat=True)) - {None}


ACTS = st.tuples(
    st.sampled_from(["draft", "publish", "change", "bin", "erase", "portray", "page", "type", "clean"]),
    st.integers(0, 3),
    st.integers(0, 3),
    st.booleans(),
)


class AnyHistoryTest(HypothesisTestCase):
    @settings(
        max_examples=60 if corpora.is_full else 8, deadline=None, suppress_health_check=[HealthCheck.too_slow]
    )
    @given(st.lists(ACTS, min_size=2, max_size=12))
    def test_leaves_every_picture_that_is_used(self, acts):
        self.images = [make.image(f"{number}", width=64, height=48, seed=number) for number in range(4)]
        self.editor = make.editor("ed")
        for act, first, second, in_body in acts:
            self.do(act, self.images[first], self.images[second], in_body)
        used = named_anywhere() & set(Image.objects.values_list("pk", flat=True))
        list(clean_up(spared=NOW))
        left = set(Image.objects.values_list("pk", flat=True))
        self.assertEqual(left, used)

    def do(self, act, image, other, in_body):
        if not Image.objects.filter(pk=image.pk).exists():
            return
        lead = {} if in_body else {"lead_image": image}
        written = {"body": figure(image) if in_body else make.BODY, **lead}
        article = Article.objects.order_by("pk").first()
        if act in ("draft", "publish"):
            (make.article if act == "draft" else make.published_article)(**written)
        elif act == "change" and article:
            publishing.save_draft(article, make.content(**written), by=None)
        elif act == "bin" and article and article.state != "published":
            put_in_bin(article, by=self.editor)
        elif act == "erase" and (binned := Article.binned.first()):
            delete_for_good(binned)
        elif act == "portray":
            make.author("Mara Ellis")
            Author.objects.update(portrait=image)
        elif act == "page":
            page = Page.objects.first() or Page(title="About", path="about")
            page.body = figure(image)
            save_page(page)
        elif act == "type":
            fields = {"lead_image": str(image.pk), "body": figure(other)}
            UnsavedText.objects.create(uid=uuid.uuid4(), editor=self.editor, tab="1", number=1, fields=fields)
        elif act == "clean":
            list(clean_up(spared=NOW))
