"""What a browser finds in a page, read by an HTML5 parser: views have to say the same in `response.facts`."""

import re
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from articles.page_facts import PageFacts

ARTICLE = re.compile(r"/[0-9]{4}/[0-9]{2}/[0-9]{2}/(?!older/)[^/]+/")
DRAWN = re.compile("/renditions/[0-9]+/h")
DAY_OR_PART = re.compile(r"/(?:.+/)?[0-9]{4}/[0-9]{2}/[0-9]{2}/(?:older/[0-9]+/)?")


def facts_read(response):
    """Of a month, a day or a part everything is compared, of other pages there are no days to lead to."""
    page = LexborHTMLParser(response.content.decode())
    refresh = page.css_first('meta[http-equiv="refresh"]')
    return PageFacts(
        pictures=tuple(sorted(set(pictures(page)))),
        earlier=href(page, 'link[rel="next"]'),
        later=href(page, 'link[rel="prev"]'),
        divided_into=tuple(divided_into(page)),
        leads_to=refresh.attributes["content"].removeprefix("0; url=") if refresh else "",
        articles=articles(page) if page.css_first("main.list, main.front") else None,
    )


def facts_said(response):
    facts = response.facts
    assert len(set(facts.pictures)) == len(facts.pictures)
    shown = None if facts.articles is None else tuple(sorted(facts.articles))
    return replace(facts, pictures=tuple(sorted(facts.pictures)), articles=shown)


def articles(page):
    links = {node.attributes["href"] for node in page.css("main a[href]")}
    return tuple(sorted(filter(ARTICLE.fullmatch, links)))


def pictures(page):
    """Those that are made before the page is printed. Drawn ones, and those in the structured data, are made when
    somebody asks for them."""
    addresses = [node.attributes["src"] for node in page.css("img[src]")]
    for node in page.css("source[srcset]"):
        addresses += [candidate.split()[0] for candidate in node.attributes["srcset"].split(",")]
    shared = [node.attributes["content"] for node in page.css('meta[property="og:image"]')]
    addresses += [address for address in shared if not DRAWN.search(address)]
    return [address.partition("/media/")[2] for address in addresses]


def divided_into(page):
    """The days and parts that the page leads to, but the newer part from which a reader came."""
    newer = href(page, 'nav.paging a[rel="prev"]')
    links = [node.attributes["href"] for node in page.css("main a[href]")]
    months = href(page, 'link[rel="next"]'), newer
    is_part = "older/" in href(page, 'link[rel="canonical"]')
    return [
        link
        for link in links
        if DAY_OR_PART.fullmatch(link) and link != newer and (is_part or link not in months)
    ]


def href(page, selector):
    found = page.css_first(selector)
    return found.attributes["href"] if found else ""
