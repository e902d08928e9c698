"""The same bytes are one picture, also if they are uploaded twice at the same moment.

Where that has happened before, both pictures stay, with their own words, and every article goes on showing the
one it shows. Only the oldest keeps the fingerprint by which an upload finds it; each later one gets one of its
own, which no upload has, and with it other addresses of its renditions.
"""

from hashlib import sha256

from django.db import migrations, models
from django.db.models import Count


def tell_apart(apps, schema_editor):
    images = apps.get_model("articles", "Image").objects.using(schema_editor.connection.alias).order_by("pk")
    several = images.order_by().values("fingerprint").annotate(number=Count("pk")).filter(number__gt=1)
    for fingerprint in several.values_list("fingerprint", flat=True):
        for pk in images.filter(fingerprint=fingerprint).values_list("pk", flat=True)[1:]:
            own = sha256(f"{fingerprint} {pk}".encode()).hexdigest()
            images.filter(pk=pk).update(fingerprint=own)


class Migration(migrations.Migration):
    dependencies = [("articles", "0013_press_progress")]

    operations = [
        migrations.RunPython(tell_apart, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="image",
            name="fingerprint",
            field=models.CharField(
                editable=False, help_text="SHA-256 of the uploaded bytes.", max_length=64, unique=True
            ),
        ),
    ]
