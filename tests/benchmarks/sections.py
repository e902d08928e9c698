"""The sections of docs/benchmarks.md: a part that was measured replaces its own, and the others stay as they were."""

import os
import platform

from .report import MISSED, QUERIES, RATIO

HEAD = f"""\
# What pages cost

Written by `make bench ARGS=--write`; {MISSED} marks a figure over its budget. Measured with Python
{platform.python_version()} and PostgreSQL on one computer of {os.cpu_count()} cores.
"""
HEADINGS = {
    "views": "Queries and CPU time of the views",
    "desk": "The desk",
    "library": "The library of pictures",
    "search": "The search",
    "files": "Feeds and sitemaps",
    "api": "The content API",
    "related": "Related articles and the most read",
    "wire": "Bytes on the wire",
    "press": "Printed pages",
    "renditions": "Renditions",
    "import": "Leaving WordPress",
}
VIEWS = f"""\
Through Django's own handler, uncompressed, with no cache of any kind behind them, on the demo newsroom grown to that
many articles: the CPU time of the median of {{requests}} requests for many different pages of the kind, the best of
{{rounds}} rounds. Budgets: at most {QUERIES} queries, and at most {RATIO} times the time in the larger newsroom.
Readers do not wait for this: they get printed pages.
"""
DESK = """\
How long it takes to answer, from the request to the last byte, by the clock and with the database's commit: {requests}
requests of each kind, one after the other.
"""
LIBRARY = """\
Through Django's own handler, by the clock, with 200,000 pictures of which most are used: {requests} requests of each kind,
one after the other. An upload is verified, turned upright, put into sRGB and stored; its renditions are made later, by the
press.
"""
SEARCH = """\
From the typed words to the numbers of the articles, and for a page to its last byte, by the clock: {requests} questions of
each kind, in words of the articles themselves, one after the other.
"""
FILES = """\
Through Django's own handler, by the clock, with nothing printed: up to 50 requests of each feed and 20 of each sitemap, one
after the other. The press prints them, so readers and robots seldom wait for this.
"""
API = """\
Through Django's own handler, by the clock, with nothing cached: {requests} requests of each kind for other sections, tags,
authors, places and articles, one after the other. A list has twenty articles, if nothing else is said.
"""
RELATED = """\
What one publication costs until its related articles are written, and what it costs to count what is opened. CPU time of the
process; PostgreSQL's own comes on top. A list that is shown otherwise is a page that is printed again.
"""
WIRE = """\
Status line, headers and brotli body, as the running site sends them once the press had a quiet moment to compress each
page as small as can be; HTML with its style and script inside. Articles: all of the demo newsroom.
"""
PRESS = """\
In one run on this computer, its cores shared by servers, database and wrk (16 connections, gzip). “Bare” is nginx with
nothing but the same files and headers. Publishing is measured from the verb's commit until the application serves the new
bytes, over {publishes} publishes with 50 readers a second.
"""
RENDITIONS = """\
All files of a lead picture and of a card, of ten photographs of up to 12 megapixels, made by our own code and by a loop as
Pillow's manual has it, with the same options: CPU time, the better of three rounds in turn. Memory is the most that a process
of its own had with the master of a baseline JPEG and its renditions. A phone of 390 × 844 with three pixels to one takes the
file of 720 pixels.
"""
IMPORT = """\
Exports made of one of a news site, into an empty newsroom on PostgreSQL, without pictures.
"""
INTRODUCTIONS = {
    "views": VIEWS,
    "desk": DESK,
    "library": LIBRARY,
    "search": SEARCH,
    "files": FILES,
    "api": API,
    "related": RELATED,
    "wire": WIRE,
    "press": PRESS,
    "renditions": RENDITIONS,
    "import": IMPORT,
}


def section(part, tables, **chosen):
    return f"## {HEADINGS[part]}\n\n{INTRODUCTIONS[part].format(**chosen)}\n{tables.strip()}\n"


def with_sections(paper, measured):
    """The whole document. `measured`: part → its section as it was measured now."""
    before = {}
    for old in paper.split("\n## ")[1:]:
        before[old.partition("\n")[0]] = f"## {old.strip()}\n"
    found = [measured.get(part) or before.get(heading) for part, heading in HEADINGS.items()]
    return "\n".join([HEAD, *filter(None, found)])
