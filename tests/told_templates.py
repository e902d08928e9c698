"""Readers' templates that tell Django's test client what they are given, as Django's own templates do in tests."""

from django.test.signals import template_rendered
from jinja2 import Template

from articles.views.shared import templates


class ToldTemplate(Template):
    def render(self, values):
        template_rendered.send(sender=self, template=self, context=values)
        return super().render(values)


def environment(**options):
    made = templates.environment(**options)
    made.template_class = ToldTemplate
    return made
