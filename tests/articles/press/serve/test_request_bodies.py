import io

import pytest
from django.conf import settings

from articles.http.content_policy import OF_FILES
from articles.press.serve.request_bodies import Bodies, Body

THREADS = 8
READERS, DESKS = 2, 4


class Client:
    """A request with a body, and what came of it."""

    def __init__(self, site, path="/site-version/", *, body=b"version=mobile", method="POST", **environ):
        self.stream = io.BytesIO(body)
        self.answer = b"".join(
            site(
                {
                    "REQUEST_METHOD": method,
                    "PATH_INFO": path,
                    "CONTENT_LENGTH": str(len(body)),
                    "wsgi.input": self.stream,
                    **environ,
                },
                self.start_response,
            )
        )

    def start_response(self, status, headers):
        self.status, self.headers = int(status[:3]), dict(headers)

    @property
    def is_read(self):
        return self.stream.tell() > 0


def reads(environ, start_response):
    start_response("200 OK", [])
    return [environ["wsgi.input"].read()]


@pytest.fixture
def threads(monkeypatch):
    monkeypatch.setattr(settings, "THREADS", THREADS)


@pytest.fixture
def site(threads):
    return Bodies(reads)


class TestBodies:
    @pytest.mark.parametrize(
        "path", ["/site-version/", "/preview/0a1b/", "/admin/login/", "/admin/articles/article/add/"]
    )
    def test_of_forms_are_read(self, site, path):
        assert Client(site, path).answer == b"version=mobile"

    @pytest.mark.parametrize("method", ["POST", "PATCH"])
    def test_for_the_api_are_read_if_they_come_with_a_token(self, site, method):
        large = b"x" * 70_000
        client = Client(
            site, "/api/v1/desk/articles", body=large, method=method, HTTP_AUTHORIZATION="Bearer x"
        )
        assert client.answer == large
        assert not Client(site, "/api/v1/desk/articles", method=method).is_read

    @pytest.mark.parametrize(
        "path", ["/", "/world/", "/admin", "/administration/", "/site-version", "/preview"]
    )
    def test_that_nobody_here_wants_are_hidden_from_the_application(self, site, path):
        client = Client(site, path)
        assert (client.answer, client.is_read) == (b"", False)

    def test_are_limited_for_readers_more_than_for_the_desk(self, site):
        large = b"x" * 70_000
        for path in ("/site-version/", "/preview/0a1b/", "/"):
            client = Client(site, path, body=large)
            assert (client.status, client.is_read) == (413, False)
            assert client.answer == b"This is too large: 64 KiB can be sent here at once.\n"
            assert client.headers["X-Content-Type-Options"] == "nosniff"
            assert client.headers["Content-Security-Policy"] == OF_FILES
        assert Client(site, "/admin/login/", body=large).answer == large
        assert Client(site, "/admin/login/", CONTENT_LENGTH="300000000").status == 413

    def test_of_unknown_length_are_refused(self, site):
        client = Client(site, HTTP_TRANSFER_ENCODING="chunked")
        assert (client.status, client.is_read) == (411, False)

    def test_whose_length_is_no_number_are_none(self, site):
        assert Client(site, "/", CONTENT_LENGTH="abc").status == 200


class TestSlots:
    def taken(self, site, path):
        """How many requests get in while those before them have their bodies still to read."""
        got_in = []

        def holds(environ, start_response):
            got_in.append(environ)
            Client(site, path)
            start_response("200 OK", [])
            return []

        site.application = holds
        Client(site, path)
        return len(got_in)

    @pytest.mark.parametrize(("path", "slots"), [("/site-version/", READERS), ("/admin/login/", DESKS)])
    def test_are_held_while_a_body_is_read(self, site, path, slots):
        assert self.taken(site, path) == slots

    def test_are_free_when_it_has_been_read(self, site):
        """What takes long after it, such as a picture that is made smaller, takes nobody's slot."""
        under_way = []

        def works_long(environ, start_response):
            environ["wsgi.input"].read()
            under_way.append(environ)
            answers = [] if len(under_way) == THREADS else [Client(site).status]
            start_response("200 OK", [])
            return [str(status).encode() for status in answers]

        site.application = works_long
        assert Client(site).answer == b"200"
        assert len(under_way) == THREADS

    def test_are_free_after_an_error(self, site):
        def fails(environ, start_response):
            raise ConnectionError

        site.application = fails
        for _ in range(THREADS):
            with pytest.raises(ConnectionError):
                Client(site)
        site.application = reads
        assert Client(site).status == 200

    def test_leave_a_thread_for_readers(self, monkeypatch):
        for threads in range(3, 65):
            monkeypatch.setattr(settings, "THREADS", threads)
            site = Bodies(reads)
            taken = [self.taken(site, path) for path in ("/site-version/", "/admin/")]
            assert threads - sum(taken) >= max(1, threads // 4)


class TestBody:
    def body(self, data=b"one\ntwo\n", *, length=None):
        ends = []
        return Body(
            io.BytesIO(data), len(data) if length is None else length, at_end=lambda: ends.append(1)
        ), ends

    def test_says_once_that_it_has_been_read(self):
        body, ends = self.body()
        assert (body.read(4), ends) == (b"one\n", [])
        assert (body.read(), ends) == (b"two\n", [1])
        assert (body.read(1), body.read(), ends) == (b"", b"", [1])

    def test_ends_where_the_client_went_away(self):
        body, ends = self.body(length=100)
        assert (body.read(50), ends) == (b"one\ntwo\n", [1])

    def test_gives_no_more_than_was_announced(self):
        body, _ = self.body(length=3)
        assert body.read(1000) == b"one"

    def test_is_read_by_lines_as_well(self):
        body, ends = self.body()
        assert (list(body), ends) == ([b"one\n", b"two\n"], [1])
