"""The front of the paper or of a section with a board that is not published, for the desk, which shows it
beside the form."""

from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.http.content_policy import HEADER, OF_PREVIEWS
from articles.views.shared.navigation import read_navigation

from .front import front_page
from .listings import section_page_with


@never_cache
@require_POST
def typed(request, which, read):
    """`read` makes the section, the board and the time from the form, and raises PermissionDenied."""
    section, board, at = read(request, which)
    if section is None:
        response = front_page(request, board, at=at)
    else:
        navigation = read_navigation()
        shown = navigation.section_by_pk(section.pk)
        response = section_page_with(request, shown, navigation, board, at=at)
    response["X-Robots-Tag"] = "noindex"
    response[HEADER], response["X-Frame-Options"] = OF_PREVIEWS, "SAMEORIGIN"
    return response
