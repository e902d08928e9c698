"""An import in many small batches, or a dump of what imports have left:

python -m tests.faults.one_import FILE UPLOADS REPORT
python -m tests.faults.one_import dump                     one line of JSON
"""

import json
import os
import sys
from io import StringIO

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")
django.setup()

from django.apps import apps  # noqa: E402 - settings come first
from django.core.management import call_command  # noqa: E402 - settings come first

from articles.importers.wordpress.planning import texts  # noqa: E402 - settings come first
from articles.importers.wordpress.writing import store  # noqa: E402 - settings come first
from articles.models import Article, Image, ImportRun, OutboxEntry, Revision  # noqa: E402 - settings come first

# What is made by chance or by the clock, and what depends on which articles were written together.
LEFT_OUT = {"uid", "uploaded_at", "since", "file", "key", "times"}
BY_CLOCK = {"Page": {"modified_at"}}
# How a row is called by those that name it.
NAMES = {
    Article: lambda article: f"{article.guid} {article.headline}",
    Image: lambda image: image.fingerprint,
    ImportRun: lambda run: "a run",
    Revision: lambda revision: f"{revision.article.guid} {revision.number}",
}


def import_it(file, uploads, report):
    # Many batches, so that there are many places at which it can end.
    store.MOST_ARTICLES, texts.ENOUGH_FOR_WORKERS = 3, 1
    pictures = ["--media-dir", uploads] if uploads else []
    call_command(
        "import_wordpress", file, *pictures, "--report", report, stdout=StringIO(), stderr=StringIO()
    )


def dumped():
    """All rows of the site, without numbers that differ from run to run."""
    found = {}
    for model in apps.get_app_config("articles").get_models():
        if model not in (ImportRun, OutboxEntry) and not model._meta.proxy:
            rows = [row_of(row) for row in model._base_manager.all()]
            found[model.__name__] = sorted(json.dumps(row, default=str, sort_keys=True) for row in rows)
    found["files"] = sorted(file_of(image) for image in Image.objects.all())
    # Which articles are in one entry depends on where a run began again.
    found["outbox"] = sorted({address for entry in OutboxEntry.objects.all() for address in addresses(entry)})
    return found


def row_of(row):
    left_out = LEFT_OUT | BY_CLOCK.get(type(row).__name__, set())
    values = {}
    for field in row._meta.concrete_fields:
        if field.primary_key or field.name in left_out:
            continue
        value = getattr(row, field.name)
        if field.is_relation:
            value = value and NAMES.get(type(value), str)(value)
        values[field.name] = value
    return values


def file_of(image):
    with image.file.open() as file:
        return f"{image.fingerprint} {len(file.read())}"


def addresses(entry):
    """Without those in which a draft's number by chance stands."""
    named = entry.change.get("addresses", ())
    return [each for each in named if "/preview/" not in each]


if __name__ == "__main__":
    if sys.argv[1] == "dump":
        print(json.dumps(dumped(), default=str))
    else:
        import_it(*sys.argv[1:])
