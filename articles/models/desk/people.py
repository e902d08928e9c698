"""What colleagues call each other at the desk."""

from django.contrib.auth.models import AbstractBaseUser


def name_of(user: AbstractBaseUser | None, site: str = "The site") -> str:
    """The full name; the log-in name only of somebody who has no other. None is the site itself, which is
    called `site`."""
    if user is None:
        return site
    return user.get_full_name() or user.get_username()
