"""The index of sitemaps leaves out what is in the bin, so that counting reads nothing else."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0047_words_go_with_their_entry"),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name="article",
            name="for_sitemaps",
        ),
        migrations.AddIndex(
            model_name="article",
            index=models.Index(
                models.F("publish_at"),
                models.F("id"),
                models.F("updated_at"),
                models.F("expires_at"),
                condition=models.Q(
                    ("binned_at", None), ("canonical_url", ""), ("noindex", False), ("state", "published")
                ),
                name="for_sitemaps",
            ),
        ),
    ]
