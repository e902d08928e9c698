"""The picture beside links to an article that has none."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from articles.drawing import card_of, draw_card, is_signed
from articles.http.caching import validated
from articles.models import Article

from .renditions import not_there, one_at_a_time

# Not for ever like a rendition: the article may be withdrawn.
FOR_A_DAY = "public, max-age=86400"


@require_safe
def card(request, shard, number, version):
    """Drawn only at addresses that we have signed, and only while the article has this headline."""
    if not is_signed(number, version):
        return not_there()
    article = Article.objects.published(timezone.now()).filter(pk=number).first()
    found = article and card_of(number, article.headline, article.text_direction)
    if found is None or found.version != version or number // 1000 != shard:
        return not_there()
    with one_at_a_time(found.path):
        content = draw_card(found)
    response = HttpResponse(content, content_type="image/jpeg")
    response["Cache-Control"] = FOR_A_DAY
    return validated(request, response)
