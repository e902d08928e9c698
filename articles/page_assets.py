"""Style and script that are sent inside each page, so that a first view needs no second request for them.

static/css/bundles.toml says which sheets and scripts each kind of page carries. They are put together once a
process (with DEBUG, each time). http/content_policy.py lets a page run nothing but what is put into it here.
"""

import base64
import hashlib
import json
import re
import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import rcssmin
import rjsmin
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils.safestring import SafeString, mark_safe

from articles.conf import paper

LIST = "css/bundles.toml"
HEAD_SCRIPT = "js/site_version.js"
BREAKING_SCRIPT, BREAKING_STYLE = "js/breaking_line.js", "css/breaking.css"
FOLDERS = ("css", "js")
# Kinds that do without what "every" page has.
ALONE = frozenset({"embed"})
KINDS = ("front", "section", "listing", "article", "draft_link", "page", "search", "error", "embed")

# What makes a file a module of its own; inside the page it is a classic script.
MODULE_WORDS = re.compile(r"^export (?:default )?|^import .*?;$", re.MULTILINE)


class MissingAsset(Exception):
    """A file that bundles.toml names is not there."""


@dataclass(frozen=True)
class PageAssets:
    """What a kind of page may carry: its sheets and the scripts at its end, by name; the head's script."""

    sheets: dict[str, SafeString]
    head_script: SafeString
    enhancements: dict[str, SafeString]

    def style(self, unused: Collection[str] = ()) -> SafeString:
        """What goes into the page's <style>, without the sheets that it has no use for."""
        texts = (text for name, text in self.sheets.items() if name not in unused)
        return mark_safe("".join(texts))  # noqa: S308 - our own files, each looked at by `safe`

    def script(self, unused: Collection[str] = ()) -> SafeString:
        """What goes into the <script> at the page's end, without the scripts that the page has no use for.
        One element, because each needs a hash in the page's policy, which no compression makes smaller."""
        texts = (text for name, text in self.enhancements.items() if name not in unused)
        return mark_safe(";".join(texts))  # noqa: S308 - our own files, each looked at by `safe`


def page_assets(kind: str) -> PageAssets:
    return _built()[kind]


@lru_cache(maxsize=512)
def sha256_source(text: str) -> str:
    """The text's hash, as a Content-Security-Policy names an inline style or script by it."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def listed_files() -> dict[str, list[str]]:
    """The paths under static/ that bundles.toml names, by kind: {"front": ["css/tokens.css", …], …}."""
    listed = tomllib.loads(source(LIST))
    return {
        kind: [
            f"{folder}/{name}"
            for folder in FOLDERS
            for name in (*every(kind, listed[folder]), *listed[folder].get(kind, ()))
        ]
        for kind in KINDS
    }


def every(kind: str, listed: dict[str, list[str]]) -> list[str]:
    return [] if kind in ALONE else listed["every"]


def source(path: str) -> str:
    found = finders.find(path)
    if found is None:
        raise MissingAsset(f"static/{path} does not exist; static/{LIST} names it.")
    return Path(found).read_text()


def _built() -> dict[str, PageAssets]:
    return _build.__wrapped__() if settings.DEBUG else _build()


@lru_cache(maxsize=1)
def _build() -> dict[str, PageAssets]:
    head_script = safe(rjsmin.jsmin(source(HEAD_SCRIPT)))
    return {
        kind: PageAssets(
            sheets={Path(path).stem: safe(style([path])) for path in paths if path.endswith(".css")},
            head_script=head_script,
            enhancements={Path(path).stem: safe(script(path)) for path in paths if path.endswith(".js")},
        )
        for kind, paths in listed_files().items()
    }


def style(paths: list[str]) -> str:
    return rcssmin.cssmin("\n".join(map(source, paths))).replace("SITE_URL", paper().url)


def script(path: str) -> str:
    """A classic script of a module, in a function of its own so that its names meet no others."""
    body = MODULE_WORDS.sub("", source(path))
    return rjsmin.jsmin(f'(()=>{{"use strict";\n{body}\n}})()')


def breaking_script() -> str:
    """The file of the script that shows breaking news, with its style: a module, for pages that import it."""
    with_style = source(BREAKING_SCRIPT).replace('"STYLE"', json.dumps(style([BREAKING_STYLE])))
    return rjsmin.jsmin(with_style)


def safe(text: str) -> SafeString:
    if re.search(r"</(style|script)|<!--", text, re.IGNORECASE):
        raise ValueError("A sheet or script would end its own element: it holds </style, </script or <!--.")
    return mark_safe(text)  # noqa: S308 - our own files, not a reader's or an editor's text
