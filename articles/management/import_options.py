"""What import_wordpress and old_addresses can be told, and what that means for an import."""

import csv
import re
import zoneinfo
from argparse import ArgumentTypeError
from pathlib import Path

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.importers.wordpress.deciding.choices import Choices
from articles.importers.wordpress.deciding.people import fold
from articles.importers.wordpress.deciding.states import Kind, Options
from articles.importers.wordpress.dry_run import Settings
from articles.importers.wordpress.reading import Limits
from articles.importers.wordpress.text import Options as TextOptions
from articles.models.addresses.paths import article_address, shortened, validate_first_word
from articles.publishing.article.content.slugs import LONGEST
from articles.publishing.article.readiness import EARLIEST, FARTHEST

SIZE = re.compile(r"([0-9]{1,12})\s*([KMGT]?)i?B?", re.IGNORECASE | re.ASCII)
UNITS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}
NAME_OF_SHORTCODE = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,60}")
LANGUAGE = re.compile(r"[a-z]{2}(?:-[a-z]{2})?", re.IGNORECASE)
TAGS, DROP = "tags", "drop"


# For argparse's `type`.


def zone_name(text):
    if text not in zoneinfo.available_timezones():
        raise ArgumentTypeError(f"{text!r} is no time zone; write one like Europe/Berlin")
    return text


def mapping(text):
    """`podcast=article` → the type and what it becomes."""
    name, _, kind = text.partition("=")
    if not name or kind not in (Kind.ARTICLE, Kind.PAGE):
        raise ArgumentTypeError(f"{text!r} is no mapping; write one like podcast=article or recipe=page")
    return name, Kind(kind)


def taxonomy(text):
    name, _, kind = text.partition("=")
    if not name or kind != TAGS:
        raise ArgumentTypeError(f"{text!r} is no mapping; write one like region=tags")
    return name


def size(text):
    found = SIZE.fullmatch(text.strip())
    if not found or not int(found[1]):
        raise ArgumentTypeError(f"{text!r} is no size; write one like 20GB")
    return int(found[1]) << UNITS[found[2].upper()]


def shortcode(text):
    if not NAME_OF_SHORTCODE.fullmatch(text):
        raise ArgumentTypeError(f"{text!r} is no name of a shortcode; write one like market_share")
    return text


def language(text):
    if not LANGUAGE.fullmatch(text):
        raise ArgumentTypeError(f"{text!r} is no language; write one like fr")
    return text.lower()


def base(text):
    """The word or words of an address, without slashes at its ends; a point for none."""
    words = text.strip("/")
    if "?" in words or "#" in words or "//" in words:
        raise ArgumentTypeError(f"{text!r} is no part of an address; write one like topics, or . for none")
    return "" if words == "." else words


def users(text):
    """A file of lines with a login there and the name of a user here."""
    try:
        with Path(text).open(encoding="utf-8-sig", newline="") as file:
            rows = [row for row in csv.reader(file) if any(cell.strip() for cell in row)]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ArgumentTypeError(f"{text} cannot be read: {error}") from error
    wrong = next((number for number, row in enumerate(rows, 1) if len(row) != 2), None)
    if wrong:
        raise ArgumentTypeError(f"line {wrong} of {text} has not two columns: a login there and a user here")
    found = {fold(login): name.strip() for login, name in rows if (login, name) != ("login", "user")}
    there = get_user_model().objects.filter(username__in=found.values()).values_list("username", flat=True)
    if missing := sorted(set(found.values()) - set(there)):
        raise ArgumentTypeError(f"there are no users here with these names: {', '.join(missing[:20])}")
    return found


def add_choices(parser):
    """Those on which addresses depend, so that the list of old addresses needs them too."""
    parser.add_argument("--timezone", type=zone_name, metavar="ZONE", help="of the old site")
    parser.add_argument("--type", type=mapping, action="append", default=[], metavar="NAME=article|page")
    parser.add_argument(
        "--taxonomy",
        type=taxonomy,
        action="append",
        default=[],
        metavar="NAME=tags",
        help="its terms become tags",
    )
    parser.add_argument("--trash", action="store_true", help="take the trash over, as withdrawn")
    parser.add_argument("--publish-due", action="store_true", help="publish what missed its schedule")
    parser.add_argument(
        "--empty-terms", action="store_true", help="make also sections and tags without stories"
    )
    parser.add_argument(
        "--extra-categories",
        choices=[TAGS, DROP],
        default=TAGS,
        help="what an article's other categories become",
    )
    parser.add_argument(
        "--category-base", type=base, default="category", metavar="WORDS", help="of old addresses; . for none"
    )
    parser.add_argument("--tag-base", type=base, default="tag", metavar="WORDS", help="the same for tags")
    parser.add_argument("--language", type=language, help="taken of texts in several languages")
    parser.add_argument("--repair", action="store_true", help="mend what can be mended safely")
    parser.add_argument("--max-bytes", type=size, metavar="SIZE", help="of all files; 16GB if not given")


def add_choices_of_texts(parser):
    parser.add_argument(
        "--shortcode", type=shortcode, action="append", default=[], metavar="NAME", help="besides those known"
    )
    parser.add_argument(
        "--credit-from-caption",
        action="store_true",
        help="the end of a caption like “Photo: Ana Ruiz” is the credit",
    )
    parser.add_argument("--footnote-marks", action="store_true", help="((…)) is a footnote")
    parser.add_argument(
        "--keep-duplicate-lead", action="store_true", help="show the lead picture in the text again, as there"
    )
    parser.add_argument(
        "--users", type=users, default={}, metavar="CSV", help="lines of a login there and a user here"
    )
    parser.add_argument("--keep-meta", action="store_true", help="write to meta.jsonl what is not taken over")


def asked_for(options):
    """Of what add_choices has added; what else was added counts too."""
    limits = Limits(file=options["max_bytes"]) if options["max_bytes"] else Limits()
    return Settings(
        options=Options(
            types=dict(options["type"]),
            with_trash=options["trash"],
            publish_due=options["publish_due"],
            earliest=EARLIEST,
            latest=timezone.now() + FARTHEST,
        ),
        choices=choices(options),
        texts=TextOptions(
            language=options["language"] or "",
            shortcodes=frozenset(options.get("shortcode", ())),
            has_footnote_marks=options.get("footnote_marks", False),
            credit_from_caption=options.get("credit_from_caption", False),
        ),
        limits=limits,
        zone=options["timezone"] or "",
        fallback_zone=settings.TIME_ZONE,
        with_repair=options["repair"],
        is_reserved=is_reserved,
        address_of=address_of,
    )


def choices(options):
    return Choices(
        language=options["language"] or "",
        with_empty_terms=options["empty_terms"],
        extra_categories_as_tags=options["extra_categories"] == TAGS,
        taxonomies=frozenset(options["taxonomy"]),
        category_base=options["category_base"],
        tag_base=options["tag_base"],
        users=options.get("users", {}),
        keep_duplicate_lead=options.get("keep_duplicate_lead", False),
        keep_meta=options.get("keep_meta", False),
    )


def is_reserved(slug):
    try:
        validate_first_word(slug)
    except ValidationError:
        return True
    return False


def address_of(at, slug):
    return article_address(timezone.localdate(at), shortened(slug, LONGEST))
