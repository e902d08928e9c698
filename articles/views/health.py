"""Answers load balancers, which ask whether the process is alive and whether it can answer readers."""

from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def live(request):
    return HttpResponse("alive\n", content_type="text/plain")


@never_cache
@require_safe
def ready(request):
    """503 while the database does not answer, so that readers are sent to other hosts."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer\n", content_type="text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")
