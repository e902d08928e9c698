"""Sets the quotation marks, dashes and spaces of a text as its language has them. Nothing is saved."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from articles.admin.desk.form.body_editor import excess, for_editor
from articles.admin.desk.rights import may_use_the_editor
from articles.body import sanitise
from articles.body.typography import typographic_body
from articles.conf import paper
from articles.words.typography import typographic

LINES = ("kicker", "headline", "standfirst", "lead_caption")
LONGEST = 5000


@never_cache
@require_POST
@csrf_protect
def typeset(request):
    """Takes the fields of LINES, "body" and "language". Answers {"fields"} with those that change, or
    {"error": a sentence} with an error status."""
    if not may_use_the_editor(request.user):
        return JsonResponse({"error": "You are logged out. Log in again in another tab."}, status=403)
    if sentence := excess(request.POST.get("body", "")):
        return JsonResponse({"error": sentence}, status=413)
    language = request.POST.get("language", "")[:20] or paper().language
    typed = {name: request.POST[name] for name in LINES if name in request.POST}
    made = {name: typographic(text, language) for name, text in typed.items() if len(text) <= LONGEST}
    changed = {name: text for name, text in made.items() if text != typed[name]}
    return JsonResponse({"fields": changed | changed_body(request.POST.get("body", ""), language)})


def changed_body(html, language):
    body = sanitise(html)
    made = typographic_body(body, language)
    return {"body": for_editor(made)} if made != body else {}
