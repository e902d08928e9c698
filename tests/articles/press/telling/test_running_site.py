"""A whole site and a hub that hangs, fails, and then takes what it is told."""

import shutil
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.servers import Application, Desk, ask
from tests.waiting import wait_until

from .hub import running_hub


@pytest.fixture
def hub():
    with running_hub() as hub:
        yield hub


@pytest.fixture
def site(prepared, tmp_path, hub):
    site = Application(tmp_path / "told", whole=True, WEBSUB_HUB=hub.url)
    site.var.mkdir()
    (site.var / "static").symlink_to(prepared.var / "static")
    shutil.copy(prepared.var / "newsroom.sqlite3", site.var)
    with site:
        yield site


def test_a_hub_that_hangs_and_fails_delays_nobody_and_is_told_of_what_is_served(site, hub):
    def served(body):
        return ask(site.port, urlsplit(parse_qs(body)["hub.url"][0]).path).body.decode()

    hub.look = served
    hub.goes_on.clear()
    hub.status = 500
    desk = Desk(site)
    first = desk.do("publish", words="told to the hub")["address"]
    wait_until(lambda: hub.heard, seconds=30)
    # The hub does not answer, and all goes on.
    second = desk.do("publish", words="the next one")["address"]
    wait_until(lambda: "the next one" in ask(site.port, "/feed/").body.decode())
    assert ask(site.port, first).status == ask(site.port, second).status == 200
    hub.status = 204
    hub.goes_on.set()
    wait_until(
        lambda: (
            {"/feed/", "/feed/atom/", "/feed/json/"}
            <= {urlsplit(parse_qs(body)["hub.url"][0]).path for body, _ in hub.heard}
        ),
        seconds=60,
    )
    desk.close()
    assert all("told to the hub" in text for _, text in hub.heard)
    assert all('rel="hub"' in text or '"hubs"' in text for _, text in hub.heard)
