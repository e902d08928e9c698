"""The site's own settings, with templates of a test's in front of ours: what a bad deployment looks like."""

import os

from newsroom.settings import *  # noqa: F403 - all of them

TEMPLATES[1]["DIRS"].insert(0, os.environ["OTHER_TEMPLATES"])  # noqa: F405 - from the star
