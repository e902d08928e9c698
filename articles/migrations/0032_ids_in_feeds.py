from django.db import migrations, models


class Migration(migrations.Migration):
    """Imported articles keep the ids that they had in feeds; all others go by their uid."""

    dependencies = [
        ("articles", "0031_bin"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="guid",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                editable=False,
                help_text="Its id in the feeds of the site that it was imported from.",
                max_length=500,
            ),
        ),
        migrations.AddConstraint(
            model_name="article",
            constraint=models.UniqueConstraint(
                condition=models.Q(("guid", ""), _negated=True), fields=("guid",), name="guid_once"
            ),
        ),
    ]
