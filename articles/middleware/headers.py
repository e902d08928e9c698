"""Headers that every answer carries, whatever view it comes from."""

from django.conf import settings

from articles.conf import pictures_host
from articles.http.content_policy import HEADER, OF_EMBEDS, OF_FILES

DESK = "/admin/"

# CKEditor 4 writes event handlers and styles into its own markup.
DESK_POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        " ".join(filter(None, ["img-src 'self'", pictures_host(), "data: blob:"])),
        "font-src 'self'",
        "connect-src 'self'",
        "frame-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'self'",
        "manifest-src 'self'",
    ]
)
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"


def security_headers(policy):
    """The names and values of the headers of every answer, also of answers that no view has made. `policy` is
    one of those in http/content_policy.py, or that of the desk."""
    headers = (
        (HEADER, policy),
        ("Permissions-Policy", PERMISSIONS),
        ("Referrer-Policy", settings.SECURE_REFERRER_POLICY),
        ("X-Content-Type-Options", "nosniff"),
        # It can't say that anybody may.
        *([("X-Frame-Options", settings.X_FRAME_OPTIONS)] if policy != OF_EMBEDS else []),
        ("Cross-Origin-Opener-Policy", settings.SECURE_CROSS_ORIGIN_OPENER_POLICY),
    )
    if settings.SECURE_HSTS_SECONDS:
        headers += (("Strict-Transport-Security", hsts()),)
    return headers


def headers_of_kind(content_type):
    """The headers that a printed page has because of its content type."""
    return (("X-Robots-Tag", "noindex"),) if content_type == "text/markdown" else ()


def hsts():
    subdomains = "; includeSubDomains" if settings.SECURE_HSTS_INCLUDE_SUBDOMAINS else ""
    preload = "; preload" if settings.SECURE_HSTS_PRELOAD else ""
    return f"max-age={settings.SECURE_HSTS_SECONDS}{subdomains}{preload}"


class SecurityHeaders:
    """Sets the headers. A view of a page has set the policy header already, because the page itself says what
    it may run. Any other answer may run nothing, so that other HTML, such as Django's own error pages, is
    harmless."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        policy = DESK_POLICY if request.path.startswith(DESK) else OF_FILES
        for name, value in security_headers(response.get(HEADER, policy)):
            # HSTS is left out: Django sends it on secure answers by itself, and over plain HTTP browsers
            # ignore it.
            if name != "Strict-Transport-Security":
                response.headers.setdefault(name, value)
        return response
