"""What a page says of itself when it is opened: nginx answers and logs it, and the press counts it."""

import time

from articles.press.reads.log import Log
from articles.press.reads.worker import in_log
from tests.servers.asking import Answer

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def say(house, path=None, **more) -> Answer:
    return house.ask(f"/read{path or house.story}", method="POST", **{"user_agent": BROWSER} | more)


def lines(house):
    """The addresses that are new in the log."""
    found = []
    Log(house.site.var / "nginx" / "reads.log", lambda spelt: found.append(in_log(spelt))).take(
        time.time(), lambda found: None
    )
    return found


def test_is_answered_with_nothing_and_logged_without_the_reader(house):
    answer = say(house, cookie="who=ana", referer="https://elsewhere.example/")
    assert (answer.status, answer.raw) == (204, b"")
    assert answer.headers["cache-control"] == "no-store"
    log = (house.site.var / "nginx" / "reads.log").read_text().splitlines()[-1]
    at, path = log.split(" ")
    assert abs(float(at) - time.time()) < 60
    assert path == f"/read{house.story}"


def test_robots_and_other_sites_are_not_logged(house):
    lines(house)
    say(house, user_agent="Googlebot/2.1 (+http://www.google.com/bot.html)")
    say(house, user_agent="")
    say(house, sec_fetch_site="cross-site")
    say(house, sec_fetch_site="same-origin")
    assert lines(house) == [house.story]


def test_what_it_brings_along_is_not_read(house):
    lines(house)
    assert say(house, body=b"x" * 200).status == 204
    assert say(house, "/2026/01/01/%0A%00%22/").status in (204, 400)
    assert say(house).status == 204
    assert lines(house)[-1] == house.story


def test_only_what_is_posted_counts(house):
    lines(house)
    assert house.ask(f"/read{house.story}", user_agent=BROWSER).status == 404
    assert lines(house) == []


def test_the_application_answers_alike(house):
    answer = house.ask_application(f"/read{house.story}", method="POST", user_agent=BROWSER)
    assert (answer.status, answer.raw) == (204, b"")
    assert answer.headers["cache-control"] == "no-store"
