"""What stands in a board's form that is not published, for the preview beside it."""

from django.utils import timezone

from .form import BoardForm
from .view import front_of


def read_board(request, which):
    """The section of the front, None for the paper's; the board that was typed; and the time at which it goes
    out. Raises PermissionDenied."""
    section = front_of(request, which)
    form = BoardForm(request.POST, section=section, user=request.user)
    form.is_valid()
    at = max(form.cleaned_data.get("at") or timezone.now(), timezone.now())
    return section, form.board(at), at
