"""The press leaves middleware out; what it gets is what a reader without cookies gets."""

from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.test import override_settings
from django.utils.module_loading import import_string

from articles import publishing
from articles.conf import paper
from articles.middleware.compression import Compression
from articles.models import Article
from articles.press.render.handler import LEFT_OUT, ReadersHandler, environ_of
from articles.press.render.printer import PrintFailed
from tests.articles.press.printed_newsroom import PrintedNewsroom


class ReadersHandlerTest(PrintedNewsroom):
    def compared(self, path, site):
        """What the press gets, as it is handed to readers; and what they get without a press."""
        reader = WSGIHandler().get_response(WSGIRequest(environ_of(path, site)))
        printed = ReadersHandler().answer(path, site)
        # What is no page for the shelf is handed to readers through this (serve/application.py).
        handed = Compression(lambda request: printed)(WSGIRequest(environ_of(path, site)))
        return [
            (each.status_code, dict(each.items()), each.cookies.output(), each.content)
            for each in (handed, reader)
        ]

    def test_answers_as_a_reader_is_answered_on_every_kind_of_page(self):
        moved, gone = self.story(0), self.story(1)
        old = unquote(moved.get_absolute_url())
        self.republish(moved, slug="another-slug")
        publishing.withdraw(gone, by=None)
        pages = {
            "/": 200,
            "/world/": 200,
            "/world/harbours/": 200,
            "/tag/coast/": 200,
            "/author/mara-ellis/": 200,
            "/about/": 200,
            "/2026/05/": 200,
            Article.objects.get(pk=moved.pk).get_absolute_url(): 200,
            old: 301,
            gone.get_absolute_url(): 410,
            "/no-such-page/": 404,
            "/world": 301,
            "/robots.txt": 200,
        }
        for path, status in pages.items():
            with self.subTest(path):
                press, reader = self.compared(path, urlsplit(paper().url))
                self.assertEqual(press[0], status)
                self.assertEqual(press, reader)

    def test_answers_as_a_reader_is_answered_where_a_second_factor_is_asked_for(self):
        with override_settings(SECOND_FACTOR_FOR=frozenset({"everybody"})):
            press, reader = self.compared("/world/", urlsplit(paper().url))
        self.assertEqual(press[0], 200)
        self.assertEqual(press, reader)

    def test_answers_as_a_reader_is_answered_behind_https(self):
        with override_settings(
            SECURE_SSL_REDIRECT=True,
            SECURE_HSTS_SECONDS=3600,
            SECURE_PROXY_SSL_HEADER=("HTTP_X_FORWARDED_PROTO", "https"),
        ):
            for site in ("https://localhost", "http://localhost"):
                with self.subTest(site):
                    press, reader = self.compared("/world/", urlsplit(site))
                    self.assertEqual(press, reader)

    def test_leaves_out_middleware_of_the_settings_and_passes_all_other(self):
        self.assertLessEqual(LEFT_OUT, set(settings.MIDDLEWARE))
        for name in LEFT_OUT:
            import_string(name)
        added = ["tests.articles.press.render.test_handler.refusing", *settings.MIDDLEWARE]
        with override_settings(MIDDLEWARE=added):
            printer = type(self.press.printing.printer)(self.shelf)
            with self.assertRaisesRegex(PrintFailed, "no reader may see it"):
                printer.render("/world/")


class Refusing:
    """Middleware that somebody has added to the settings, by one of Django's hooks."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        raise ValueError("no reader may see it")


refusing = Refusing
