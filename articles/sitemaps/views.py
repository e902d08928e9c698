"""What search engines ask for: all addresses of the paper, and the newest stories."""

import datetime

from django.http import Http404
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.http.caching import file_answer

from . import files


@require_safe
def index(request):
    return answer(request, files.index(timezone.now()))


@require_safe
def lists(request, part=1):
    return answer(request, files.of_lists(timezone.now(), part))


@require_safe
def news(request):
    return answer(request, files.of_news(timezone.now()))


@require_safe
def month(request, year, month, part=1):
    try:
        opens, closes = midnight(year, month), midnight(year + month // 12, month % 12 + 1)
    except ValueError as error:
        raise Http404 from error
    return answer(request, files.of_month(timezone.now(), opens, closes, part))


def midnight(year, month):
    return datetime.datetime(year, month, 1, tzinfo=timezone.get_default_timezone())


def answer(request, text):
    if not text:
        raise Http404
    return file_answer(request, text, "application/xml")
