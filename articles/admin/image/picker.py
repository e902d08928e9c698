"""The picture library as JSON, for the dialogs in which a picture is chosen."""

from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from articles.admin.desk.form.body_editor import desk_address
from articles.images import ROLES, fallback_rendition, rendition_url
from articles.models import Image
from articles.publishing.rights.of_articles import readable_or_public
from articles.publishing.rights.reach import may_somewhere

from .narrowing import COLLECTION, NARROWINGS, collections, narrowed
from .search import find_images

A_PAGE = 24
LAST_PAGE = 200
MOST_ALTS = 5
MOST_LOOKED_AT = 50


@never_cache
@require_GET
def picker(request):
    """One page of what was found, and whether there is more."""
    refuse_strangers(request)
    asked = request.GET.get("page", "1")
    page = (
        min(max(int(asked), 1), LAST_PAGE) if asked.isascii() and asked.isdecimal() and len(asked) < 9 else 1
    )
    start = (page - 1) * A_PAGE
    images = narrowed(Image.objects.order_by("-pk"), request.GET, request.user)
    found = list(find_images(images, request.GET.get("q", ""))[start : start + A_PAGE + 1])
    answer = {"results": [described(image) for image in found[:A_PAGE]], "more": len(found) > A_PAGE}
    # The choices are asked for once, when the dialog opens.
    return JsonResponse(answer | ({"choices": choices()} if "choices" in request.GET else {}))


def choices():
    """By what the dialog can narrow the library: the name of each, and its values with their labels."""
    return {
        **{
            name: [[value, each.label] for value, each in values.items()]
            for name, (_, values) in NARROWINGS.items()
        },
        COLLECTION: [[str(number), name] for number, name in collections()],
    }


@never_cache
@require_GET
def alts(request, number):
    """What editors have written so far for those who cannot see the picture: in the library, and as the lead
    picture of articles, the newest first."""
    refuse_strangers(request)
    image = Image.objects.filter(pk=number).first() if number < 2**63 else None
    own = readable_or_public(request.user).filter(lead_image=image, lead_alt__gt="")
    written = own.order_by("-pk").values_list("lead_alt", flat=True)[:MOST_LOOKED_AT] if image else []
    found = dict.fromkeys(filter(None, [image.alt if image else "", *written]))
    return JsonResponse({"alts": [*found][:MOST_ALTS]})


def refuse_strangers(request):
    if not (request.user.has_perm("articles.view_image") or may_somewhere(request.user, "change")):
        raise PermissionDenied


def described(image):
    return {
        "id": image.pk,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "decorative": image.decorative,
        # It may not be used any more.
        "ended": image.has_ended,
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
    return rendition_url(fallback_rendition(image.source, ROLES[role]))
