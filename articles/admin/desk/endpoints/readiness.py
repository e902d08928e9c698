"""What keeps a text from being published, what its writer may want to mend, and how long it is, as JSON."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from articles.body import reading_minutes, word_count, words_of
from articles.body.text import shortened
from articles.conf import paper
from articles.images import rendition_url, social_rendition
from articles.models import Image
from articles.publishing.article.advice.all import advice_on
from articles.publishing.article.advice.lines import DESCRIPTION, TITLE
from articles.publishing.article.judging import judged
from articles.publishing.article.readiness import problems_of

from .typed import read_typed

# Where the form has another name for what a problem is about.
FIELDS = {"lead_image": "lead_alt"}


@never_cache
@require_POST
@csrf_protect
def readiness(request):
    """Takes a form. Answers {"must": […], "should": […], "length": a sentence, "found": what search results
    and shared links show}; each of the two lists has {"field", "sentence", "leftover"}. What must be right
    and is wrong in what readers have already is in the second one."""
    article, content = read_typed(request)
    brought, known = judged(article, content)
    text = words_of(content.body)
    minutes = reading_minutes(text, content.language or paper().language)
    return JsonResponse(
        {
            "must": [
                *(line(each.field, each.message) for each in problems_of(content)),
                *(line(each.field, each.sentence, each.leftover) for each in brought),
            ],
            "should": [
                line(each.field, each.sentence, each.leftover) for each in [*known, *advice_on(content)]
            ],
            "length": f"{word_count(text):,} words, {minutes} min read",
            "found": as_found(content, text),
        }
    )


def as_found(content, text):
    """The texts that the public page says of itself, cut as others cut them, and the address of the shared
    picture."""
    title = content.search_title or content.headline
    description = content.search_description or content.standfirst or text
    image = Image.objects.filter(pk=content.lead_image_id).first()
    return {
        "host": paper().host,
        "title": shortened(f"{title} – {paper().name}" if title else "", TITLE),
        "shared_title": title,
        "description": shortened(" ".join(description.split()), DESCRIPTION),
        "picture": rendition_url(social_rendition(image.source)) if image else "",
    }


def line(field, sentence, leftover=""):
    return {"field": FIELDS.get(field, field), "sentence": sentence, "leftover": leftover}
