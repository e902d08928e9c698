"""The site's settings with a count of what enters Django, whoever asked: a reader, or the press."""

import os
from pathlib import Path

from newsroom.settings import *  # noqa: F403 - it is the whole site, and one thing more

MIDDLEWARE = ["tests.articles.press.serve.counted_site.count", *MIDDLEWARE]  # noqa: F405 - from the star


def count(get_response):
    log = Path(VAR_DIR) / "entered.txt"  # noqa: F405 - from the star

    def counting(request):
        with open(log, "ab", buffering=0) as file:
            file.write(f"{os.getpid()} {request.path}\n".encode())
        return get_response(request)

    return counting
