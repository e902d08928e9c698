"""Passwords that somebody would try first at this paper."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError

from articles.conf import paper

# Roles, and what the program is called. docs/security-verification.md has this list.
EVERYWHERE = ("administrator", "admin", "contributor", "editor", "newsroom", "password", "publisher")
SHORTEST = 4  # letters of a word that counts
LEFT = 6  # letters and digits that a password must have besides


class WordsOfThePaper:
    """Refuses passwords that are little more than the paper's name, its host or a role."""

    def validate(self, password, user=None):
        left = whole = plain(password)
        for word in words():
            left = left.replace(word, "")
        if left != whole and len(left) < LEFT:
            raise ValidationError(
                "This password is little more than the name of the paper, its address or a role, which"
                " anybody would try first.",
                code="password_of_the_paper",
            )

    def get_help_text(self):
        return "Your password can’t be little more than the name of the paper, its address or a role."


def words():
    """The longest first, so that none is cut by a shorter one."""
    name, host = paper().name, urlsplit(paper().url).hostname or ""
    found = map(plain, (name, host, *name.split(), *host.split("."), *EVERYWHERE))
    return sorted({word for word in found if len(word) >= SHORTEST}, key=len, reverse=True)


def plain(text):
    return re.sub(r"[\W_]", "", text.casefold())
