from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("articles", "0065_comments_are_told")]

    operations = [
        migrations.AddField(
            model_name="note",
            name="quote_now",
            field=models.TextField(blank=True, db_default="", default=""),
        ),
    ]
