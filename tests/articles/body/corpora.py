"""Hostile input that others collected, where it lies beside the project."""

import json
import os
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[3].parent / "shared" / "corpora"


def load(name):
    path = FOLDER / name
    if path.exists():
        return json.loads(path.read_text())
    if os.environ.get("CI") == "true":
        pytest.fail(f"the corpora are missing: {path}")
    pytest.skip(f"no corpora at {FOLDER}")
