"""The desk: Django's admin, where editors write, and keep sections, authors, tags, pages and pictures."""

from . import audit, author, bin, document, log, notifications, page, press, section, tag, webhooks
from .article import admin as article
from .fronts import admin as fronts
from .image import admin as image
from .imports import admin as imports
from .people import tokens, users
from .redirects import admin as redirects
from .redirects import missed

__all__ = [
    "article",
    "audit",
    "author",
    "bin",
    "document",
    "fronts",
    "image",
    "imports",
    "log",
    "missed",
    "notifications",
    "page",
    "press",
    "redirects",
    "section",
    "tag",
    "tokens",
    "users",
    "webhooks",
]
