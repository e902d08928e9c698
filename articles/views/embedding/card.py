"""The card of a story that other sites may frame, and nothing else of ours."""

from django.views.decorators.http import require_safe

from articles.conf import paper
from articles.http.caching import short_answer
from articles.http.content_policy import HEADER, OF_EMBEDS
from articles.models import Article
from articles.views.shared.cards import language_attributes
from articles.views.shared.rendering import absolute, render_page


@require_safe
def embed(request, uid):
    rows = Article.including_bin.select_related("section", "lead_image")
    article = rows.filter(uid=uid).first()
    if article is None or not article.has_been_out:
        return short_answer(404, "There is no such story here.")
    context = {
        "article": article.hide_withheld() if article.is_public() else None,
        "address": absolute(article.get_absolute_url()),
        "home": absolute("/"),
        "language_attributes": language_attributes(article.language, article.direction, paper().language),
    }
    response = render_page(
        request, "pages/embed.html", "embed", context, status=200 if context["article"] else 410
    )
    response[HEADER] = OF_EMBEDS
    # The policy says who may frame it; an older header would say that nobody may.
    response.xframe_options_exempt = True
    return response
