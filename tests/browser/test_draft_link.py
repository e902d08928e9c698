"""Somebody without an account reads a draft on a phone and writes to the newsroom."""

import pytest

from articles.models import Note
from tests import factories

from .axe import WCAG, found_by_axe
from .desk_driver import Desk
from .people import DESK, PHONE

pytestmark = pytest.mark.django_db(transaction=True)


def test_is_made_with_two_clicks_and_read_on_a_phone(reader, site, log_in):
    ana = factories.editor("ana")
    article = factories.article(headline="Not out yet", by=ana)
    page = reader(**DESK, permissions=["clipboard-read", "clipboard-write"])
    log_in(page, ana)
    Desk(page, site.url).opens(f"/admin/articles/article/{article.pk}/change/")
    page.get_by_text("Link for people without an account").click()
    page.get_by_role("button", name="Make a link and copy it").click()
    page.get_by_text("Copied. It is shown only this once.").wait_for()
    address = page.evaluate("navigator.clipboard.readText()")
    assert address == page.get_by_label("The link", exact=True).input_value()
    assert found_by_axe(page, WCAG) == []

    phone = reader(**PHONE)
    phone.goto(address)
    phone.get_by_role("heading", name="Not out yet").wait_for()
    assert phone.evaluate("document.documentElement.scrollWidth") == 390
    assert phone.context.cookies() == []
    phone.get_by_role("link", name="Write a comment").tap()
    phone.get_by_label("Your name").fill("Dr. Vo")
    phone.get_by_label("Your comment").fill("The second figure is wrong.")
    phone.get_by_role("button", name="Send").tap()
    phone.get_by_text("Thank you. The newsroom has your comment.").wait_for()
    assert [(note.who, note.text) for note in Note.objects.all()] == [
        ("Dr. Vo", "The second figure is wrong.")
    ]
    for scheme in ("light", "dark"):
        phone.emulate_media(color_scheme=scheme)
        assert found_by_axe(phone, WCAG) == []

    page.get_by_role("button", name="End the link").click()
    page.get_by_role("button", name="End the link").wait_for(state="detached")
    phone.goto(address)
    phone.get_by_role("heading", name="This link has ended").wait_for()
    assert found_by_axe(phone, WCAG) == []
