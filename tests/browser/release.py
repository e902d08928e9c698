"""The site's settings as another release of the site: RELEASE names a folder with files of static/ as it had them."""

import os

from newsroom.settings import *  # noqa: F403 - it is the whole site with other styles

STATICFILES_DIRS = [os.environ["RELEASE"], *STATICFILES_DIRS]  # noqa: F405 - from the star
