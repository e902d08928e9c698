from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("articles", "0012_bodies_hold_placeholders"),
    ]

    operations = [
        migrations.AddField(
            model_name="pressstatus",
            name="under_way",
            field=models.CharField(
                blank=True, default="", help_text="What it does between changes.", max_length=100
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="pressstatus",
            name="recovered_at",
            field=models.DateTimeField(
                help_text="Since when that error is over.", null=True, verbose_name="over since"
            ),
        ),
    ]
