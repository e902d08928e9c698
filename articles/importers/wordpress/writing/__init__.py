"""Plans → articles, pages, sections, authors and tags. Only this room knows the database."""

from .run import import_all

__all__ = ["import_all"]
