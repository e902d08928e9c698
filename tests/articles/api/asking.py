"""Asks the API as a program does: without cookies, and as often as it likes unless the test says otherwise."""

import contextlib
from unittest import mock

from django.test import Client

from articles.api import limits
from articles.api.reading import search
from articles.views.search.brake import Brake

API = "/api/v1"


@contextlib.contextmanager
def as_often_as_it_likes():
    freely = Brake(at_once=100_000, seconds=0.001)
    with mock.patch.object(limits, "BRAKE", freely), mock.patch.object(search, "BRAKE", freely):
        yield


class Asks:
    """To be mixed into a TestCase."""

    def setUp(self):
        super().setUp()
        self.client = Client()
        self.enterContext(as_often_as_it_likes())

    def get(self, path, expected=200, **more):
        response = self.client.get(f"{API}{path}", **more)
        self.assertEqual(response.status_code, expected, response.content)
        return response

    def all_of(self, path):
        """The items of all pages."""
        found, following = [], f"{API}{path}"
        while following:
            page = self.client.get(following).json()
            found += page["items"]
            following = page["next"] and page["next"].removeprefix("http://localhost:8000")
        return found
