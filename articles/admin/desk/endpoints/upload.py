"""Pictures that are dropped, pasted or chosen at the desk."""

from django.http import JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.http import require_POST

from articles.admin.desk.form.body_editor import desk_address
from articles.images import ImageRefused
from articles.images.decode_limits import MAX_BYTES
from articles.publishing.picture_library.alike import look_alikes
from articles.publishing.picture_library.intake import NotStored, take_in


def refused(message, *, status):
    return JsonResponse({"uploaded": 0, "error": {"message": message}}, status=status)


@never_cache
@require_POST
@csrf_protect
def upload(request):
    """Takes an upload. Answers JSON as CKEditor expects it, with an error status if the picture is
    refused."""
    if not request.user.is_authenticated:
        return refused("You are logged out. Log in again in another tab, then try once more.", status=403)
    if not (request.user.is_active and request.user.is_staff and request.user.has_perm("articles.add_image")):
        return refused("You may not add pictures to the library; choose one that is there.", status=403)
    file = request.FILES.get("upload")
    if file is None:
        return refused("No file has arrived. Choose the picture again.", status=400)
    if file.size > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1_000_000} MB. Export a smaller one."
        return refused(message, status=413)
    try:
        taken = take_in(file.read(), name=file.name, by=request.user)
    except ImageRefused as refusal:
        return refused(refusal.message, status=422)
    except NotStored as error:
        return refused(error.message, status=507)
    alike = [described(each) for each in look_alikes(taken.image)] if taken.is_new else []
    return JsonResponse(
        {
            "uploaded": 1,
            **described(taken.image),
            "is_new": taken.is_new,
            "note": taken.note,
            # For the editor who would rather take the picture that is there already.
            "alike": alike,
        }
    )


def described(image):
    return {
        "id": image.pk,
        "name": str(image),
        "url": desk_address(image),
        "fileName": image.original_name,
        "width": image.width,
        "height": image.height,
        "alt": image.alt,
        "caption": image.caption,
        "credit": image.credit,
        "decorative": image.decorative,
        "ended": image.has_ended,
        "focus_x": image.focus_x,
        "focus_y": image.focus_y,
    }
