"""Answers requests for picture files that exist, without Django, for sites without a file server in front.

Only addresses with the shape of a rendition's address are looked for. If the file does not exist, the view
makes it.
"""

import os
import re
from collections.abc import Iterable
from email.utils import formatdate
from pathlib import Path

from django.conf import settings

from articles.http.content_policy import OF_FILES
from articles.middleware.headers import security_headers

from .application import Application, Environ, StartResponse
from .negotiation import is_unchanged

SHAPE = re.compile(r"renditions/[0-9]{1,16}/[0-9A-Za-z_-]{10,60}/[0-9]{1,4}x[0-9]{1,4}\.(avif|webp|jpg)")
MEDIA_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}
# When the picture changes, its address changes too, so the file at an address never changes.
FOR_EVER = ("Cache-Control", "public, max-age=31536000, immutable")


class StoredPictures:
    def __init__(self, application: Application) -> None:
        self.application = application
        self.root = Path(settings.MEDIA_ROOT)
        self.prefix = settings.MEDIA_URL
        self.headers = [FOR_EVER, *security_headers(OF_FILES)]

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        path = environ["PATH_INFO"]
        if not path.startswith(self.prefix) or environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return self.application(environ, start_response)
        match = SHAPE.fullmatch(path, len(self.prefix))
        if match is None:
            return self.application(environ, start_response)
        try:
            with open(self.root / match[0], "rb") as file:
                found, body = os.fstat(file.fileno()), file.read()
        except OSError:
            return self.application(environ, start_response)
        modified = int(found.st_mtime)
        etag = f'"{modified:x}-{found.st_size:x}"'
        kept = [("ETag", etag), ("Last-Modified", formatdate(modified, usegmt=True)), *self.headers]
        if is_unchanged(environ, etag, modified):
            start_response("304 Not Modified", kept)
            return []
        kind, length = ("Content-Type", MEDIA_TYPES[match[1]]), ("Content-Length", str(len(body)))
        start_response("200 OK", [kind, length, *kept])
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [body]
