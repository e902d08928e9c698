"""Cleans pasted text as saving will, so that an editor sees at once what is kept, and reads what is not."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from articles.admin.desk.form.body_editor import excess, for_editor
from articles.admin.desk.rights import may_use_the_editor
from articles.body import sanitise_with_notes


@never_cache
@require_POST
@csrf_protect
def pasted(request):
    """Takes {"html"}. Answers {"html", "told": sentences}, or {"error": a sentence} with an error status."""
    if not may_use_the_editor(request.user):
        return JsonResponse({"error": "You are logged out. Log in again in another tab."}, status=403)
    html = request.POST.get("html", "")
    if sentence := excess(html):
        return JsonResponse({"error": sentence}, status=413)
    made = sanitise_with_notes(html)
    told = [line for line in (made.cleaned, *made.notes) if line]
    return JsonResponse({"html": for_editor(made.html), "told": told})
