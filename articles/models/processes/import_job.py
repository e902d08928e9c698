from django.conf import settings
from django.db import models


class ImportJob(models.Model):
    """An import that somebody has asked for at the desk. A process of its own does it."""

    class What(models.TextChoices):
        DRY_RUN = "dry_run", "dry run"
        IMPORT = "import", "import"
        UNDO = "undo", "undo"

    what = models.CharField(max_length=10, choices=What.choices)
    # Names in the folder of imports.
    files = models.JSONField(default=list)
    # Those of import_wordpress, by their names: {"media": "fetch", "trash": true}.
    options = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField(auto_now_add=True)
    # Both are empty as long as it is under way, and for ever if its process was killed.
    ended_at = models.DateTimeField(null=True, editable=False)
    code = models.SmallIntegerField(null=True, editable=False, help_text="0 if all went well.")
    said = models.TextField(blank=True, editable=False)
    # What an import has made, or what is taken back.
    run = models.ForeignKey("ImportRun", null=True, on_delete=models.SET_NULL, related_name="jobs")

    class Meta:
        ordering = ["-pk"]
        verbose_name = "import"
        default_permissions = ()
        permissions = [("import_site", "Can import another site")]

    def __str__(self):
        return f"{self.get_what_display().capitalize()} of {', '.join(self.files)}"
