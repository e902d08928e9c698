"""One name for a request: in nginx's log, in ours and on the error page."""

import json
import logging
import re

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.test import override_settings

from articles.http.request_id import NamedRequests, request_id
from newsroom.logs import Json, Line
from tests.articles.press.serve.test_application import environ_of

OWN = re.compile(r"[0-9a-f]{32}")
SAID = "4b0d1c1f9fd94d6c8f0b2a6d3c7e5f10"


def named(*, behind_proxy=False, application=None, **headers):
    """The name under which the application has run."""
    heard = []

    def hear(environ, start_response):
        heard.append(request_id())
        return []

    with override_settings(BEHIND_PROXY=behind_proxy):
        NamedRequests(hear)(environ_of("/", **headers), None)
    return heard[0]


class TestNamedRequests:
    def test_each_has_one_of_its_own_and_none_afterwards(self):
        first, second = named(), named()
        assert OWN.fullmatch(first) and OWN.fullmatch(second) and first != second
        assert request_id() == ""

    def test_the_one_of_nginx_is_taken(self):
        assert named(behind_proxy=True, x_request_id=SAID) == SAID

    def test_nobody_else_chooses_one(self):
        assert named(x_request_id=SAID) != SAID

    @pytest.mark.parametrize("said", ["", "short", "a" * 65, "a b c d e f g", 'x"; rm -rf /', "naïve-naïve"])
    def test_what_is_none_is_not_taken(self, said):
        assert OWN.fullmatch(named(behind_proxy=True, x_request_id=said))


@pytest.mark.django_db
class TestErrorPage:
    def test_shows_the_name_that_the_log_has(self, settings, monkeypatch):
        settings.BEHIND_PROXY = True
        monkeypatch.setattr("django.core.handlers.base.BaseHandler.resolve_request", fails_to_resolve)
        lines, said = [], {}
        handler = logging.Handler()
        handler.emit = lambda record: lines.append(
            (Line("{message}", style="{").format(record), Json().format(record))
        )
        logging.getLogger("django.request").addHandler(handler)
        try:
            body = b"".join(
                NamedRequests(WSGIHandler())(
                    environ_of("/world/", x_request_id=SAID),
                    lambda status, headers: said.update(status=status),
                )
            )
        finally:
            logging.getLogger("django.request").removeHandler(handler)
        assert said["status"].startswith("500")
        assert f"<code>{SAID}</code>" in body.decode()
        ((line, of_json),) = lines
        assert line.splitlines()[0] == f"Internal Server Error: /world/ [{SAID}]"
        assert len(of_json.splitlines()) == 1
        found = json.loads(of_json)
        assert (found["request"], found["level"], found["logger"]) == (SAID, "ERROR", "django.request")
        assert "ValueError: nobody" in found["error"]


def fails_to_resolve(self, request):
    raise ValueError("nobody\nknows")


class TestLog:
    def record(self, **more):
        return logging.makeLogRecord(
            {"name": "articles.press", "levelname": "INFO", "msg": "It “prints”\n%s", "args": ("x",)} | more
        )

    def test_a_line_outside_a_request_is_as_ever(self):
        assert Line("{levelname} {message}", style="{").format(self.record()) == "INFO It “prints”\nx"

    def test_a_line_has_the_time_with_its_zone(self):
        line = Line("{asctime}", style="{").format(self.record(created=1_752_600_000.25))
        assert line == "2025-07-15 18:20:00.250+01:00"

    def test_json_is_one_line_and_has_the_time_with_its_zone(self):
        text = Json().format(self.record(created=1_764_450_000.5))
        found = json.loads(text)
        assert "\n" not in text
        assert found["at"] == "2025-11-29T21:00:00.500+00:00"
        assert found["message"] == "It “prints”\nx"
        assert "request" not in found and "error" not in found
