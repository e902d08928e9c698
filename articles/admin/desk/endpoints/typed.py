"""What stands in a form that is not saved, for the preview beside it."""

import uuid

from django.core.exceptions import PermissionDenied

from articles.admin.desk.form.article_form import DeskForm
from articles.admin.desk.rights import may_open
from articles.models import Article


def read_typed(request):
    """The article of the form, and the content that was typed. A new article has no row. Raises
    PermissionDenied."""
    user = request.user
    article = article_of(request.POST.get("uid", ""))
    if not may_open(user, article):
        raise PermissionDenied
    form = DeskForm(request.POST, user=user, article=article)
    form.is_valid()
    return article or Article(), form.content_so_far()


def article_of(uid):
    """None if it was never saved."""
    try:
        uid = uuid.UUID(uid)
    except ValueError:
        return None
    return Article.objects.select_related("working_copy", "lead_image").filter(uid=uid).first()
