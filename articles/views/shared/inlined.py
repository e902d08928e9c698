import re

from jinja2 import TemplateNotFound
from jinja2.ext import Extension

INCLUDE = re.compile(r'{% include "([^"]+)" %}')


class Inlined(Extension):
    """When templates are read, puts the text of an included one where it is included. A page includes up to a
    hundred, and each would be looked up and given a context of its own, which takes longer than writing it.

    With DEBUG they stay apart, so that a change to any of them is noticed.
    """

    def preprocess(self, source, name, filename=None):
        return source if self.environment.auto_reload else INCLUDE.sub(self.included, source)

    def included(self, found):
        try:
            text, *_ = self.environment.loader.get_source(self.environment, found[1])
        except TemplateNotFound:
            # The error that names it comes when the page is written.
            return found[0]
        return INCLUDE.sub(self.included, text)
