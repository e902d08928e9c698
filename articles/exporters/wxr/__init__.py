"""The newsroom as a WordPress export (WXR 1.2), which WordPress's own importer and ours take."""

from .export import FILE, UPLOADS, write_wxr

__all__ = ["FILE", "UPLOADS", "write_wxr"]
