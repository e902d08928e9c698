from jinja2 import nodes
from jinja2.ext import Extension

from articles.words.languages import speaking


class LanguageBlock(Extension):
    """{% language article.language %} … {% endlanguage %}: words and dates within are in that language."""

    tags = frozenset({"language"})

    def parse(self, parser):
        line = next(parser.stream).lineno
        language = parser.parse_expression()
        body = parser.parse_statements(("name:endlanguage",), drop_needle=True)
        return nodes.CallBlock(self.call_method("within", [language]), [], [], body).set_lineno(line)

    def within(self, language, caller):
        with speaking(language):
            return caller()
