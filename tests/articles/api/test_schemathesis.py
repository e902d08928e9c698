"""Requests that nobody thought of, made of the OpenAPI file: none breaks anything, and each answer has its shape."""

import schemathesis
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import TestCase
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from articles.models.desk.api_token import Scope
from articles.outbox.consumers import Followers
from articles.publishing.rights.tokens import make_token
from tests import factories as make
from tests.api_schema import schema

from .asking import as_often_as_it_likes

CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
OF_EACH = 12
HOST = "http://localhost:8000"


class SchemathesisTests(TestCase):
    @classmethod
    def setUpTestData(cls):
        lead = make.image()
        make.published_articles(3, authors=[make.author()], tags=("coast",), lead_image=lead)
        make.page(path="about")
        _, cls.secret = make_token(make.editor(), name="x", scopes=Scope.values)
        Followers().work_off()

    def test_nothing_breaks_it(self):
        described = schemathesis.openapi.from_dict(schema())
        described.app = WSGIHandler()
        operations = [found.ok() for found in described.get_all_operations()]
        self.assertGreater(len(operations), 10)
        # As Django's own client does: the test's transaction has one connection.
        for signal in (request_started, request_finished):
            signal.disconnect(close_old_connections)
            self.addCleanup(signal.connect, close_old_connections)
        with as_often_as_it_likes():
            for operation in operations:
                with self.subTest(operation.label):
                    self.tried(operation)

    def tried(self, operation):
        @settings(max_examples=OF_EACH, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        @given(case=operation.as_strategy())
        def try_it(case):
            case.call_and_validate(base_url=HOST, checks=CHECKS, headers=self.headers())

        try_it()

    def headers(self):
        """Of somebody who may everything, so that more is tried than the refusal."""
        return {"Host": "localhost:8000", "Authorization": f"Bearer {self.secret}"}
