"""The kinds of documents: their endings, their media types, and whether a browser may show them in place."""

import enum
import re
from dataclasses import dataclass

from django.utils.text import slugify

FOLDER = "documents"
# The path of a document below the media root. nginx is given the same shape.
SHAPE = rf"{FOLDER}/[0-9a-z]{{2}}/[0-9a-z]{{16}}/[0-9a-z_-]{{1,60}}\.(?P<ending>[0-9a-z]{{1,5}})"
LONGEST_NAME = 60
# Bytes of a document.
MOST_BYTES = 200_000_000
OPAQUE = "application/octet-stream"


class Use(enum.StrEnum):
    SOUND = "sound"
    FILM = "film"
    READ = "read"
    # Browsers save it. What they would run, such as HTML, is never shown on the paper's site.
    SAVE = "save"


@dataclass(frozen=True, slots=True)
class Kind:
    """The ending is that of the stored file and decides on the rest."""

    ending: str
    media_type: str
    use: Use = Use.SAVE

    @property
    def name(self) -> str:
        """As readers know it: PDF, MP3."""
        return "file" if self.ending == "bin" else self.ending.upper()


OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"
KINDS: dict[str, Kind] = {
    kind.ending: kind
    for kind in (
        Kind("mp3", "audio/mpeg", Use.SOUND),
        Kind("m4a", "audio/mp4", Use.SOUND),
        Kind("ogg", "audio/ogg", Use.SOUND),
        Kind("wav", "audio/wav", Use.SOUND),
        Kind("flac", "audio/flac", Use.SOUND),
        Kind("aac", "audio/aac", Use.SOUND),
        Kind("mp4", "video/mp4", Use.FILM),
        Kind("mov", "video/quicktime", Use.FILM),
        Kind("webm", "video/webm", Use.FILM),
        Kind("ogv", "video/ogg", Use.FILM),
        Kind("pdf", "application/pdf", Use.READ),
        Kind("jpg", "image/jpeg", Use.READ),
        Kind("png", "image/png", Use.READ),
        Kind("gif", "image/gif", Use.READ),
        Kind("avi", "video/x-msvideo"),
        Kind("wmv", "video/x-ms-wmv"),
        Kind("doc", "application/msword"),
        Kind("xls", "application/vnd.ms-excel"),
        Kind("ppt", "application/vnd.ms-powerpoint"),
        Kind("docx", f"{OFFICE}.wordprocessingml.document"),
        Kind("xlsx", f"{OFFICE}.spreadsheetml.sheet"),
        Kind("pptx", f"{OFFICE}.presentationml.presentation"),
        Kind("odt", f"{OPEN}.text"),
        Kind("ods", f"{OPEN}.spreadsheet"),
        Kind("odp", f"{OPEN}.presentation"),
        Kind("epub", "application/epub+zip"),
        Kind("rtf", "application/rtf"),
        Kind("zip", "application/zip"),
        Kind("gz", "application/gzip"),
        Kind("7z", "application/x-7z-compressed"),
        Kind("rar", "application/vnd.rar"),
        Kind("txt", "text/plain"),
        Kind("csv", "text/csv"),
        Kind("html", OPAQUE),
        Kind("svg", OPAQUE),
        Kind("xml", OPAQUE),
        Kind("bin", OPAQUE),
    )
}
SHOWN = tuple(kind.ending for kind in KINDS.values() if kind.use is not Use.SAVE)


def is_shown(ending: str) -> bool:
    """Whether browsers may show the file in place. All others they save."""
    return ending in SHOWN


def stored_name(name: str, kind: Kind, *, secret: str) -> str:
    """The path of a new document. Of the name that it had, plain letters and digits are left, so that a saved
    file can be recognised. `secret` has sixteen letters that nobody can guess."""
    stem = slugify(re.sub(r"\.[A-Za-z0-9]{1,5}\Z", "", name))[:LONGEST_NAME].strip("-_") or "file"
    return f"{FOLDER}/{secret[:2]}/{secret}/{stem}.{kind.ending}"
