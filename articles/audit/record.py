from django.contrib.auth.models import AbstractBaseUser

from articles.models import AuditEntry

from .origin import origin

LONGEST = 500


def record(
    kind: AuditEntry.Kind, what: str, *, by: AbstractBaseUser | None = None, detail: str = ""
) -> AuditEntry:
    """Write down who did what, in the transaction in which it is done.

    `what` names the thing and never quotes it: an article is “article 12”, because a headline is text of a
    draft. Who did it is whoever is logged in, unless the caller knows better; the address is that of the
    request that is being answered, and empty for commands and for what the clock does.
    """
    person = by or origin().person
    return AuditEntry.objects.create(
        kind=kind,
        person=person.pk if person else None,
        name=person.get_username() if person else "",
        address=origin().address,
        what=fit(what),
        detail=fit(detail),
    )


def fit(text: str) -> str:
    """Within the column, and without the NUL that PostgreSQL does not take."""
    return text.replace("\x00", "�")[:LONGEST]
