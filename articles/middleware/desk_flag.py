"""A cookie that tells the script on public pages that an editor is reading, so it shows the *Edit* link.

It opens nothing: whoever sets it by hand sees a link to the log-in page.
"""

from django.urls import reverse

COOKIE = "newsroom_desk"


class DeskFlag:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if request.path.startswith(reverse("admin:index")):
            mark(request, response)
        return response


def mark(request, response):
    has_it = COOKIE in request.COOKIES
    if not request.user.is_authenticated:
        if has_it:
            response.delete_cookie(COOKIE, path="/", samesite="Lax")
    elif not has_it and writes(request.user):
        response.set_cookie(COOKIE, "1", path="/", samesite="Lax", secure=request.is_secure())


def writes(user):
    """Without asking for sections, which would be a query on each page of the desk."""
    return user.is_staff and any(user.has_perm(f"articles.{act}_article") for act in ("change", "add"))
