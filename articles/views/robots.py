"""What robots may read."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /preview/
Disallow: /search/
Disallow: /site-version/
"""


@require_safe
def robots(request):
    response = HttpResponse(ROBOTS, content_type="text/plain")
    response["Cache-Control"] = "public, max-age=3600"
    return response
