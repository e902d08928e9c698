"""Robots, as far as they say by their names that they are some. nginx is given the same words."""

import re

# Parts of what they call themselves (User-Agent), in any case.
WORDS = (
    *(
        "bot",
        "crawl",
        "spider",
        "slurp",
        "archiver",
        "preview",
        "facebookexternalhit",
        "headless",
        "phantomjs",
    ),
    *("lighthouse", "pagespeed", "pingdom", "uptime", "monitor", "curl", "wget", "python", "java/", "okhttp"),
    *("go-http-client", "libwww", "httpclient", "scrapy", "feed", "validator"),
)
PATTERN = "|".join(map(re.escape, WORDS))
NAMES = re.compile(PATTERN, re.IGNORECASE)


def is_robot(name: str) -> bool:
    """Who says nothing is one, because every browser has a name."""
    return not name or NAMES.search(name) is not None
