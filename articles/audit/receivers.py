"""What is recorded without a word from whoever does it: log-ins, rights, and the acts that readers see.

Django and the verbs already say these things by signals, so no way to do them is forgotten,
commands included.
"""

from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractBaseUser, Group, User
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db import models
from django.db.models.signals import m2m_changed, post_delete, post_save, pre_save

from articles.models import Act, AuditEntry, DraftLink, Section

from .record import record

Kind = AuditEntry.Kind
# Acts that change what readers get, or may. What only the desk sees of an article, its own log has.
PUBLISHING = frozenset(
    {
        *(Act.Verb.APPROVE, Act.Verb.PUBLISH, Act.Verb.SCHEDULE, Act.Verb.CANCEL, Act.Verb.WITHDRAW),
        *(Act.Verb.CORRECT, Act.Verb.MEND, Act.Verb.UNCORRECT, Act.Verb.REDATE),
        *(Act.Verb.BIN, Act.Verb.UNBIN),
    }
)
SWITCHES = {"is_active": "active", "is_staff": "staff", "is_superuser": "superuser"}
WORDS = {"username": "log-in name changed", "email": "e-mail address changed", "password": "password changed"}


def connect() -> None:
    user_logged_in.connect(on_log_in)
    user_logged_out.connect(on_log_out)
    user_login_failed.connect(on_refusal)
    pre_save.connect(before_account, sender=User)
    post_save.connect(on_account, sender=User)
    for model in (User, Group):
        post_delete.connect(on_removal, sender=model)
    post_save.connect(on_act, sender=Act)
    post_save.connect(on_draft_link, sender=DraftLink)
    for through in (User.groups, User.user_permissions, Group.permissions, Section.groups):
        m2m_changed.connect(on_rights, sender=through.through)


def on_log_in(sender: Any, request: Any, user: AbstractBaseUser, **more: Any) -> None:
    record(Kind.LOG_IN, named(user), by=user, detail=with_factor(request))


def with_factor(request: Any) -> str:
    factor = getattr(request, "second_factor", "")
    return f"with {factor}" if factor else ""


def on_log_out(sender: Any, request: Any, user: AbstractBaseUser | None, **more: Any) -> None:
    if user is not None:
        record(Kind.LOG_OUT, named(user), by=user)


def on_refusal(sender: Any, credentials: dict[str, Any], request: Any = None, **more: Any) -> None:
    """Not while the brake is on, or whoever guesses could fill the disk. Nor is a name written down that is
    no account's: many a password is typed where the name belongs."""
    if request is None or getattr(request, "axes_locked_out", False):
        return
    typed = str(credentials.get("username") or "").replace("\x00", "")
    user = get_user_model().objects.filter(username=typed).first()
    what = named(user) if user else "a name that no account has"
    record(Kind.REFUSED, what, detail=credentials.get("second_factor", "wrong password"))


def before_account(sender: Any, instance: User, update_fields: Any = None, **more: Any) -> None:
    """Remember what the account was. Django saves single fields by itself at a log-in: the time, and the same
    password hashed anew."""
    is_by_itself = update_fields is not None and set(update_fields) <= {"last_login", "password"}
    before = None if is_by_itself or not instance.pk else User.objects.filter(pk=instance.pk)
    instance.was_before = before.values(*SWITCHES, *WORDS).first() if before is not None else None


def on_account(sender: Any, instance: User, created: bool, **more: Any) -> None:
    if created:
        record(
            Kind.ACCOUNT, named(instance), detail=f"made; {', '.join(switched_on(instance)) or 'no marks'}"
        )
    elif told := changes(instance.was_before, instance):
        record(Kind.ACCOUNT, named(instance), detail="; ".join(told))


def switched_on(user: User) -> list[str]:
    return [word for name, word in SWITCHES.items() if getattr(user, name)]


def changes(before: dict[str, Any] | None, user: User) -> list[str]:
    changed = [name for name in before or () if before and before[name] != getattr(user, name)]
    return [
        f"{SWITCHES[name]} {'on' if getattr(user, name) else 'off'}" if name in SWITCHES else WORDS[name]
        for name in changed
    ]


def on_removal(sender: type[models.Model], instance: models.Model, **more: Any) -> None:
    record(Kind.DELETED, named(instance))


def on_act(sender: Any, instance: Act, created: bool, **more: Any) -> None:
    """Without the detail, which may hold words, and only what somebody did: an import has thousands."""
    if created and instance.by is not None and instance.verb in PUBLISHING:
        what = f"article {instance.article_id}"
        record(Kind.PUBLISHING, what, by=instance.by, detail=str(instance.get_verb_display()))


def on_draft_link(sender: Any, instance: DraftLink, created: bool, **more: Any) -> None:
    if created:
        record(
            Kind.EXPORTED, f"article {instance.article_id}", by=instance.by, detail="draft link for outsiders"
        )


VERBS = {"post_add": "given", "post_remove": "taken", "pre_clear": "all taken"}


def on_rights(
    sender: Any, instance: models.Model, action: str, reverse: bool, model: Any, pk_set: Any, **more: Any
) -> None:
    """Of groups to people, permissions to both, and sections to groups; from whichever side it is done."""
    if action not in VERBS or (pk_set is not None and not pk_set):
        return
    names = ", ".join(sorted(map(str, model.objects.filter(pk__in=pk_set or ()))))
    about = f"{model._meta.verbose_name_plural}: {names}" if names else str(model._meta.verbose_name_plural)
    record(Kind.RIGHTS, named(instance), detail=f"{VERBS[action]} {about}")


def named(row: models.Model) -> str:
    return f"{row._meta.verbose_name} {row}"
