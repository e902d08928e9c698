"""The site's settings as tests need them: a database of their own, files in a folder that goes away."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
atexit.register(shutil.rmtree, _folder, ignore_errors=True)
os.environ.update(VAR_DIR=str(_folder), SITE_URL="http://localhost:8000")
for _name in ("DEBUG", "ALLOWED_HOSTS", "SECRET_KEY"):
    os.environ.pop(_name, None)
if "TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["TEST_DATABASE_URL"]
else:
    os.environ.pop("DATABASE_URL", None)

from newsroom.settings import *  # noqa: E402, F403 - the variables above must be set before it is read

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"  # noqa: F405 - from the star
# The site that browser tests start collects thousands of static files in this folder's static/. Each test client would look
# at all of them, which takes longer than most tests.
STATIC_ROOT = _folder / "no-static-files"
STATIC_ROOT.mkdir(exist_ok=True)
# So that tests see what a page was made of (response.context).
TEMPLATES[1]["OPTIONS"]["environment"] = "tests.told_templates.environment"  # noqa: F405 - from the star
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405 - from the star
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):  # noqa: F405 - from the star
    # A file and not memory: threads and the server that browser tests start have to see the same rows.
    DATABASES["default"]["TEST"] = {"NAME": str(_folder / "test.sqlite3")}  # noqa: F405 - from the star
# The tests of pictures are tried once more in a store: tests/articles/test_all_in_store.py.
if "STORE_OF_TESTS" in os.environ:
    PICTURE_STORE = PICTURE_STORE | {  # noqa: F405 - from the star
        "BUCKET": "pictures",
        "ENDPOINT": os.environ["STORE_OF_TESTS"],
        "REGION": "us-east-1",
        "KEY_ID": "a-key",
        "SECRET": "a-secret",
    }
    STORAGES |= picture_storages(PICTURE_STORE)  # noqa: F405 - from the star
