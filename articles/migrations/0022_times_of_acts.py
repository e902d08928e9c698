from django.db import migrations, models
from django.utils import timezone


class Migration(migrations.Migration):
    """The verbs fill these columns, with the time at which the thing happened. The columns stay as they are."""

    dependencies = [("articles", "0021_outbox_consumers")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "act", "at", models.DateTimeField(default=timezone.now, editable=False)
                ),
                migrations.AlterField(
                    "article", "created_at", models.DateTimeField(default=timezone.now, editable=False)
                ),
                migrations.AlterField(
                    "article",
                    "modified_at",
                    models.DateTimeField("last saved", default=timezone.now, editable=False),
                ),
                migrations.AlterField(
                    "revision", "at", models.DateTimeField(default=timezone.now, editable=False)
                ),
            ]
        )
    ]
