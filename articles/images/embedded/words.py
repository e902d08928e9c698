"""The three kinds of words in a file, put together."""

import datetime
import re
from dataclasses import dataclass, fields
from io import BytesIO

from PIL import Image

from articles.images.verify import UNREADABLE, check_file, formats_of

from .iptc import iptc_of
from .xmp import xmp_of

# Words beyond that are not about one picture.
LONGEST = 2_000
FIRST_PHOTOGRAPH = 1826

_DATE = re.compile(r"(\d{4})[-:]?(\d\d)[-:]?(\d\d)")
_ARTIST, _COPYRIGHT, _CAMERA, _TAKEN = 315, 33432, 0x8769, 36867


@dataclass(frozen=True, slots=True)
class EmbeddedWords:
    """Each is empty where the file says nothing of it."""

    alt: str = ""
    caption: str = ""
    credit: str = ""
    copyright: str = ""
    origin: str = ""
    licence: str = ""
    taken_on: datetime.date | None = None


def embedded_words(data: bytes) -> EmbeddedWords:
    """Of a file that has been verified. Broken words are none: they are no reason to refuse a picture."""
    try:
        check_file(data)
        image = Image.open(BytesIO(data), formats=formats_of(data))
        ways = [xmp_of(image), iptc_of(image), _exif_of(image)]
    except UNREADABLE:
        return EmbeddedWords()
    said = {name: next((way[name] for way in ways if way.get(name)), "") for name in _ASKED}
    return EmbeddedWords(
        alt=said["alt"],
        caption=said["caption"],
        credit=_credit(said["creator"], said["credit"]),
        copyright=said["copyright"],
        origin=said["origin"],
        licence=said["licence"],
        taken_on=_date(said["taken_on"]),
    )


_ASKED = ("creator", *(field.name for field in fields(EmbeddedWords)))


def _credit(creator: str, credit: str) -> str:
    """“Ana Lind/Reuters”, as agencies ask to be named, where the file says both."""
    if not creator or creator.casefold() in credit.casefold():
        return credit
    return f"{creator}/{credit}" if credit and credit.casefold() not in creator.casefold() else creator


def _date(text: str) -> datetime.date | None:
    if not (match := _DATE.match(text.strip())):
        return None
    try:
        date = datetime.date(*map(int, match.groups()))
    except ValueError:
        return None
    # A camera whose clock was never set is in the year 1970 or in the next century.
    return date if date.year >= FIRST_PHOTOGRAPH and date <= _tomorrow() else None


def _tomorrow() -> datetime.date:
    return datetime.datetime.now(tz=datetime.UTC).date() + datetime.timedelta(days=1)


def _exif_of(image: Image.Image) -> dict[str, str]:
    """Its description is left out: cameras write their own name there."""
    exif = image.getexif()
    found = {"creator": exif.get(_ARTIST), "copyright": exif.get(_COPYRIGHT)}
    found["taken_on"] = exif.get_ifd(_CAMERA).get(_TAKEN)
    return {name: value[:LONGEST].strip() for name, value in found.items() if isinstance(value, str)}
