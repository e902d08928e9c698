"""Who may do what at the desk, as two groups that are there from the first migrate on.

Editors may do everything. Reporters write and submit; editors publish. A group gets its permissions when it
is made. Later migrations add only permissions that are new, so what an operator has taken out stays out.
"""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as global_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission

EVERYTHING = ("add", "change", "delete", "view")
EDITORS = {
    "article": (*EVERYTHING, "publish", "erase"),
    "image": EVERYTHING,
    "section": EVERYTHING,
    "author": EVERYTHING,
    "tag": EVERYTHING,
    "page": EVERYTHING,
    "oldaddress": EVERYTHING,
    "missedaddress": ("view", "delete"),
    "correction": EVERYTHING,
    "revision": ("view",),
    "act": ("view",),
}
REPORTERS = {
    "article": ("add", "change", "view"),
    "image": ("add", "view"),
    "section": ("view",),
    "author": ("view",),
    "tag": ("view",),
    "revision": ("view",),
    "act": ("view",),
}
GROUPS = {"Editors": EDITORS, "Reporters": REPORTERS}


def make_groups(sender: AppConfig, *, using: str, apps: Any = global_apps, **more: Any) -> None:
    """Receiver of Django's post_migrate signal for this app. It makes the permissions first, to know which
    are new.

    `apps` is the registry of the state that was migrated to; `flush` sends the signal without one.
    """
    try:
        apps.get_model("auth", "Group")
    except LookupError:
        return  # Migrated to a time without groups.
    permissions = Permission.objects.using(using).filter(content_type__app_label=sender.label)
    before = set(permissions.values_list("pk", flat=True))
    create_permissions(sender, using=using, verbosity=0)
    for name, rights in GROUPS.items():
        group, made = Group.objects.using(using).get_or_create(name=name)
        codenames = [f"{act}_{model}" for model, acts in rights.items() for act in acts]
        wanted = permissions.filter(codename__in=codenames)
        group.permissions.add(*(wanted if made else wanted.exclude(pk__in=before)))
