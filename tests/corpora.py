"""Hostile input: a small set of the project's own, and what others have collected where CORPORA names its folder.

Both folders are laid out alike. Each test tries a fixed sample of what there is; with `--full` it tries all of it.
"""

import json
import os
from pathlib import Path

OWN = Path(__file__).parent / "files" / "corpora"
FOREIGN = os.environ.get("CORPORA")
FOLDERS = [OWN, *([Path(FOREIGN)] if FOREIGN else [])]
# Set by tests/conftest.py before any test file is read.
is_full = False


def strings():
    """Strings that break programs."""
    return [text for file in files("strings/*.json") for text in json.loads(file.read_text())]


def payloads():
    """HTML that runs a script where it is not made harmless."""
    return [entry["payload"] for file in files("xss/*.json") for entry in json.loads(file.read_text())]


def redirects():
    """Addresses that lead to another site where they are believed."""
    lines = (file.read_text(errors="surrogateescape").splitlines() for file in files("redirects/*.txt"))
    return [line for each in lines for line in each]


def files(pattern):
    """Those whose path below a folder of the corpora fits, of our own set first."""
    return [path for folder in FOLDERS for path in sorted(folder.glob(pattern)) if path.is_file()]


def sample(items, *, every):
    """Each so-manieth of them, always the same ones; all of them with --full."""
    return list(items)[:: 1 if is_full else every]
