import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0015_scheduled_changes")]

    operations = [
        migrations.CreateModel(
            name="PictureFailure",
            fields=[
                (
                    "id",
                    models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID"),
                ),
                ("error", models.TextField()),
                ("attempts", models.PositiveIntegerField(default=1)),
                ("failed_at", models.DateTimeField(verbose_name="last failed")),
                ("next_try_at", models.DateTimeField(db_index=True, verbose_name="next try")),
                (
                    "image",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="failure",
                        to="articles.image",
                    ),
                ),
            ],
            options={"ordering": ["-failed_at"]},
        ),
    ]
