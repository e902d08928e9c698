from django.db import migrations, models

KINDS = [
    ("mentioned", "somebody mentions you in a note"),
    ("answered", "somebody answers in a thread of yours"),
    ("commented", "somebody comments through a draft link of yours or on an article of yours"),
    ("back", "an article of yours is sent back"),
    ("approved", "an article that you submitted is approved"),
    ("soon", "an article of yours goes out in an hour"),
    ("failed", "a page cannot be printed"),
]


class Migration(migrations.Migration):
    dependencies = [("articles", "0064_backups")]

    operations = [
        migrations.AlterField(
            model_name=name, name="kind", field=models.CharField(choices=KINDS, max_length=12)
        )
        for name in ("emailwanted", "notification")
    ]
