"""Changes to a live story that go out later: set, moved and cancelled by hand, on a computer and on a phone."""

import datetime

import pytest
from django.utils import timezone

from articles.models import Article
from articles.publishing import Content
from articles.publishing.article.scheduling.go_live import publish_due
from articles.publishing.pictures import change_image
from tests import factories

from .desk_driver import Desk
from .people import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def editor(site):
    factories.section("World")
    return factories.editor("ana")


@pytest.fixture(params=[DESK, PHONE], ids=["computer", "phone"])
def desk(reader, site, editor, log_in, request):
    page = reader(**request.param)
    log_in(page, editor)
    return Desk(page, site.url)


@pytest.fixture
def article():
    return factories.published_article(headline="As readers have it", body="<p>A wall.</p>")


def address(article):
    return f"/admin/articles/article/{article.pk}/change/"


def now(article):
    return Article.objects.get(pk=article.pk)


def headline_on_the_page(desk, article):
    return (
        desk.page.context.request.get(desk.url + article.get_absolute_url())
        .text()
        .count("As readers have it")
    )


def schedules(desk, article):
    desk.opens(address(article))
    desk.clicks("#id_headline", click_count=3)
    desk.types("As scheduled")
    desk.clicks("button:text-is('Tomorrow 06:00')")
    desk.clicks("button:text-is('Schedule the changes')")
    desk.waits_for_state("Live, with changes scheduled")


def test_an_editor_schedules_changes_and_cancels_them(desk, article):
    before = headline_on_the_page(desk, article)
    schedules(desk, article)
    said = desk.page.inner_text(".desk-state__scheduled")
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    assert said.startswith(f"The changes go out on {tomorrow:%A} {tomorrow.day} {tomorrow:%B %Y}, 06:00")
    assert headline_on_the_page(desk, article) == before > 0
    assert desk.page.input_value("#id_publish_at") == f"{tomorrow}T06:00"
    desk.clicks("button:text-is('Cancel the scheduled changes…')")
    desk.presses("Enter")
    desk.waits_for_state("Live, with unpublished changes")
    assert desk.page.input_value("#id_headline") == "As scheduled"
    assert desk.page.input_value("#id_publish_at") == ""
    assert not now(article).has_scheduled_changes
    assert headline_on_the_page(desk, article) == before


def test_the_time_moves_and_newer_text_stays_beside(desk, article):
    schedules(desk, article)
    desk.clicks("#id_headline", click_count=3)
    desk.types("Written since")
    desk.page.fill("#id_publish_at", f"{timezone.localdate() + datetime.timedelta(days=3)}T18:30")
    desk.clicks("button:text-is('Change the time')")
    desk.page.wait_for_selector(".desk-state__scheduled:has-text('18:30')")
    desk.page.wait_for_selector("text=What was saved since is not part of it.")
    found = now(article)
    assert found.scheduled_revision.content["headline"] == "As scheduled"
    assert Content.newest(found).headline == "Written since"
    assert desk.page.is_visible("a:text-is('Preview what is scheduled')")


def test_what_did_not_go_out_is_said_on_the_first_page_and_leads_there(desk, article):
    image = factories.image(alt="A harbour", width=400, height=300)
    schedules(desk, article)
    changes = now(article).scheduled_revision
    changes.content["lead_image_id"] = image.pk
    changes.save()
    change_image(image, alt="")
    Article.objects.filter(pk=article.pk).update(scheduled_for=timezone.now())
    publish_due()
    desk.page.goto(f"{desk.url}/admin/")
    desk.clicks(".messagelist a:text-is('As readers have it')")
    desk.is_ready()
    assert "alt text" in desk.page.inner_text(".desk-state__scheduled[data-outlook=held]")
    desk.page.fill("#id_lead_alt", "A harbour at dusk")
    desk.clicks("button:text-is('Publish now')")
    desk.waits_for_state("Live")
    assert now(article).headline == "As scheduled"


def test_what_another_publication_does_to_them_is_said_before_and_comes_true(desk, article):
    takes_their_place = "If another text is published before that, it takes their place"
    desk.opens(address(article))
    assert takes_their_place in desk.page.inner_text("#desk-times")
    schedules(desk, article)
    assert takes_their_place in desk.page.inner_text(".desk-state__scheduled")
    desk.clicks("#id_headline", click_count=3)
    desk.types("Published before that")
    desk.clicks("button:text-is('Publish now')")
    desk.page.wait_for_selector("text=It takes the place of what was scheduled for")
    desk.waits_for_state("Live")
    Article.objects.filter(scheduled_for__isnull=False).update(scheduled_for=timezone.now())
    assert publish_due() == 0
    assert now(article).headline == "Published before that"


def test_a_live_article_gets_another_publish_time(desk, article):
    old = article.get_absolute_url()
    desk.opens(address(article))
    desk.clicks("a:text-is('Change the publish time')")
    desk.page.wait_for_selector("h1:text-is('Publish time')")
    assert f"The present one, {old}, then leads there." in desk.page.inner_text("form.ask")
    width = desk.page.evaluate("document.documentElement.clientWidth")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    desk.page.fill("#id_publish_at", f"{timezone.localdate() + datetime.timedelta(days=1)}T06:00")
    desk.clicks("button:text-is('Change the publish time')")
    desk.page.wait_for_selector("text=To take it away until then, withdraw it and schedule it.")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    desk.page.fill("#id_publish_at", f"{yesterday}T06:00")
    desk.clicks("button:text-is('Change the publish time')")
    desk.page.wait_for_selector("text=as its publish time now.")
    assert f"{timezone.localtime(now(article).publish_at):%Y-%m-%dT%H:%M}" == f"{yesterday}T06:00"
    assert f"Published on {yesterday:%A} {yesterday.day} {yesterday:%B %Y}, 06:00" in desk.page.inner_text(
        "#desk-times"
    )
    answer = desk.page.context.request.get(desk.url + old)
    assert answer.url == desk.url + now(article).get_absolute_url() != desk.url + old


def test_nothing_runs_out_of_the_window(desk, article):
    schedules(desk, article)
    width = desk.page.evaluate("document.documentElement.clientWidth")
    assert desk.page.evaluate("document.documentElement.scrollWidth") <= width
    for selector in (".desk-state__scheduled", "[name=_reschedule]", "[name=_schedule]", "[name=_publish]"):
        box = desk.page.locator(selector).bounding_box()
        assert box["x"] >= 0 and box["x"] + box["width"] <= width, selector
