"""Advice on links. Addresses of other sites are never asked."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import unquote, urlsplit

from django.utils.encoding import iri_to_uri

from articles.body import words_of
from articles.body.blocks import Block
from articles.conf import paper
from articles.models import Article, OldAddress
from articles.models.addresses.paths import FILE, RESERVED, date_and_slug
from articles.publishing.addresses.places import Place, document_name, places_of, with_page

from .draft import Advice, Draft
from .text import beginning

# What the site always has. The desk and previews are for nobody who reads.
NOT_ASKED = RESERVED - {"tag", "author", "preview", "admin"}
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)</a>', re.DOTALL)
# Links that have a scheme but no address. The sanitiser removes all other links without an address.
EMPTY = re.compile(r"(?:mailto|tel|sms):\s*", re.IGNORECASE)


def on_links(draft: Draft) -> Iterator[Advice]:
    """Empty ones, and those to an address of the paper at which readers find nothing."""
    links = list(links_of(draft.content.body))
    nowhere = without_page({path for href, _ in links if (path := own_path(href))})
    for href, words in links:
        if EMPTY.fullmatch(href):
            yield Advice("body", f"The link {beginning(words)} leads nowhere; write its address.", href)
        elif (path := own_path(href)) in nowhere:
            sentence = f"The link {beginning(words)} leads to {path}, where readers find nothing."
            yield Advice("body", sentence, path)


def on_places(draft: Draft) -> Iterator[Advice]:
    ids = set(ids_in(draft.blocks))
    for href, words in links_in(draft.blocks):
        if href.startswith("#") and unquote(href[1:]) not in ids:
            yield Advice("body", f"The link {beginning(words)} leads to a place that is not in the text.")


def links_of(body: str) -> Iterator[tuple[str, str]]:
    """The same as links_in() of a body that is stored, without reading it: verbs hold locks meanwhile."""
    for href, words in LINK.findall(body):
        yield unescape(href), words_of(words)


def links_in(blocks: list[Block]) -> Iterator[tuple[str, str]]:
    for block in blocks:
        yield from ((run.link.href, run.text) for run in block.runs if run.link)
        yield from links_in(block.children)


def ids_in(blocks: list[Block]) -> Iterator[str]:
    for block in blocks:
        if "id" in block.attrs:
            yield block.attrs["id"]
        yield from (run.link.id for run in block.runs if run.link)
        yield from (mark.id for run in block.runs for mark in run.marks if hasattr(mark, "id"))
        yield from ids_in(block.children)


def own_path(href: str) -> str:
    """The path, encoded and with a slash at its end, if it may be that of an article, a list or a page of the
    paper; else empty."""
    try:
        parts = urlsplit(href)
        is_own = parts.scheme in ("", "http", "https") and parts.hostname in (None, paper().host)
    except ValueError:
        return ""
    path = iri_to_uri(unquote(parts.path))
    if not is_own or not path.startswith("/"):
        return ""
    if document_name(path):
        return path
    if FILE.fullmatch(path) or path.split("/")[1] in NOT_ASKED:
        return ""
    return path if path.endswith("/") else f"{path}/"


def without_page(paths: set[str]) -> set[str]:
    """Those of the paths at which readers find nothing. Most are of articles, which takes one query; however
    many others there are, their number decides nothing about that of the queries."""
    articles = {path: found for path in paths if (found := date_and_slug(unquote(path)))}
    public = Article.objects.published().at_addresses(articles.values())
    there = set(public.values_list("address_date", "slug")) if articles else set()
    left = {path for path in paths if articles.get(path) not in there}
    if not left:
        return set()
    places = places_of(left - set(articles))
    olds = OldAddress.objects.at_each({path for path in left if "\0" not in unquote(path)})
    leads_on = {path: Place(old.thing, old.below) for path, old in olds.items() if not old.gone}
    return left - with_page(places) - with_page(leads_on)
