"""Prepared bodies hold a placeholder for each picture, and say with which version they were prepared.

Those that stand already say nothing, so each page that shows one prepares it on the way, until
`manage.py prepare` has prepared all of them. Nothing is rewritten here: a million articles would take an hour
in which the site stands still.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0008_failures_of_long_addresses")]

    operations = [
        migrations.AddField(
            model_name="article",
            name="prepared_with",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="The version of the preparation; publishing/shared/prepared_body.py names it.",
                max_length=20,
            ),
        ),
        migrations.AddField(
            model_name="page",
            name="prepared_with",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=20),
        ),
        migrations.AddIndex(
            model_name="article", index=models.Index(models.F("prepared_with"), name="prepared_with")
        ),
    ]
