"""Takes a run back: what it has made and nobody has touched since is deleted, and may be imported again.

Sections, tags, authors, pictures and documents stay, because others may use them by now.
"""

from collections import Counter
from functools import partial

from django.db import transaction

from articles.models import Imported, ImportRun
from articles.publishing import delete_for_good, put_in_bin
from articles.publishing.pages import remove_page
from articles.publishing.shared.locks import tried_again

from .updating import is_touched

REMOVED, KEPT = "removed", "kept"


def undo(run: ImportRun) -> Counter[str]:
    """How many articles and pages were removed, and how many kept. If stopped, it can be done again."""
    results: Counter[str] = Counter()
    for number in list(Imported.objects.filter(run=run).values_list("pk", flat=True)):
        results[tried_again(partial(removed, number))] += 1
    return results


@transaction.atomic
def removed(number: int) -> str:
    row = Imported.objects.select_for_update().get(pk=number)
    thing = row.article or row.page
    if thing and (getattr(thing, "binned_at", None) or is_touched(row, thing)):
        return KEPT
    if row.article:
        put_in_bin(row.article, by=row.run.by)
        delete_for_good(row.article)
    elif row.page:
        remove_page(row.page)
    row.delete()
    return REMOVED
