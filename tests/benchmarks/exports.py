"""Exports of any size, made from a real one.

Its articles are taken over and over again, each time with other numbers, dates, addresses and some words of their
own, so that no two are the same. CORPORA names a folder that may have a real news export; without it, the project's own
file is the pattern.
"""

import datetime
import re
from pathlib import Path

from tests import corpora

ITEM = re.compile(r"<item>.*?</item>\s*", re.DOTALL)
IS_STORY = re.compile(r"<wp:post_type>(?:<!\[CDATA\[)?post(?:\]\]>)?</wp:post_type>")
IS_PUBLIC = re.compile(r"<wp:status>(?:<!\[CDATA\[)?publish(?:\]\]>)?</wp:status>")
FIELDS = re.compile(
    r"(?P<before><(?P<name>wp:post_id|wp:post_name|wp:post_date|wp:post_date_gmt|link|guid|title)\b[^>]*>)"
    r"(?P<cdata><!\[CDATA\[)?(?P<text>.*?)(?P<end>(?:\]\]>)?</(?P=name)>)",
    re.DOTALL,
)
BODY = re.compile(r"<content:encoded><!\[CDATA\[.*?\]\]></content:encoded>", re.DOTALL)
BYTES_OF_AN_ITEM = 7_700
FIRST = datetime.datetime(2006, 1, 1, tzinfo=datetime.UTC)


def pattern():
    """The file after which exports are made: the largest of those that are mostly stories."""
    files = corpora.files("wxr/*posts*.xml") or corpora.files("wxr/lantern.xml")
    return max(files, key=lambda file: file.stat().st_size)


def write_export(path, *, articles=0, size=0):
    """With so many articles, or of so many bytes. Returns the number of its articles."""
    text = pattern().read_text()
    stories = [found[0] for found in ITEM.finditer(text) if is_story(found[0])]
    head, tail = text[: ITEM.search(text).start()], "</channel>\n</rss>\n"
    stories = as_long_as_real_ones(stories)
    number = 0
    with Path(path).open("w", encoding="utf-8") as file:
        written = file.write(head)
        while number < articles or written < size:
            story = stories[number % len(stories)]
            number += 1
            written += file.write(of_its_own(story, number))
        file.write(tail)
    return number


def is_story(item):
    return bool(IS_STORY.search(item) and IS_PUBLIC.search(item) and BODY.search(item))


def as_long_as_real_ones(stories):
    """Short ones get the text of the others below their own."""
    if sum(map(len, stories)) >= len(stories) * BYTES_OF_AN_ITEM:
        return stories
    texts = "\n\n".join(
        BODY.search(story)[0].removeprefix("<content:encoded><![CDATA[").removesuffix("]]></content:encoded>")
        for story in stories
    )
    more = (texts + "\n\n") * (BYTES_OF_AN_ITEM // len(texts) + 1)
    more = more[:BYTES_OF_AN_ITEM].rpartition("\n\n")[0]
    return [story.replace("]]></content:encoded>", f"\n\n{more}]]></content:encoded>") for story in stories]


def of_its_own(story, number):
    at = FIRST + datetime.timedelta(hours=number % 150_000, seconds=number)
    values = {
        "wp:post_id": str(number),
        "wp:post_name": f"story-{number}",
        "wp:post_date": f"{at:%Y-%m-%d %H:%M:%S}",
        "wp:post_date_gmt": f"{at:%Y-%m-%d %H:%M:%S}",
        "link": f"https://example.org/news/{at:%Y/%m/%d}/story-{number}/",
        "guid": f"https://example.org/news/?p={number}",
    }

    def changed(found):
        value = values.get(found["name"]) or f"{found['text']} {number}"
        return f"{found['before']}{found['cdata'] or ''}{value}{found['end']}"

    story = FIELDS.sub(changed, story)
    return story.replace("</p>", f" No. {number}.</p>", 3)
