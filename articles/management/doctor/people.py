from django.conf import settings
from django.contrib.auth import get_user_model

from articles.conf import paper
from articles.management.login import kept_login, login_file

from .finding import unwise, wrong


def people():
    users = get_user_model().objects.filter(is_active=True, is_staff=True)
    if not users.filter(is_superuser=True).exists():
        yield wrong("Nobody may do everything at the desk; run: python manage.py editor NAME")
    is_public = paper().url.startswith("https:")
    if is_public and kept_login():
        yield unwise(
            f"{login_file()} still holds a password that can be read; give it to its user and delete the "
            "file."
        )
    if settings.EMAIL_HOST and (number := users.filter(email="").count()):
        yield unwise(
            f"{number} people at the desk have no e-mail address, so they can't set a forgotten password "
            "anew."
        )
    if settings.DEBUG:
        yield unwise("DEBUG is on: an error shows the insides of the site to whoever meets it.")
