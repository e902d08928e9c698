"""Every page of the desk, in a newsroom that has one of each kind."""

from django.contrib import admin
from django.contrib.auth.models import User
from django.urls import reverse

from articles.models import Article, Tag
from articles.publishing import correct
from articles.publishing.addresses.redirects import Wanted, save_redirect
from articles.publishing.article.bin import put_in_bin
from articles.publishing.counting.visits import write_visits
from tests import factories

LONG = "Donaudampfschifffahrtsgesellschaftskapitänswitwe weighs the price of a higher sea wall"


def furnished(editor):
    """The article of a newsroom whose names and headlines are long."""
    image = factories.image(LONG)
    author = factories.author(LONG[:60])
    article = factories.published_article(
        headline=LONG, lead_image=image, authors=[author], tags=(LONG[:60],)
    )
    correct(article, by=editor, text=LONG)
    factories.page()
    put_in_bin(factories.article(headline=LONG), by=editor)
    save_redirect(Wanted("/old-address/", article.get_absolute_url()))
    write_visits({}, {"/nothing/here/": 3})
    return article


def pages():
    """The address of each list and form of the admin, and of one of each other kind of page."""
    yield from map(reverse, ("admin:index", "admin:password_change", "desk_own_page"))
    yield reverse("admin:auth_user_link", args=[User.objects.first().pk])
    for model, of_model in admin.site._registry.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        yield reverse(f"{name}_changelist")
        if type(of_model).has_add_permission is admin.ModelAdmin.has_add_permission:
            yield reverse(f"{name}_add")
        if row := model._default_manager.first():
            yield reverse(f"{name}_change", args=[row.pk])
    article, tag = Article.objects.exclude(corrections=None).first(), Tag.objects.first()
    yield from (
        reverse(f"admin:articles_article_{view}", args=[article.pk])
        for view in ("history", "compare", "publish_time")
    )
    yield from (reverse(f"admin:articles_tag_{view}", args=[tag.pk]) for view in ("history", "delete"))
    yield from map(reverse, ("admin:articles_image_add", "admin:articles_oldaddress_upload"))
    yield reverse("admin:articles_article_correction", args=[article.pk, article.corrections.first().pk])
