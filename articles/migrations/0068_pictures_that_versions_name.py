import re

from django.db import migrations

from articles.words.folded import folded

AT_ONCE = 1_000
IMAGE_IDS = re.compile(r'data-image="(\d{1,18})"')
SEARCHED = ("alt", "caption", "credit", "origin", "copyright", "original_name")


def write_named(apps, schema_editor):
    """A row for each picture that any version of an article names."""
    Image, NamedPicture = apps.get_model("articles", "Image"), apps.get_model("articles", "NamedPicture")
    Revision = apps.get_model("articles", "Revision")
    there = set(Image.objects.values_list("pk", flat=True))
    if not there:
        return
    named = set()
    for article, content in Revision.objects.values_list("article", "content").iterator(AT_ONCE):
        body = content.get("body") or ""
        numbers = {content.get("lead_image_id"), *map(int, IMAGE_IDS.findall(body))}
        named |= {(article, number) for number in numbers & there}
    rows = (NamedPicture(article_id=article, image_id=number) for article, number in sorted(named))
    NamedPicture.objects.bulk_create(rows, batch_size=AT_ONCE)


def write_searched(apps, schema_editor):
    Image = apps.get_model("articles", "Image")
    for image in Image.objects.only("pk", *SEARCHED).order_by("pk").iterator(AT_ONCE):
        text = " ".join(filter(None, (getattr(image, name) for name in SEARCHED)))
        Image.objects.filter(pk=image.pk).update(search_text=folded(text)[:1_000])


class Migration(migrations.Migration):
    dependencies = [("articles", "0067_library_of_pictures")]

    operations = [
        migrations.RunPython(write_named, migrations.RunPython.noop, elidable=True),
        migrations.RunPython(write_searched, migrations.RunPython.noop, elidable=True),
    ]
