"""Plans → articles, pages, sections, authors and tags. Only this room knows the database."""

from .run import import_all
from .undoing import undo

__all__ = ["import_all", "undo"]
