from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class DeskConfig(AdminConfig):
    default_site = "newsroom.desk_site.DeskSite"


class StaticFiles(StaticFilesConfig):
    # CKEditor brings pages: dialogs that we have switched off, and what its makers test with. Each would run
    # its script as a page of ours.
    ignore_patterns = [*StaticFilesConfig.ignore_patterns, "tests", "*.html"]
