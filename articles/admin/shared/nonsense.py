"""What no page of the desk sends. Django hands it to the database as it came, and answers with its error.

To be mixed into every admin class, before Django's own.
"""

from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters

BIGGEST = 2**63 - 1


def row_number(text):
    """The number that a row may have, or None."""
    written = text.isascii() and text.isdecimal() and len(text) <= len(str(BIGGEST))
    return int(text) if written and int(text) <= BIGGEST else None


class RefusesNonsense:
    def lookup_allowed(self, lookup, value, request):
        """Allow only the conditions of the filters beside the list. Django would take any condition on any
        column, also a regular expression that keeps the database busy, or a year that does not exist."""
        if not any(asks(each, lookup) for each in self.get_list_filter(request)):
            messages.warning(request, f"This list cannot be narrowed by “{lookup[:60]}”; here is all of it.")
            raise IncorrectLookupParameters
        return super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request, queryset, search_term):
        # PostgreSQL takes no NUL, and fields that suggest while one types pass it on.
        return super().get_search_results(request, queryset, search_term.replace("\x00", ""))

    def response_action(self, request, queryset):
        chosen = request.POST.getlist(ACTION_CHECKBOX_NAME)
        if any(row_number(each) is None for each in chosen):
            messages.error(request, "What was chosen is not in the list. Nothing was done; choose again.")
            return None
        return super().response_action(request, queryset)


def asks(list_filter, lookup):
    """Whether the filter, one of our own or the name of a column, puts this into an address."""
    if isinstance(list_filter, str):
        return lookup.rpartition("__")[2] in {"exact", "isnull"} and lookup.startswith(f"{list_filter}__")
    return lookup == list_filter.parameter_name
