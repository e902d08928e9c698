"""Files that machines ask every site for: icons, the web manifest, ads.txt, humans.txt, security.txt."""

import datetime
import json
import re

from django.http import Http404
from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.views.decorators.http import require_safe

from articles import drawing
from articles.conf import absolute, paper, site_files, telling_settings
from articles.drawing.colours import PAPER
from articles.http.caching import file_answer
from articles.models.addresses.paths import (
    ARCHIVE,
    ICON_SIZES,
    MASKABLE_ICON,
    SECURITY,
    SITEMAP,
    feed_address,
    icon_address,
)
from articles.views.shared.navigation import read_navigation

MASKABLE_SIZE = 512
BRACKET = re.compile(r"[\[\]\\]")
# security.txt says until when it is to be believed: less than a year, says RFC 9116. Ours is good for half a
# year at least and printed anew each day, so it ends by itself once nobody runs the site any more.
GOOD_FOR_MONTHS = 7


@require_safe
def favicon(request):
    return file_answer(request, drawing.favicon(), "image/x-icon")


@require_safe
def apple_touch_icon(request):
    return file_answer(request, drawing.apple_touch_icon(), "image/png")


@require_safe
def icon(request, size):
    return file_answer(request, drawing.icon(size), "image/png")


@require_safe
def maskable_icon(request):
    return file_answer(request, drawing.maskable_icon(MASKABLE_SIZE), "image/png")


@require_safe
def manifest(request):
    """What a phone needs to put the paper on its home screen."""
    facts = {
        "id": "/",
        "name": paper().name,
        "description": paper().tagline,
        "lang": paper().language,
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            *(picture(icon_address(size), size) for size in ICON_SIZES),
            picture(MASKABLE_ICON, MASKABLE_SIZE) | {"purpose": "maskable"},
        ],
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    return file_answer(request, text, "application/manifest+json")


def picture(address, size):
    return {"src": address, "sizes": f"{size}x{size}", "type": "image/png"}


@require_safe
def ads(request):
    return text_of(request, site_files().ads)


@require_safe
def humans(request):
    return text_of(request, site_files().humans)


@require_safe
def indexnow_key(request):
    """By it search engines know that what they are told comes from this site."""
    key = telling_settings().indexnow_key
    if not key:
        raise Http404
    return file_answer(request, key, "text/plain")


@require_safe
def llms(request):
    """What programs that read the paper for somebody find where (llmstxt.org)."""
    navigation = read_navigation()
    lines = [
        f"# {paper().name}",
        f"> {paper().tagline}" if paper().tagline else "",
        "Each story has a twin in Markdown: add `index.md` to its address.",
        "## Sections",
        links((each.name, each.url) for each in navigation.departments_and_subsections),
        "## The newest stories",
        links(
            (f"{paper().name} ({name})", feed_address("/", form))
            for form, name in (("rss", "RSS"), ("atom", "Atom"), ("json", "JSON Feed"))
        ),
        "## All stories",
        links([("By month", ARCHIVE), ("Sitemap", SITEMAP)]),
        "## About the paper" if navigation.pages else "",
        links((page.title, page.url) for page in navigation.pages),
    ]
    return file_answer(request, "\n\n".join(filter(None, lines)) + "\n", "text/plain")


def links(pairs):
    return "\n".join(f"- [{escaped(name)}]({absolute(address)})" for name, address in pairs)


def escaped(name):
    return BRACKET.sub(r"\\\g<0>", name)


def text_of(request, file):
    if file is None:
        raise Http404
    return file_answer(request, file.read_text(encoding="utf-8"), "text/plain")


@require_safe
def security(request):
    """RFC 9116: whom to tell of a hole in the site."""
    said = site_files()
    if not said.security_contacts:
        raise Http404
    lines = [
        *(f"Contact: {contact}" for contact in said.security_contacts),
        f"Expires: {good_until(timezone.now()):%Y-%m-%dT%H:%M:%SZ}",
        f"Preferred-Languages: {paper().language.partition('-')[0]}",
        f"Canonical: {absolute(SECURITY)}",
        *([f"Policy: {said.security_policy}"] if said.security_policy else []),
    ]
    return file_answer(request, "".join(f"{line}\n" for line in lines), "text/plain")


def good_until(now):
    """The first of a month, so that the text changes once a month only."""
    months = now.year * 12 + now.month - 1 + GOOD_FOR_MONTHS
    return datetime.datetime(months // 12, months % 12 + 1, 1, tzinfo=datetime.UTC)
