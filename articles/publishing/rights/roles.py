"""The roles of a newsroom, as four groups that are there from the first migrate on.

Contributors write stories of their own and submit them. Editors write in everybody's, send back and approve.
Publishers decide what readers get. Administrators do everything, and also make accounts and groups. A group
gets its permissions when it is made. Later migrations add only permissions that are new, so what an operator
has taken out stays out.
"""

from typing import Any

from django.apps import AppConfig
from django.apps import apps as global_apps
from django.contrib.auth.management import create_permissions
from django.contrib.auth.models import Group, Permission
from django.db.models import Q

EVERYTHING = ("add", "change", "delete", "view")
CONTRIBUTORS = {
    # Whoever may add articles may write in their own, as long as they are drafts.
    "article": ("add",),
    "image": ("add", "view"),
    "document": ("add", "view"),
    "section": ("view",),
    "author": ("view",),
    "tag": ("view",),
}
EDITORS = {
    **CONTRIBUTORS,
    "article": ("add", "change", "view", "approve"),
    "revision": ("view",),
    "act": ("view",),
}
PUBLISHERS = {
    "article": (*EVERYTHING, "approve", "publish", "erase"),
    "image": EVERYTHING,
    "document": EVERYTHING,
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
# None: every permission of the newsroom, of people and of groups.
GROUPS = {
    "Contributors": CONTRIBUTORS,
    "Editors": EDITORS,
    "Publishers": PUBLISHERS,
    "Administrators": None,
}


def make_groups(sender: AppConfig, *, using: str, apps: Any = global_apps, **more: Any) -> None:
    """Receiver of Django's post_migrate signal for this app. It makes the permissions first, to know which
    are new.

    `apps` is the registry of the state that was migrated to; `flush` sends the signal without one.
    """
    try:
        apps.get_model("auth", "Group")
    except LookupError:
        return  # Migrated to a time without groups.
    labels = (sender.label, "auth")
    permissions = Permission.objects.using(using).filter(content_type__app_label__in=labels)
    before = set(permissions.values_list("pk", flat=True))
    for label in labels:
        create_permissions(global_apps.get_app_config(label), using=using, verbosity=0)
    for name, rights in GROUPS.items():
        group, made = Group.objects.using(using).get_or_create(name=name)
        wanted = permissions.filter(of_role(rights))
        give(group, wanted if made else wanted.exclude(pk__in=before), using=using)


def give(group: Any, permissions: Any, *, using: str) -> None:
    """Without the signal of add(): what an update brings is nobody's act, and not for the audit log."""
    through = group.permissions.through
    rows = [
        through(group_id=group.pk, permission_id=number)
        for number in permissions.values_list("pk", flat=True)
    ]
    through.objects.using(using).bulk_create(rows, ignore_conflicts=True)


def of_role(rights: dict[str, tuple[str, ...]] | None) -> Q:
    """The condition on permissions."""
    if rights is None:
        return ~Q(content_type__model="permission")
    codenames = [f"{act}_{model}" for model, acts in rights.items() for act in acts]
    return Q(content_type__app_label="articles", codename__in=codenames)
