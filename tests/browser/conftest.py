"""Chromium in front of the site under granian: what a person at a phone or a computer gets.

The site runs from the test's own database file, so rows made in a test are there for the browser. Tests that
use `site` need `@pytest.mark.django_db(transaction=True)`: another process can't see an open transaction.

    def test_reads_on_a_phone(site, phone):
        phone.goto(site.url)
"""

import os
from dataclasses import dataclass

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.contrib.sessions.backends.db import SessionStore
from django.db import connection
from playwright.sync_api import sync_playwright

from tests.browser.people import CHROMIUM, DESKTOP, PHONE
from tests.servers import Application, Missing, find_chromium
from tests.servers.fixtures import link_files, skip_or_fail


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def chromium():
    try:
        program = find_chromium()
    except Missing as missing:
        skip_or_fail(missing)
    # Playwright keeps an event loop running in this thread, in which Django would refuse to query.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=CHROMIUM)
        yield browser
        browser.close()


@pytest.fixture(scope="package")
def running_site(made_once, tmp_path_factory, django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        database = connection.settings_dict["NAME"]
    folder = tmp_path_factory.mktemp("site")
    where = {"var": settings.VAR_DIR, "database_url": f"sqlite:///{database}"}
    # Without a press, which would print everything that each test publishes and empties again. The settings keep pages off
    # the shelf, so that views answer, with the same bytes; what is printed is looked at in test_content_policy.py.
    variables = {"DJANGO_SETTINGS_MODULE": "tests.browser.settings", "PRESS_EMBEDDED": "0"}
    application = Application(folder, workers=1, **where, **variables)
    link_files(made_once / "static", settings.VAR_DIR / "static")
    with application:
        yield application


@pytest.fixture
def site(running_site, transactional_db):
    """The running site; `site.url` is its address. Its database is empty again after the test."""
    return running_site


@dataclass
class Console:
    """What a page complained about while the test used it."""

    complaints: list

    def watch(self, context):
        context.on("console", self.hear)
        context.on("weberror", lambda problem: self.complaints.append(str(problem.error)))

    def hear(self, message):
        if message.type != "error":
            return
        # A copy of what is typed that has an older number is refused, and the script sends it with a newer one.
        if "409 (Conflict)" in message.text and message.location["url"].endswith("/desk/unsaved/"):
            return
        # Opening a page that answers 404 is no mistake of the page; a missing file of the page is, and a page
        # of the server's troubles.
        opened = message.page.url if message.page else ""
        if "responded with a status of 4" in message.text and message.location["url"] == opened:
            return
        self.complaints.append(f"{message.text} ({message.location['url']})")


@pytest.fixture
def reader(chromium, request):
    """Call it for another person: reader(**PHONE), reader(**DESKTOP, java_script_enabled=False) …

    Each has a browser of their own: no cookie is shared. The test fails if a page complains in its console;
    a test that provokes complaints clears `reader.console.complaints`.
    """
    contexts = []
    console = Console([])
    site = request.getfixturevalue("site") if "site" in request.fixturenames else None

    def arrive(**options):
        context = chromium.new_context(**{"locale": "en-GB", "timezone_id": "Europe/London", **options})
        context.set_default_timeout(30_000)
        console.watch(context)
        contexts.append(context)
        return context.new_page()

    arrive.console = console
    yield arrive
    for context in contexts:
        context.close()
    if console.complaints and site:
        print(site.log()[-5000:])
    assert not console.complaints, "the console says: " + "; ".join(console.complaints)


@pytest.fixture
def phone(reader):
    return reader(**PHONE)


@pytest.fixture
def desktop(reader):
    return reader(**DESKTOP)


@pytest.fixture
def phone_without_scripts(reader):
    return reader(**PHONE, java_script_enabled=False)


@pytest.fixture
def desktop_without_scripts(reader):
    return reader(**DESKTOP, java_script_enabled=False)


@pytest.fixture
def log_in(site):
    """log_in(page, user): the page's browser has that user's session, as if they had typed their password."""

    def log_in(page, user):
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.save()
        cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session.session_key, "url": site.url}
        page.context.add_cookies([cookie])

    return log_in


@pytest.fixture
def password_of(site):
    """password_of(user): sets a password that the running site knows how to check, and answers it."""

    def password_of(user):
        user.password = PBKDF2PasswordHasher().encode("the typed password", "salt", iterations=1000)
        user.save()
        return "the typed password"

    return password_of
