"""The line of breaking news, for pages that are not printed with it, and the script that shows it there."""

from django.views.decorators.http import require_safe

from articles.fronts.breaking import file_of
from articles.http.caching import ALWAYS_ASKED, file_answer
from articles.page_assets import breaking_script
from articles.page_facts import PageFacts
from articles.views.shared.navigation import read_navigation


@require_safe
def breaking(request):
    facts = PageFacts(is_asked_each_time=True)
    answer = file_answer(request, file_of(read_navigation().line), "text/plain", facts=facts)
    answer["Cache-Control"] = ALWAYS_ASKED
    return answer


@require_safe
def script(request):
    return file_answer(request, breaking_script(), "text/javascript")
