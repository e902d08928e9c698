"""The pages of an article's history."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse

from articles.admin.desk.form.body_editor import all_for_editor
from articles.admin.desk.rights import SAVE, may_open, not_for, permitted, refusal, refuse_target
from articles.admin.desk.times import spoken
from articles.admin.shared.nonsense import row_number
from articles.body.compare import Change, compare_bodies
from articles.models import Article
from articles.publishing import Conflict, Content, Refused
from articles.publishing.article.drafts import locked
from articles.publishing.article.merging.older_forms import refuse_if_changed, token_of
from articles.publishing.article.restoring import bring_back_block, bring_back_field, bring_back_version
from articles.publishing.shared.locks import tried_again

from .fields import LABELS, differences
from .versions import lines_of


def history(request, site, article):
    refuse_strangers(request, article)
    lines = lines_of(article)
    return page(request, site, article, "versions", title="History", lines=lines)


def compare(request, site, article):
    """Version `old` beside version `new`; without them, the newest beside the one before."""
    refuse_strangers(request, article)
    new = version(request.GET.get("new") or article.version, article)
    old = version(request.GET.get("old") or max(new.number - 1, 1), article)
    before, after = Content.of_revision(old), Content.of_revision(new)
    rows = compare_bodies(before.body, after.body)
    is_one = old.number == new.number
    context = {
        "title": f"Version {new.number}" if is_one else f"Version {old.number} and version {new.number}",
        "is_one": is_one,
        "old": old,
        "new": new,
        "differences": differences(before, after),
        "rows": list(zip(rows, all_for_editor([row.html for row in rows]), strict=True)),
        "is_same_text": all(row.change is Change.SAME for row in rows),
        # A paragraph is brought back into the text that there is now.
        "is_newest": new.number == article.version,
    }
    return page(request, site, article, "compare", **context)


def restore(request, site, article):
    """Bring a version back, or a paragraph or a field of it, as unpublished text."""
    old = version(request.POST.get("old"), article)
    try:
        article = tried_again(lambda: done(request, article, old))
    except Refused as refusal:
        newer = "Somebody has saved the article since you opened this; look at the newest version first."
        why = newer if isinstance(refusal, Conflict) else f"{refusal} Nothing was brought back."
        messages.error(request, why)
        return HttpResponseRedirect(reverse("admin:articles_article_history", args=[article.pk]))
    messages.success(request, f"{what(request)} of version {old.number} is back. {who_sees(article)}")
    return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))


def who_sees(article):
    if article.is_scheduled:
        return f"It goes out like this on {spoken(article.publish_at)}."
    return "Readers see nothing of it until you publish it." if article.is_public() else "It is saved."


@transaction.atomic
def done(request, article, old):
    by, expected = request.user, row_number(request.POST.get("version", ""))
    article = locked(article, expected)
    # Asked of the locked row: a colleague may have scheduled it, and then it goes out as it is saved.
    if not permitted(SAVE, by, article):
        raise PermissionDenied(refusal(SAVE, by, article))
    refuse_if_changed(article, request.POST.get("seen", ""))
    name, block = request.POST.get("field"), row_number(request.POST.get("block", ""))
    if block is not None and name not in LABELS:
        return bring_back_block(article, old, block, by=by, expected=expected)
    if name not in LABELS or name == "section_id":
        refuse_target(SAVE, by, article, Content.of_revision(old).section_id)
    if name in LABELS:
        return bring_back_field(article, old, name, by=by, expected=expected)
    return bring_back_version(article, old, by=by, expected=expected)


def what(request):
    if (name := request.POST.get("field")) in LABELS:
        return f"The field “{LABELS[name]}”"
    return "The paragraph" if request.POST.get("block") else "The text"


def version(number, article):
    number = row_number(str(number))
    if number is None or number >= 2**31:
        raise Http404
    return get_object_or_404(article.revisions.select_related("by"), number=number)


def refuse_strangers(request, article):
    if not may_open(request.user, article):
        raise PermissionDenied(not_for(request.user, article))


def page(request, site, article, name, **more):
    context = {
        **site.each_context(request),
        "opts": Article._meta,
        "original": article,
        "may_restore": permitted(SAVE, request.user, article),
        "seen": token_of(article),
        "is_nav_sidebar_enabled": False,
        **more,
    }
    request.current_app = site.name
    return TemplateResponse(request, f"admin/history/{name}.html", context)
