from django.db.models import Q

COLUMNS = ("alt", "caption", "credit", "original_name")


def find_images(queryset, text):
    """Those that have each of the words in one of their texts or in the name of the uploaded file."""
    for word in text.replace("\x00", "")[:200].split()[:8]:
        found = Q()
        for column in COLUMNS:
            found |= Q(**{f"{column}__icontains": word})
        queryset = queryset.filter(found)
    return queryset
