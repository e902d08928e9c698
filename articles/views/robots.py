"""What robots may read, and where the sitemaps are."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from articles.conf import paper

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /preview/
Disallow: /search/
Disallow: /site-version/

Sitemap: {site}/sitemap.xml
Sitemap: {site}/sitemap-news.xml
"""


@require_safe
def robots(request):
    response = HttpResponse(ROBOTS.format(site=paper().url), content_type="text/plain")
    response["Cache-Control"] = "public, max-age=3600"
    return response
