"""A reporter and an editor talk about an article that both have open."""

import pytest
from playwright.sync_api import expect

from articles.models import Article, Note
from articles.publishing import submit
from tests import factories
from tests.articles.admin.desk.case import somebody
from tests.waiting import wait_until

from .axe import COLOURS, WCAG, found_by_axe
from .desk_driver import Desk
from .people import DESK, PHONE
from .test_desk_traps import SAVED, change

pytestmark = pytest.mark.django_db(transaction=True)
BODY = "<p>The wall is four metres high.</p>\n<p>Nobody knows why it leaks.</p>"
MARKED = """() => [...(CSS.highlights.get("desk-note") || [])].map((range) => range.toString())"""
SELECT = """(words) => {
  const walker = document.createTreeWalker(document.querySelector(".cke_editable"), NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    CKEDITOR.instances.id_body.focus();
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return;
  }
}"""


@pytest.fixture
def mairi(site):
    mairi = somebody("mairi", "Editors")
    mairi.first_name, mairi.last_name = "Mairi", "Caldwell"
    mairi.save()
    return mairi


def opened(reader, site, log_in, user, article, **screen):
    page = reader(**(screen or DESK))
    log_in(page, user)
    desk = Desk(page, site.url)
    desk.opens(change(article))
    return page


def test_a_mention_arrives_the_mark_follows_the_words_and_sending_back_is_told(reader, site, log_in, mairi):
    factories.section("World")
    article = submit(factories.article(headline="The wall", body=BODY, by=mairi), by=mairi)
    ana = opened(reader, site, log_in, factories.editor("ana"), article)
    reporter = opened(reader, site, log_in, mairi, article)

    # Ana marks words, names Mairi with the help of a suggestion, and writes without leaving the page.
    ana.evaluate(SELECT, "four metres")
    ana.click(".cke_button__desknote")
    expect(ana.locator("[data-new-words]")).to_have_text("four metres")
    ana.keyboard.type("Is it six, @cal")
    ana.locator("#desk-people li", has_text="Mairi Caldwell").wait_for()
    ana.keyboard.press("Enter")
    ana.keyboard.type("?")
    ana.keyboard.press("Control+Enter")
    expect(ana.locator(".note__text")).to_have_text("Is it six, @Mairi Caldwell ?")
    assert ana.evaluate(MARKED) == ["four metres"]
    note = Note.objects.get()
    assert (note.quote, note.before) == ("four metres", "The wall is ")
    assert Article.objects.get().body == article.body

    # It comes to Mairi's open form, with the bell.
    expect(reporter.locator(".note__text")).to_have_text("Is it six, @Mairi Caldwell ?", timeout=15_000)
    expect(reporter.locator("[data-bell-number]")).to_have_text("1")
    assert reporter.evaluate(MARKED) == ["four metres"]

    # She mends the words, and the mark stays on them, also after the page is opened again.
    reporter.evaluate(SELECT, "four")
    reporter.keyboard.type("about six")
    wait_until(lambda: reporter.evaluate(MARKED) == ["about six metres"])
    typed = reporter.locator(f"#answer-{note.pk}")
    reporter.locator(".notes__answer summary").click()
    typed.fill("Yes, I have asked.")
    reporter.keyboard.press("Control+s")
    reporter.wait_for_selector(SAVED)
    assert Note.objects.get().quote_now == "about six metres"
    assert typed.input_value() == "Yes, I have asked."
    reporter.locator("button[name=answer]").click()
    expect(reporter.locator(".note__text")).to_have_count(2)
    reporter.reload()
    Desk(reporter, site.url).is_ready()
    wait_until(lambda: reporter.evaluate(MARKED) == ["about six metres"])
    assert "note" not in Article.objects.get().body

    # Ana sends it back; she is asked why, and Mairi is told where she is.
    expect(ana.locator(".note__text")).to_have_count(2, timeout=15_000)
    ana.reload()
    Desk(ana, site.url).is_ready()
    ana.click("[data-opens=desk-return]")
    ana.locator("[name=_return]").click()
    ana.get_by_text("Say what has to be done first").first.wait_for()
    ana.fill("#id_why_back", "Name the source.")
    ana.locator("[name=_return]").click()
    ana.wait_for_selector(".desk-state__word:text-is('Draft')")
    told = reporter.locator("[data-line^=decided]")
    expect(told).to_contain_text("ana sent it back to draft", timeout=15_000)
    expect(reporter.locator(".note__text", has_text="Name the source.")).to_be_visible(timeout=15_000)
    reporter.goto(f"{site.url}/admin/articles/notification/")
    expect(reporter.locator(".told__new")).to_have_count(2)
    reporter.get_by_role("link", name="ana mentions you in a note on “The wall”").click()
    expect(reporter.locator(f"#note-{note.pk}")).to_be_visible()
    reporter.goto(f"{site.url}/admin/articles/notification/")
    expect(reporter.locator(".told__new")).to_have_count(1)


@pytest.mark.parametrize("screen", [DESK, PHONE], ids=["desk", "phone"])
def test_notes_and_notifications_are_for_everybody(reader, site, log_in, mairi, screen):
    article = submit(factories.article(headline="The wall", body=BODY, by=mairi), by=mairi)
    Note.objects.create(article=article, by=mairi, text="Four or six?", quote="four metres")
    page = reader(**screen)
    log_in(page, mairi)
    own = [f"/admin/articles/article/{article.pk}/notes/", "/admin/articles/notification/", "/admin/"]
    for path in [change(article), *own]:
        page.goto(site.url + path)
        if path == change(article):
            Desk(page, site.url).is_ready()
        for scheme, rules in (("light", WCAG), ("dark", COLOURS)):
            page.emulate_media(color_scheme=scheme)
            assert found_by_axe(page, rules) == [], (path, scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
