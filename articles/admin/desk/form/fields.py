"""Form fields of the desk. Each reads plain text, so the form works without any script."""

import datetime
import re

from django import forms
from django.core.validators import URLValidator
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from articles.admin.desk.endpoints.linking import at_address
from articles.models import Article, Author, Tag
from articles.models.articles.article_queries import RELATED
from articles.publishing import BylineContent
from articles.publishing.shared.text import one_line, plain_text

MOST_TAGS = 30
# Commas and semicolons of the scripts that have their own.
SEPARATORS = re.compile("[,;，、；،؛]")
MOST_BYLINES = 20


class TextField(forms.CharField):
    """Any text. Control characters that no text needs are taken out instead of complained about."""

    def __init__(self, *, single_line=True, **kwargs):
        self.tidy = one_line if single_line else plain_text
        super().__init__(required=False, strip=True, **kwargs)
        if self.max_length:
            self.error_messages["max_length"] = (
                f"At most {self.max_length} characters fit here; this has %(show_value)d. Shorten it."
            )

    def to_python(self, value):
        return self.tidy(super().to_python(value) or "")


class WebAddressField(forms.URLField):
    """An address that a reader's browser and a search engine open as a page."""

    default_validators = [URLValidator(schemes=["http", "https"])]
    default_error_messages = {"invalid": "Write the address of a web page, like https://example.org/story."}


class SiteTimeField(forms.DateTimeField):
    """A day and time in the site's zone. Of a time that comes twice, because the clocks go back, it is the
    first; the form asks which one is meant."""

    default_error_messages = {
        "invalid": "Write the day and the time like 2026-11-23 06:00.",
    }

    def __init__(self, **kwargs):
        # The latest year has four digits, so browsers take no fifth and go on to the time after the fourth.
        attrs = {"type": "datetime-local", "max": "9999-12-31T23:59"}
        widget = forms.DateTimeInput(attrs=attrs, format="%Y-%m-%dT%H:%M")
        super().__init__(required=False, widget=widget, **kwargs)

    def to_python(self, value):
        try:
            # Django would refuse a time that comes twice. In UTC none does.
            with timezone.override(datetime.UTC):
                time = super().to_python(value)
            return time and (time if has_zone(value) else in_site_zone(time.replace(tzinfo=None)))
        except OverflowError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error


def has_zone(value):
    typed = parse_datetime(value.strip()) if isinstance(value, str) else value
    return isinstance(typed, datetime.datetime) and timezone.is_aware(typed)


def in_site_zone(typed):
    """The first time that a clock at the site shows this."""
    time = typed.replace(tzinfo=timezone.get_default_timezone())
    shown = time.astimezone(datetime.UTC).astimezone(time.tzinfo)
    if shown.replace(tzinfo=None) != typed:
        raise forms.ValidationError(
            f"The clocks go forward that night, and there is no {typed:%H:%M}: write {shown:%H:%M}.",
            code="invalid",
        )
    return time


class TagsField(forms.CharField):
    """Names of tags: one a line, or separated by commas."""

    def __init__(self, **kwargs):
        super().__init__(required=False, strip=False, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def to_python(self, value):
        lines = [one_line(line) for line in plain_text(super().to_python(value) or "").split("\n")]
        names = [name for line in lines for name in split(line, lines)]
        names = tuple({name.lower(): name for name in names if name}.values())
        if len(names) > MOST_TAGS:
            raise forms.ValidationError(
                f"These are {len(names):,} tags; an article takes at most {MOST_TAGS}."
                " Keep those that readers would follow.",
                code="many",
            )
        if long := next((name for name in names if len(name) > 100), None):
            raise forms.ValidationError(f"“{long[:40]}…” is too long for a tag; use 100 characters at most.")
        return names

    def run_validators(self, value):
        """Runs none: the validators of a CharField are for text, but the value is a tuple of names."""

    def prepare_value(self, value):
        return "".join(f"{name}\n" for name in value) if isinstance(value, (list, tuple)) else value


def split(line, lines):
    """The parts of a line between commas. If the whole line is the name of a tag, it stays whole, because
    names may hold commas."""
    parts = [one_line(part) for part in SEPARATORS.split(line)]
    if len(parts) > 1 and len(lines) <= MOST_TAGS and Tag.objects.filter(name__iexact=line[:200]).exists():
        return [line]
    return parts


def standing_tags(names):
    """All names as the library spells them, and a list of those that it does not have."""
    lower = [name.lower() for name in names]
    rows = Tag.objects.annotate(lower=Lower("name")).filter(Q(name__in=names) | Q(lower__in=lower))
    known = {tag.name.lower(): tag.name for tag in rows}
    return (
        tuple(known.get(name.lower(), name) for name in names),
        [name for name in names if name.lower() not in known],
    )


class BylinesField(forms.CharField):
    """Authors in order, one on each line, with an optional role before a colon: “Photographs by: Ana
    Lind”."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def to_python(self, value):
        lines = [one_line(line) for line in plain_text(super().to_python(value) or "").split("\n")]
        lines = list(dict.fromkeys(line for line in lines if line))
        if len(lines) > MOST_BYLINES:
            raise forms.ValidationError(f"These are {len(lines)} bylines; {MOST_BYLINES} are the most.")
        return bylines_of(lines)

    def run_validators(self, value):
        """Runs none: the validators of a CharField are for text, but the value is a tuple of bylines."""

    def prepare_value(self, value):
        return byline_lines(value) if isinstance(value, (list, tuple)) else value


def bylines_of(lines):
    authors = authors_called(lines)
    found = []
    for line in lines:
        role, name = split_role(line, authors)
        matching = authors.get(name.lower(), [])
        if len(matching) != 1:
            raise forms.ValidationError(unknown(name, matching), code="author")
        if len(role) > 80:
            raise forms.ValidationError(f"The role “{role[:40]}…” is too long; use 80 characters at most.")
        if all(line.author_id != matching[0].pk for line in found):
            found.append(BylineContent(matching[0].pk, role))
    return tuple(found)


def split_role(line, authors):
    role, colon, name = line.partition(":")
    if not colon or line.lower() in authors:
        return "", line
    return role.strip(), name.strip()


def authors_called(lines):
    """The authors that the lines may mean, by name and by slug in lower case."""
    names = {word for line in lines for word in (line, line.partition(":")[2].strip()) if word}
    lower = [name.lower() for name in names]
    rows = Author.objects.annotate(lower=Lower("name")).filter(
        Q(name__in=names) | Q(lower__in=lower) | Q(slug__in=lower)
    )
    found = {}
    for author in rows:
        for key in {author.name.lower(), author.slug.lower()}:
            found.setdefault(key, []).append(author)
    return found


def unknown(name, matching):
    if matching:
        slugs = ", ".join(f"“{author.slug}”" for author in matching[:5])
        return f"Several authors are called {name}; write which one: {slugs}."
    return f"There is no author “{name[:80]}”. Choose one of those suggested, or have the author added first."


class PinnedField(forms.CharField):
    """Articles of the paper by their addresses, one a line. The value is a tuple of their numbers."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 2}), **kwargs)

    def to_python(self, value):
        lines = list(dict.fromkeys(plain_text(super().to_python(value) or "").split()))
        if len(lines) > RELATED:
            raise forms.ValidationError(
                f"These are {len(lines)} articles; {RELATED} are shown at most. Take some out.", code="many"
            )
        return tuple(dict.fromkeys(map(number_at, lines)))

    def run_validators(self, value):
        """Runs none: the validators of a CharField are for text, but the value is a tuple of numbers."""

    def prepare_value(self, value):
        if not isinstance(value, (list, tuple)):
            return value
        rows = Article.objects.filter(address_date__isnull=False).in_bulk(value)
        return "".join(f"{rows[number].get_absolute_url()}\n" for number in value if number in rows)


def number_at(line):
    found = at_address(Article.objects.only("pk"), line)
    if not found:
        raise nothing_at(line)
    return found[0].pk


def nothing_at(line):
    return forms.ValidationError(
        f"No article of this paper has the address “{line[:80]}”. Choose one that is suggested, or paste"
        " its address."
    )


def byline_lines(bylines):
    """The text that reads back as these bylines."""
    authors = Author.objects.in_bulk([line.author_id for line in bylines])
    names = [author.name for author in authors.values()]
    rows = Author.objects.filter(name__in=names).values_list("name", flat=True) if names else []
    often = list(rows)
    lines = []
    for line in bylines:
        if author := authors.get(line.author_id):
            name = author.name if often.count(author.name) == 1 else author.slug
            lines.append(f"{line.role}: {name}" if line.role or ":" in name else name)
    return "\n".join(lines)
