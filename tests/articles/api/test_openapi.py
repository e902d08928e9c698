"""docs/api/openapi.json says what the code does, and no change breaks programs that were written for it."""

import copy
import json

from django.test import SimpleTestCase

from tests.api_schema import FILE, breaking, schema


class OpenApiTests(SimpleTestCase):
    def test_the_file_is_what_the_code_says(self):
        written = json.loads(FILE.read_text())
        self.assertEqual(breaking(written, schema()), [], "programs rely on this; it has to stay")
        self.assertEqual(written, schema(), "something was added: write the file anew with `make openapi`")


class BreakingTests(SimpleTestCase):
    """What is taken away or changed is found; what is added is not."""

    def test_finds_what_is_missing(self):
        paths, shapes = ("paths", "/api/v1/articles"), ("components", "schemas", "ArticleInList")
        for keys in (
            paths,
            (*paths, "get"),
            (*paths, "get", "responses", "200"),
            shapes,
            (*shapes, "properties", "headline"),
        ):
            with self.subTest(keys):
                found = copy.deepcopy(schema())
                place = found
                for key in keys[:-1]:
                    place = place[key]
                del place[keys[-1]]
                self.assertTrue(breaking(schema(), found))

    def test_finds_another_type(self):
        for change in (
            {"type": "integer"},
            {"enum": ["one"]},
            {"anyOf": [{"type": "string"}, {"type": "null"}]},
        ):
            found = copy.deepcopy(schema())
            found["components"]["schemas"]["ArticleInList"]["properties"]["headline"].update(change)
            self.assertTrue(breaking(schema(), found), change)

    def test_finds_parameters_that_are_gone_or_wanted_now(self):
        found = copy.deepcopy(schema())
        parameters = found["paths"]["/api/v1/articles"]["get"]["parameters"]
        parameters[0]["required"] = True
        self.assertTrue(breaking(schema(), found))
        parameters[0] = {"name": "else", "in": "query", "schema": {"type": "string"}}
        self.assertTrue(breaking(schema(), found))

    def test_lets_more_come(self):
        found = copy.deepcopy(schema())
        found["paths"]["/api/v1/more"] = {"get": {}}
        found["components"]["schemas"]["ArticleInList"]["properties"]["more"] = {"type": "string"}
        found["paths"]["/api/v1/articles"]["get"]["parameters"].append(
            {"name": "more", "in": "query", "required": False, "schema": {"type": "string"}}
        )
        self.assertEqual(breaking(schema(), found), [])
