"""All tests of pictures' files once more, with the files in a store."""

import os
import re
import subprocess
import sys

import pytest

from tests.servers.application import ROOT

# What the tests say that they leave out, because it is about a disk.
LEFT_OUT = {"a store has no folders"}
FILES = (
    *(
        "publishing/test_pictures.py",
        "publishing/picture_library",
        "publishing/test_removed_files.py",
        "admin/image",
    ),
    *("views/files/test_renditions.py", "press/background/test_worker.py", "exporters"),
)


@pytest.mark.full
def test_the_tests_of_pictures_pass(store):
    store.client.create_bucket(Bucket="pictures")
    files = [f"tests/articles/{name}" for name in FILES]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *files],
        cwd=ROOT,
        # Nothing may be left out with CI, but this is.
        env={name: value for name, value in os.environ.items() if name != "CI"}
        | {"STORE_OF_TESTS": store.endpoint},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-5000:]
    assert set(re.findall(r"^\d+ skipped: (.*)", done.stdout, re.MULTILINE)) == LEFT_OUT
    assert store.names("pictures")
