"""What a change may bring to readers: docs/decisions/0017-what-a-change-may-bring.md."""

from articles.models import Article
from articles.publishing.shared.errors import Problem

from .advice.all import faults_of
from .advice.draft import Advice
from .content.content import Content


def faults_brought(article: Article, content: Content) -> list[Problem]:
    """The faults that readers would get newly with this content."""
    return [Problem(each.field, each.sentence) for each in judged(article, content)[0]]


def judged(article: Article, content: Content) -> tuple[list[Advice], list[Advice]]:
    """The faults that readers would get newly, and those that they have already."""
    return faults_of(content, Content.of(article) if article.is_public() else None)
