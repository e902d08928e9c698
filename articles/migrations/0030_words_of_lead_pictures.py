from django.db import migrations, models


class Migration(migrations.Migration):
    """Each article's lead picture has the words of the library at first (NULL), as readers have it until now."""

    dependencies = [
        ("articles", "0029_presence"),
    ]

    operations = [
        migrations.AddField(
            model_name="article",
            name="lead_alt",
            field=models.CharField(blank=True, max_length=500, null=True),
        ),
        migrations.AddField(
            model_name="article",
            name="lead_caption",
            field=models.TextField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="article",
            name="lead_credit",
            field=models.CharField(blank=True, max_length=200, null=True),
        ),
    ]
