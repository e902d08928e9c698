"""The picture library as JSON, for the dialogs in which a picture is chosen."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from articles.admin.desk.editor import desk_address
from articles.images import ROLES, Format, Rendition, fallback_for, rendition_url
from articles.models import Image

from .search import find_images

A_PAGE = 24
LAST_PAGE = 200


@never_cache
@require_GET
def picker(request):
    """One page of what was found, and whether there is more."""
    if not (request.user.has_perm("articles.view_image") or request.user.has_perm("articles.change_article")):
        raise PermissionDenied
    asked = request.GET.get("page", "1")
    page = (
        min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    )
    start = (page - 1) * A_PAGE
    found = list(
        find_images(Image.objects.order_by("-pk"), request.GET.get("q", ""))[start : start + A_PAGE + 1]
    )
    return JsonResponse(
        {"results": [described(image) for image in found[:A_PAGE]], "more": len(found) > A_PAGE}
    )


def described(image):
    return {
        "id": image.pk,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "thumb": address(image, "thumb"),
        "url": address(image, "desk"),
        # As large as it is shown in a text.
        "in_text": desk_address(image),
        "width": image.width,
        "height": image.height,
        "focus_x": image.focus_x,
        "focus_y": image.focus_y,
    }


def address(image, role):
    """Of the JPEG that shows the picture in that role."""
    source = image.source
    size = fallback_for(ROLES[role], source.size)
    return rendition_url(Rendition(source.image_id, source.key, size.width, size.height, Format.JPEG))
