from django.conf import settings
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig

from . import sentry


class DeskConfig(AdminConfig):
    default_site = "newsroom.desk_site.DeskSite"

    def ready(self):
        super().ready()
        if settings.SENTRY_DSN:
            sentry.begin(settings.SENTRY_DSN)


# Plugins of CKEditor that are not in its own file and that the desk does not load. They are half of all the
# static files of which each web worker has a list.
UNUSED_PLUGINS = (
    *("autoembed", "codesnippet", "devtools", "docprops", "embedbase", "image2"),
    *("mathjax", "placeholder", "sourcedialog", "uicolor", "wsc"),
)


class StaticFiles(StaticFilesConfig):
    # CKEditor brings pages: dialogs that we have switched off, and what its makers test with. Each would run
    # its script as a page of ours.
    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        "tests",
        "*.html",
        # The API has one page that describes it.
        "ninja/redoc*",
        *(f"ckeditor/ckeditor/plugins/{name}/*" for name in UNUSED_PLUGINS),
    ]
