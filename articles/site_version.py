"""The reader's choice of the narrow or the wide layout: cookie → SiteVersion, and the view that sets it.

Every page is one HTML for everybody. The choice changes two things of it, an attribute on <html> and the
viewport; static/js/site_version.js applies them before the first paint, and where there is no script the
server does, from the same cookie.
"""

import unicodedata
from enum import StrEnum
from typing import Self

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

COOKIE = "site_version"
ONE_YEAR = 365 * 24 * 60 * 60
LONGEST_NEXT = 2000


class SiteVersion(StrEnum):
    AUTOMATIC = "automatic"
    MOBILE = "mobile"
    DESKTOP = "desktop"

    @classmethod
    def from_cookie(cls, value: str | None) -> Self:
        """Anything that is no choice of ours means automatic."""
        return cls(value) if value in {cls.MOBILE, cls.DESKTOP} else cls.AUTOMATIC

    @classmethod
    def of(cls, request: HttpRequest) -> Self:
        return cls.from_cookie(request.COOKIES.get(COOKIE))

    @property
    def is_chosen(self) -> bool:
        return self is not SiteVersion.AUTOMATIC

    @property
    def viewport(self) -> str:
        """The viewport tag's content; zoom stays allowed in all of them."""
        return "width=1180" if self is SiteVersion.DESKTOP else "width=device-width,initial-scale=1"


# A printed page is a file for everybody and can carry no token of one reader's. All that a forged request
# could do is choose another layout, which its victim takes back with one tap.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def set_site_version(request: HttpRequest) -> HttpResponse:
    """Store the choice and lead back to the page; whoever merely opens this address gets the front."""
    chosen, back = "", "/"
    if request.method == "POST":
        chosen, back = request.POST.get("version", ""), safe_next(request.POST.get("next", ""))
    response = HttpResponseRedirect(back)
    response.status_code = 303
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    if chosen == SiteVersion.AUTOMATIC:
        response.delete_cookie(COOKIE, samesite="Lax")
    elif SiteVersion.from_cookie(chosen).is_chosen:
        response.set_cookie(COOKIE, chosen, max_age=ONE_YEAR, secure=request.is_secure(), samesite="Lax")
    return response


def safe_next(address: str) -> str:
    """The address if it is a path of this site, else the front page."""
    if not address.startswith("/") or len(address) > LONGEST_NEXT:
        return "/"
    # Browsers drop tabs and line ends out of an address before they read it: "/\t/evil" is "//evil".
    if any(unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} for character in address):
        return "/"
    if not url_has_allowed_host_and_scheme(address, allowed_hosts=None):
        return "/"
    return address
