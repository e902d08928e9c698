"""Coming in with an app for codes and with a passkey, which Chromium's own virtual authenticator keeps."""

from base64 import b32decode

import pytest
from django_otp.oath import totp
from playwright.sync_api import expect

from articles.models import Article, Passkey
from tests import factories

from .people import DESK, PHONE
from .test_desk_traps import change

pytestmark = pytest.mark.django_db(transaction=True)
LOG_INS = "/admin/me/log-ins/"


def types_password(page, password):
    page.fill("#id_username", "ana")
    page.fill("#id_password", password)
    page.click("#login-form [type=submit]")


def logs_out(page):
    page.click("#logout-form button")
    page.wait_for_url("**/admin/log*/**")
    expect(page.locator("#logout-form")).to_have_count(0)


def test_an_app_is_set_up_on_a_phone_and_its_code_is_asked_for(reader, site, log_in, password_of):
    ana = factories.editor("ana")
    password = password_of(ana)
    page = reader(**PHONE)
    log_in(page, ana)
    page.goto(site.url + LOG_INS)
    page.click("text=Set up an app for codes")
    key = page.locator(".app-setup__key").inner_text().replace(" ", "")
    code = f"{totp(b32decode(key)):06}"
    page.fill("#app_code", code)
    page.fill("#app_password", password)
    page.click("text=Use this app")
    expect(page.locator(".codes li")).to_have_count(10)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    recovery = page.locator(".codes code").first.inner_text()
    logs_out(page)

    page.goto(f"{site.url}/admin/login/?next={LOG_INS}")
    types_password(page, password)
    # Each code is good once, so the app's is taken no more; the wait after a wrong one is a second.
    page.fill("#id_second_code", code)
    page.click("#login-form [type=submit]")
    expect(page.locator(".errorlist")).to_contain_text("This code is not right")
    page.fill("#id_second_code", recovery)
    page.click("#login-form [type=submit]")
    expect(page.get_by_text("9 recovery codes left")).to_be_visible()


def test_a_passkey_is_added_and_asked_for_also_in_place_of_a_session_that_ended(
    reader, site, log_in, password_of
):
    ana = factories.editor("ana")
    password = password_of(ana)
    story = factories.article(headline="As saved", section=factories.section("World"))
    page = reader(**DESK)
    has_authenticator(page)
    log_in(page, ana)
    page.goto(site.url + LOG_INS)
    page.click("text=Add a passkey")
    page.fill("#passkey_name", "my laptop")
    page.fill("#passkey_password", password)
    page.click("text=Add this passkey")
    expect(page.locator(".codes li")).to_have_count(10)
    assert Passkey.objects.get().name == "my laptop"
    logs_out(page)

    page.goto(f"{site.url}/admin/login/?next={change(story)}")
    types_password(page, password)
    page.click("text=Use a passkey")
    page.wait_for_selector(".cke_editable")
    assert Passkey.objects.get().used_at

    page.fill("#id_headline", "As typed")
    page.context.clear_cookies(name="sessionid")
    page.click("[name=_save_draft]")
    expect(page.get_by_text("Nothing you typed is lost")).to_be_visible()
    types_password(page, password)
    page.click("text=Use a passkey")
    expect(page.locator("#id_headline")).to_have_value("As typed")
    page.click("[name=_save_draft]")
    expect(page.get_by_text("not saved yet")).to_have_count(0)
    story = Article.objects.get(pk=story.pk)
    assert story.headline == "As typed"


def has_authenticator(page):
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "automaticPresenceSimulation": True}
    options |= {"hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
