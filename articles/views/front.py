from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.conf import paper
from articles.models import Article

from .cards import cards_by_pk
from .compiled import CompiledQuery, rows_of_each
from .composition import DEPARTMENT_NEEDED, NEWEST_NEEDED, Candidate, compose
from .furniture import furniture
from .rendering import Meta, absolute, render_page


def newest(at):
    return Article.objects.published(at).newest_first().values_list("publish_at", "pk", "lead_image_id")


NEWEST = CompiledQuery(lambda at: newest(at)[:NEWEST_NEEDED])
NEWEST_OF = CompiledQuery(lambda at, department: newest(at).filter(department=department)[:DEPARTMENT_NEEDED])


@require_safe
def front(request):
    stands = furniture()
    plan = planned(stands)
    page = plan.filled(cards_by_pk([card.pk for card in plan.cards], stands))
    said = paper()
    meta = Meta(title=f"{said.name} – {said.tagline}", description=said.tagline, canonical=absolute("/"))
    return render_page(request, "pages/front.html", "front", {"front": page, "meta": meta}, furniture=stands)


def planned(stands):
    """The front in candidates: the newest of the paper and of each department, in one query."""
    at = timezone.now()
    asked = [(NEWEST, {"at": at})]
    asked += [(NEWEST_OF, {"at": at, "department": section.pk}) for section in stands.sections]
    first, *others = map(candidates, rows_of_each(asked))
    return compose(first, list(zip(stands.sections, others, strict=True)))


def candidates(rows):
    """Newest first: a UNION promises no order."""
    newest_first = sorted(rows, key=lambda row: row[:2], reverse=True)
    return [Candidate(pk, has_picture=lead_image is not None) for _, pk, lead_image in newest_first]
