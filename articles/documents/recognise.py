"""What kind of file it is, told by its bytes. Its name only chooses between kinds whose bytes are alike."""

import re

from .kinds import KINDS, Kind

# So many bytes from the beginning are enough.
HEAD = 4096
# What a file of that kind begins with.
BEGINNINGS: tuple[tuple[bytes, str], ...] = (
    (rb"%PDF-", "pdf"),
    (rb"ID3|\xff[\xfb\xfa\xf3\xf2\xe3\xe2]", "mp3"),
    (rb"\xff[\xf1\xf9]", "aac"),
    (rb"fLaC", "flac"),
    (rb"RIFF.{4}WAVE", "wav"),
    (rb"RIFF.{4}AVI ", "avi"),
    (rb"OggS.{24,60}(?:\x80theora|fishead)", "ogv"),
    (rb"OggS", "ogg"),
    (rb".{4}ftyp(?:M4A |M4B )", "m4a"),
    (rb".{4}ftypqt  ", "mov"),
    (rb".{4}ftyp(?:isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|3gp|mmp4)", "mp4"),
    (rb".{4}(?:moov|mdat|wide|free)", "mov"),
    (rb"\x1aE\xdf\xa3.{0,60}webm", "webm"),
    (rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "wmv"),
    (rb"\xff\xd8\xff", "jpg"),
    (rb"\x89PNG\r\n\x1a\n", "png"),
    (rb"GIF8[79]a", "gif"),
    (rb"\{\\rtf", "rtf"),
    (rb"\x1f\x8b\x08", "gz"),
    (rb"7z\xbc\xaf\x27\x1c", "7z"),
    (rb"Rar!\x1a\x07", "rar"),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.text", "odt"),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.spreadsheet", "ods"),
    (rb"PK\x03\x04.{26}mimetypeapplication/vnd\.oasis\.opendocument\.presentation", "odp"),
    (rb"PK\x03\x04.{26}mimetypeapplication/epub\+zip", "epub"),
)
PATTERNS = tuple((re.compile(pattern, re.DOTALL), KINDS[ending]) for pattern, ending in BEGINNINGS)
OFFICE = re.compile(rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|word/|xl/|ppt/)", re.DOTALL)
ZIP = re.compile(rb"PK(?:\x03\x04|\x05\x06)")
# Word, Excel and PowerPoint before 2007.
COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENDING = re.compile(r"\.([A-Za-z0-9]{1,5})\Z")
# What browsers take for HTML, as the WHATWG's standard on MIME sniffing has it.
HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?[\t\n\x0c\r ]*<(?:!doctype html|html|head|script|iframe|h1|div|font|table|a|style"
    rb"|title|b|body|br|p|!--|meta|link|base|object|embed|form|img)(?:[\t\n\x0c\r />]|--|\Z)",
    re.IGNORECASE,
)
XML = re.compile(rb"(?:\xef\xbb\xbf)?[\t\n\x0c\r ]*<(?:\?xml|!doctype|svg)", re.IGNORECASE)
SVG = re.compile(rb"<(?:[a-z]+:)?svg[\s>]", re.IGNORECASE)
# Bytes that no text has.
BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def recognise(head: bytes, name: str) -> Kind:
    """`head` are the first bytes of the file. What is not known is a file that browsers save."""
    head = head[:HEAD]
    found = next((kind for pattern, kind in PATTERNS if pattern.match(head)), None)
    return found or KINDS[of_container(head, ending_of(name)) or of_text(head, ending_of(name))]


def of_container(head: bytes, ending: str) -> str | None:
    if OFFICE.match(head):
        return ending if ending in ("docx", "xlsx", "pptx") else "zip"
    if ZIP.match(head):
        return "zip"
    if head.startswith(COMPOUND):
        return ending if ending in ("doc", "xls", "ppt") else "bin"
    return None


def of_text(head: bytes, ending: str) -> str:
    if HTML.match(head):
        return "html"
    if XML.match(head):
        return "svg" if SVG.search(head) else "xml"
    if not head or BINARY.search(head):
        return "bin"
    return "csv" if ending == "csv" else "txt"


def ending_of(name: str) -> str:
    found = ENDING.search(name)
    return found[1].lower() if found else ""
