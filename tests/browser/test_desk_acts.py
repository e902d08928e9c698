"""How far it is from a thought to the page: an editor's acts, counted, and never more than these."""

import datetime

import pytest
from django.utils import timezone

from articles.models import Article, State
from articles.publishing import publish
from tests import factories

from .desk_driver import Desk
from .people import DESK

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "harbour.jpg"
    path.write_bytes(factories.picture_bytes(1600, 1000, seed=11))
    return path


@pytest.fixture
def newsroom(site):
    editor = factories.editor("ana")
    factories.author("Ana Lind", user=editor)
    factories.section("World")
    factories.section("Science")
    factories.tag("coast")
    return editor


@pytest.fixture
def desk(reader, site, newsroom, log_in):
    page = reader(**DESK)
    log_in(page, newsroom)
    return Desk(page, site.url)


def test_a_whole_article_from_the_login_on(reader, site, newsroom, password_of, picture):
    page = reader(**DESK)
    desk = Desk(page, site.url)
    page.goto(f"{site.url}/admin/")
    desk.start_counting()
    page.wait_for_selector("#id_username:focus")  # a browser focuses it a little after the page is loaded
    desk.types(newsroom.username)
    desk.presses("Tab")
    desk.types(password_of(newsroom))
    desk.presses("Enter")
    page.wait_for_url(f"{site.url}/admin/")
    desk.clicks('a[href="/admin/articles/article/add/"] >> nth=0')
    page.wait_for_selector("#article_form")
    desk.types("Harbour towns weigh the price of a higher sea wall")
    desk.presses("Tab")
    desk.types("Engineers say the line on the map is moving faster than the money.")
    desk.presses("Tab")
    desk.types("The wall at Port Ansel is four metres high.")
    for heading in ("A line on the map", "Who pays", "After the storm"):
        desk.begins_part(heading, "They paint a line, she says, and then they come back.")
    desk.chooses_file("[data-file-label]", picture)
    desk.types("A grey wall above a grey sea")
    desk.clicks("#id_section_typed")
    desk.types("sci")
    desk.presses("Tab")
    desk.types("coast")
    desk.presses("Enter")
    desk.types("sea walls")
    desk.presses("Control+Enter")
    desk.waits_for_state("Live")
    article = Article.objects.get()
    assert article.is_public()
    assert [part for _, part in article.contents] == ["A line on the map", "Who pays", "After the storm"]
    assert article.section.name == "Science"
    assert {tag.name for tag in article.tags.all()} == {"coast", "sea walls"}
    assert article.lead_alt == "A grey wall above a grey sea"
    assert [line.author.name for line in article.bylines.all()] == ["Ana Lind"]
    desk.took_at_most(acts=23, loads=2, windows=1)


def opens_from_the_list(desk, article):
    desk.page.goto(f"{desk.url}/admin/articles/article/")
    desk.start_counting()
    desk.clicks(f"a[href*='/{article.pk}/change/'] >> nth=0")
    desk.is_ready()


def test_a_typo_in_a_live_article(desk):
    article = factories.published_article(headline="Harbour twons", body="<p>A wall.</p>")
    desk.page.goto(f"{desk.url}/admin/articles/article/")
    desk.page.goto(desk.url + article.get_absolute_url())
    desk.start_counting()
    desk.clicks("a:text-is('Edit')")
    desk.is_ready()
    desk.clicks("#id_headline", click_count=3)
    desk.types("Harbour towns")
    desk.presses("Control+Enter")
    desk.page.wait_for_selector("[data-saved]:has-text('Published')")
    article.refresh_from_db()
    assert article.headline == "Harbour towns"
    desk.took_at_most(acts=4, loads=1, windows=0)


def test_another_lead_picture(desk, picture):
    article = factories.published_article(lead_image=factories.image())
    opens_from_the_list(desk, article)
    desk.chooses_file("[data-file-label]", picture)
    desk.types("Another wall")
    desk.presses("Control+Enter")
    desk.page.wait_for_selector("[data-saved]:has-text('Published')")
    article.refresh_from_db()
    assert article.lead_alt == "Another wall"
    desk.took_at_most(acts=4, loads=1, windows=1)


def test_withdrawing(desk):
    article = factories.published_article()
    opens_from_the_list(desk, article)
    desk.clicks("button:text-is('Withdraw…')")
    desk.presses("Enter")
    desk.waits_for_state("Withdrawn")
    article.refresh_from_db()
    assert article.state == State.WITHDRAWN
    desk.took_at_most(acts=3, loads=1, windows=1)


def tomorrow():
    return timezone.localdate() + datetime.timedelta(days=1)


def test_scheduling_for_tomorrow_by_preset(desk):
    article = factories.article()
    opens_from_the_list(desk, article)
    desk.start_counting()
    desk.clicks("button:text-is('Tomorrow 06:00')")
    desk.presses("Enter")
    desk.waits_for_state("Scheduled")
    article.refresh_from_db()
    assert f"{timezone.localtime(article.publish_at):%Y-%m-%d %H:%M}" == f"{tomorrow()} 06:00"
    desk.took_at_most(acts=2, loads=0, windows=0)


@pytest.fixture
def typed_day(chromium):
    """How tomorrow is typed into a time field of this Chromium: in the order of its own language."""
    context = chromium.new_context()
    order = context.new_page().evaluate("new Date(2001, 9, 23).toLocaleDateString()")
    context.close()
    return f"{tomorrow():%m%d%Y}" if order.startswith("10") else f"{tomorrow():%d%m%Y}"


def test_scheduling_for_tomorrow_by_hand(desk, typed_day):
    article = factories.article()
    opens_from_the_list(desk, article)
    desk.clicks("#id_publish_at", position={"x": 12, "y": 12})
    desk.types(typed_day)
    desk.types("0600A")  # The field goes on by itself after a year of four digits.
    desk.presses("Control+Enter")
    desk.waits_for_state("Scheduled")
    article.refresh_from_db()
    assert f"{timezone.localtime(article.publish_at):%Y-%m-%d %H:%M}" == f"{tomorrow()} 06:00"
    desk.took_at_most(acts=7, loads=1, windows=0)


def test_changing_a_slug(desk):
    article = factories.published_article()
    opens_from_the_list(desk, article)
    desk.clicks("summary:text-is('Address and language')")
    desk.clicks("#id_slug", click_count=3)
    desk.types("higher-walls")
    desk.presses("Control+Enter")
    desk.page.wait_for_selector("[data-saved]:has-text('Published')")
    article.refresh_from_db()
    assert article.slug == "higher-walls"
    desk.took_at_most(acts=4, loads=1, windows=0)


def test_finding_last_years_story_by_two_words(desk):
    old = timezone.now() - datetime.timedelta(days=400)
    factories.published_article(headline="Lighthouse keepers strike at dawn", at=old)
    factories.published_articles(6, headline="Harbour towns weigh it")
    desk.page.goto(f"{desk.url}/admin/articles/article/")
    desk.start_counting()
    desk.clicks("#searchbar")
    desk.types("lighthouse strike")
    desk.presses("Enter")
    desk.page.wait_for_url("**q=lighthouse**")
    rows = desk.page.locator("#result_list tbody tr").all_inner_texts()[:3]
    assert any("Lighthouse keepers strike" in row for row in rows)
    desk.took_at_most(acts=3, loads=2, windows=0)


def test_a_dated_correction(desk):
    article = factories.published_article()
    opens_from_the_list(desk, article)
    desk.clicks("summary:text-is('Corrections')")
    desk.page.wait_for_selector("#id_correction_text:focus")
    desk.types("The wall is four metres high.")
    desk.presses("Control+Enter")
    desk.page.wait_for_selector("summary:text-is('Corrections (1)')")
    assert article.corrections.get().text == "The wall is four metres high."
    desk.took_at_most(acts=3, loads=1, windows=0)


def test_what_the_last_change_was_and_the_version_before_again(desk):
    article = factories.published_article(body="<p>Five metres.</p>")
    publish(article, factories.content(body="<p>Four metres.</p>"), by=None)
    desk.opens(f"/admin/articles/article/{article.pk}/change/")
    desk.start_counting()
    desk.clicks("a:text-is('What the last change was')")
    desk.page.wait_for_selector("ins:text-is('Four')")
    desk.clicks("button:text-is('Bring this older version back')")
    desk.is_ready()
    assert "Five metres." in desk.body()
    desk.took_at_most(acts=3, loads=2, windows=0)


def test_a_word_of_a_live_story_is_changed_later(desk):
    """Changed and saved, then left, found again and published."""
    article = factories.published_article(headline="Harbour twons")
    opens_from_the_list(desk, article)
    desk.clicks("#id_headline", click_count=3)
    desk.types("Harbour towns")
    desk.presses("Control+s")
    desk.page.wait_for_selector("[data-saved]:has-text('Saved')")
    desk.clicks(".breadcrumbs a:text-is('Articles')")
    desk.clicks(f"a[href*='/{article.pk}/change/'] >> nth=0")
    desk.is_ready()
    desk.presses("Control+Enter")
    desk.page.wait_for_selector("[data-saved]:has-text('Published')")
    article.refresh_from_db()
    assert article.headline == "Harbour towns"
    desk.took_at_most(acts=6, loads=4, windows=0)


def test_a_picture_into_the_text_with_its_words(desk, picture):
    article = factories.published_article(body="<p>A wall.</p>")
    opens_from_the_list(desk, article)
    desk.start_counting()
    desk.clicks(".cke_editable p")
    desk.clicks(".cke_button__deskpicture")
    desk.chooses_file("[data-file]", picture)
    desk.page.wait_for_selector(".desk-figure-panel [data-part=alt]:focus, .desk-figure-panel input:focus")
    desk.types("A grey wall")
    desk.presses("Tab")
    desk.types("Ana Lind")
    desk.page.wait_for_selector(".cke_editable figure:not(.desk-figure--arriving)")
    desk.clicks(".cke_editable figcaption")
    desk.types("The wall at dusk")
    desk.presses("Control+s")
    desk.page.wait_for_selector("[data-saved]:has-text('Saved')")
    article.refresh_from_db()
    body = article.working_copy.content["body"]
    assert all(words in body for words in ("A grey wall", "Ana Lind", "The wall at dusk")), body
    desk.took_at_most(acts=8, loads=0, windows=1)
