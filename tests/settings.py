"""The site's settings as tests need them: a database of their own, files in a folder that goes away."""

import os
import tempfile
from pathlib import Path

_folder = Path(tempfile.mkdtemp(prefix="newsroom-tests-"))
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
ALLOWED_HOSTS = [*ALLOWED_HOSTS, "testserver"]  # noqa: F405 - from the star
