"""Suggests, as JSON, tags and authors whose names contain what was typed so far."""

from django.core.exceptions import PermissionDenied
from django.db.models import Case, Count, IntegerField, Value, When
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from articles.models import Author, Tag
from articles.publishing.rights.reach import may_somewhere
from articles.publishing.shared.text import one_line

MOST = 8
LONGEST = 100


def matching(queryset, typed):
    """The rows whose names contain the text; first those whose names begin with it."""
    first = Case(When(name__istartswith=typed, then=Value(0)), default=Value(1), output_field=IntegerField())
    return queryset.filter(name__icontains=typed).order_by(first, "name")[:MOST]


def asked(request):
    if not (may_somewhere(request.user, "change") or may_somewhere(request.user, "add")):
        raise PermissionDenied
    return one_line(request.GET.get("q", ""))[:LONGEST]


@never_cache
@require_GET
def tags(request):
    typed = asked(request)
    rows = matching(Tag.objects.all(), typed) if typed else []
    return JsonResponse({"results": [{"value": tag.name, "label": tag.name, "note": ""} for tag in rows]})


@never_cache
@require_GET
def authors(request):
    typed = asked(request)
    rows = list(matching(Author.objects.all(), typed)) if typed else []
    often = dict(
        Author.objects.filter(name__in=[author.name for author in rows])
        .values_list("name")
        .annotate(times=Count("pk"))
    )
    return JsonResponse(
        {
            "results": [
                {
                    "value": author.name if often[author.name] == 1 else author.slug,
                    "label": author.name,
                    "note": author.role,
                }
                for author in rows
            ]
        }
    )
