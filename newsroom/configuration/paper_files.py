"""Settings for the files that machines ask every site for: icons, robots.txt, ads.txt, security.txt."""

import re
from pathlib import Path
from urllib.parse import urlsplit

from environs import ValidationError
from PIL import Image, UnidentifiedImageError

from .stores import is_address

# The largest icon that is made of the picture.
SMALLEST_SIDE = 512
MAIL = re.compile(r"[^@:\s]+@[^@\s]+\.[^@\s]+\Z")
PHONE = re.compile(r"tel:\+?[0-9().-]+\Z")


def parse_icon(text):
    """The path of a square picture; None for nothing."""
    if not text:
        return None
    path = file_at(text)
    try:
        with Image.open(path) as image:
            width, height = image.size
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise ValidationError(f"names {text!r}, which is no picture; write the path of a PNG.") from error
    if width != height or width < SMALLEST_SIDE:
        raise ValidationError(
            f"names a picture of {width} × {height} pixels; write the path of a square one, "
            f"{SMALLEST_SIDE} × {SMALLEST_SIDE} or larger."
        )
    return path


def parse_text_file(text):
    """The path of a text in UTF-8; None for nothing."""
    if not text:
        return None
    path = file_at(text)
    try:
        path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ValidationError(f"names {text!r}, which can't be read as a text in UTF-8.") from error
    return path


def file_at(text):
    path = Path(text)
    if not path.is_absolute() or not path.is_file():
        raise ValidationError(f"names {text!r}; write the whole path of a file that is there.")
    return path


def parse_contacts(text):
    """Addresses to write to, to call or to open, as security.txt has them (RFC 9116, 2.5.3)."""
    found = [contact for part in text.split(",") if (contact := part.strip())]
    if wrong := [contact for contact in found if not is_contact(contact)]:
        raise ValidationError(
            f"holds {', '.join(map(repr, wrong))}; write e-mail addresses or https:// addresses "
            "with commas between them, like security@example.org."
        )
    return [f"mailto:{contact}" if MAIL.match(contact) else contact for contact in found]


def is_contact(text):
    address = text.removeprefix("mailto:")
    return bool(MAIL.match(address) or PHONE.match(text)) or is_https(text)


def check_page(text):
    if text and not is_https(text):
        raise ValidationError("is no address of a page; write one like https://example.org/security.")


def is_https(text):
    return is_address(text) and urlsplit(text).scheme == "https"
