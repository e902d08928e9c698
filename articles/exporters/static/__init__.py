"""The readers' pages as a folder that any web server hands out, without rules of its own."""

from .site import Answer, Site, write_site

__all__ = ["Answer", "Site", "write_site"]
