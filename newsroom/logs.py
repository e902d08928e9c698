"""What the log says of an event, and how: as a line, or as JSON for programs that gather logs."""

import datetime
import json
import logging
import socket

from articles.http.request_id import request_id

HOST = socket.gethostname()


def in_one_line(record):
    """A request that Django refuses, such as one for a host that is not ours, is no fault of the site's. The
    log has a line of it; a traceback of fourteen would let any stranger fill the disk."""
    if record.name.startswith("django.security."):
        record.exc_info = None
    return True


class Line(logging.Formatter):
    """With the request's name at its end, if a request is under way. Tracebacks follow below."""

    def formatMessage(self, record):
        line, name = super().formatMessage(record), request_id()
        return f"{line} [{name}]" if name else line

    def formatTime(self, record, datefmt=None):
        """With its zone, so that the hour that comes twice in autumn is told apart."""
        at = datetime.datetime.fromtimestamp(record.created).astimezone()
        return at.isoformat(sep=" ", timespec="milliseconds")


class Json(logging.Formatter):
    """One object a line, whatever is in the message."""

    def format(self, record):
        at = datetime.datetime.fromtimestamp(record.created, datetime.UTC)
        said = {
            "at": at.isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "request": request_id(),
            "error": self.formatException(record.exc_info) if record.exc_info else "",
            "host": HOST,
            "process": record.process,
            "thread": record.threadName,
        }
        return json.dumps({name: value for name, value in said.items() if value}, ensure_ascii=False)
