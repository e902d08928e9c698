"""The desk: Django's admin, where editors write, and keep sections, authors, tags, pages and pictures."""

from . import article, author, image, log, page, press, section, tag, user

__all__ = ["article", "author", "image", "log", "page", "press", "section", "tag", "user"]
