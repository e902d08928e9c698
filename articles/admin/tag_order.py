"""The order of a series by hand: a number for each of its articles, which need no script and no mouse."""

from functools import partial

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse

from articles.models import Article, Tag
from articles.publishing import Refused
from articles.publishing.rights.of_articles import readable_or_public
from articles.publishing.shared.locks import tried_again
from articles.publishing.tags import MOST_PLACES, order_series

HIDDEN = "An article that you may not see"


class OrderForm(forms.Form):
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args, articles, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.articles = articles
        numbers = [article.pk for article in articles]
        seen = set(readable_or_public(user).filter(pk__in=numbers).values_list("pk", flat=True))
        for place, article in enumerate(articles, 1):
            self.fields[f"place_{article.pk}"] = forms.DecimalField(
                required=False,
                label=str(article) if article.pk in seen else HIDDEN,
                initial=place,
                min_value=0,
                max_value=9_999,
                max_digits=6,
                decimal_places=2,
                error_messages={"invalid": "Write a number, such as 3, or nothing."},
                widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any"}),
            )

    def rows(self):
        return [(article, self[f"place_{article.pk}"]) for article in self.articles]

    def wanted(self):
        """The numbers of the articles that have a place, in the order of these. Of two with the same place
        the one that stood first stays first."""
        places = {article.pk: self.cleaned_data[f"place_{article.pk}"] for article in self.articles}
        return sorted((pk for pk, place in places.items() if place is not None), key=places.get)


def series_order(model_admin, request, pk):
    if not model_admin.has_change_permission(request):
        raise PermissionDenied
    tag = get_object_or_404(Tag, pk=pk, is_series=True)
    articles = articles_of(tag)
    form = OrderForm(
        request.POST or None, articles=articles, user=request.user, initial={"version": tag.version}
    )
    by_time = "by_time" in request.POST
    # Wrong numbers do not matter to an editor who wants none of them.
    if request.method == "POST" and (form.is_valid() or (by_time and "version" not in form.errors)):
        wanted = [] if by_time else form.wanted()
        try:
            tried_again(partial(order_series, tag, wanted, expected=form.cleaned_data["version"]))
        except Refused as refusal:
            form.add_error(None, str(refusal))
            # The editor has been told, so saving once more is allowed.
            form.data = form.data.copy()
            form.data["version"] = Tag.objects.get(pk=pk).version
        else:
            messages.success(
                request, f"“{tag}” is in {'this order' if wanted else 'order of publication'} now."
            )
            return redirect("admin:articles_tag_change", pk)
    context = {
        **model_admin.admin_site.each_context(request),
        "title": f"Order of “{tag}”",
        "opts": model_admin.opts,
        "tag": tag,
        "form": form,
        "most": MOST_PLACES,
        "is_long": len(articles) > MOST_PLACES,
    }
    return TemplateResponse(request, "admin/articles/tag/order.html", context)


def articles_of(tag):
    """In the order in which readers are led through them; one more than can be ordered, if there are more."""
    order = (
        F("tag_links__place").asc(nulls_last=True),
        F("tag_links__published_at").asc(nulls_last=True),
        "pk",
    )
    rows = Article.objects.filter(tag_links__tag=tag).order_by(*order)
    return list(rows.only("headline", "state", "publish_at", "expires_at")[: MOST_PLACES + 1])
