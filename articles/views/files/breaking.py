"""The line of breaking news, for the script of pages that are not printed with it."""

from django.views.decorators.http import require_safe

from articles.fronts.breaking import file_of
from articles.http.caching import ALWAYS_ASKED, file_answer
from articles.page_facts import PageFacts
from articles.views.shared.navigation import read_navigation


@require_safe
def breaking(request):
    facts = PageFacts(is_asked_each_time=True)
    answer = file_answer(request, file_of(read_navigation().line), "text/plain", facts=facts)
    answer["Cache-Control"] = ALWAYS_ASKED
    return answer
