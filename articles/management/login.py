"""The first editor's login: made once, kept in a file that only the site's own user can read."""

import secrets
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.contrib.auth.models import Group
from django.db import transaction

from articles.conf import var_folder
from articles.models import Author
from articles.publishing.authors import save_author
from articles.whole_files import write_whole
from articles.words.slugs import slug_of

NAME = "editor"


@dataclass(frozen=True)
class Login:
    name: str
    password: str

    def __str__(self):
        return f"{self.name} {self.password}"


def login_file() -> Path:
    return var_folder() / "editor-login.txt"


def kept_login() -> Login | None:
    try:
        name, password = login_file().read_text().split()
    except (FileNotFoundError, ValueError):
        return None
    return Login(name, password)


def keep(login: Login):
    write_whole(login_file(), f"{login}\n", mode=0o600)


def ensure_login() -> Login | None:
    """The login that works; None where the newsroom has users whose passwords only they know. The people of
    the demonstration have none."""
    users = get_user_model().objects
    kept = kept_login()
    if kept and users.filter(username=kept.name).exists():
        return kept
    if users.exclude(password__startswith=UNUSABLE_PASSWORD_PREFIX).exists():
        return None
    return new_login(kept.name if kept else NAME)


@transaction.atomic
def new_login(name=NAME, *, role: str | None = None) -> Login:
    """Makes the user, or gives the one there is a new password. ValidationError if the name is no user's.

    `role` is the name of a group, of which alone the user is a member afterwards. Without it, a new user may
    do everything.
    """
    users = get_user_model()
    name = users._meta.get_field("username").clean(users.normalize_username(name), None)
    login = Login(name, secrets.token_urlsafe(15))
    user, made = users.objects.get_or_create(username=name, defaults={"is_staff": True, "is_superuser": True})
    user.set_password(login.password)
    if role:
        user.is_staff, user.is_superuser = True, False
        user.groups.set([Group.objects.get(name=role)])
    user.save()
    if made and not Author.objects.filter(user=user).exists():
        save_author(byline_for(user))
    if user.is_superuser:
        keep(login)
    return login


def byline_for(user):
    """The author who is "me" on the editor's own articles, to be renamed at leisure."""
    name = user.get_full_name() or user.get_username().capitalize()
    # A name of dots alone leaves nothing, and an author needs an address.
    slug = slug_of(name) or "author"
    if Author.objects.filter(slug=slug).exists():
        slug = f"{slug}-{user.pk}"
    return Author(name=name, slug=slug, user=user)
