"""What robots may read, and where the sitemaps are."""

from django.views.decorators.http import require_safe

from articles.conf import paper, site_files
from articles.http.caching import file_answer

ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /api/
Disallow: /preview/
Disallow: /site-version/

Sitemap: {site}/sitemap.xml
Sitemap: {site}/sitemap-news.xml
"""


@require_safe
def robots(request):
    text, added = ROBOTS.format(site=paper().url), site_files().robots
    if added:
        text = f"{text}\n{added.read_text(encoding='utf-8').strip()}\n"
    return file_answer(request, text, "text/plain")
