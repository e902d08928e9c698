"""What is done with many rows at once has a limit: all of it happens in one request."""

from django.contrib import messages

MOST_AT_ONCE = 200


def are_too_many(request, queryset):
    """Whether nothing is done because more rows are chosen; that is told."""
    if queryset.count() <= MOST_AT_ONCE:
        return False
    names = queryset.model._meta.verbose_name_plural
    messages.error(request, f"Choose at most {MOST_AT_ONCE} {names} at a time. Nothing was done.")
    return True
