"""Pictures for the library."""

from django.http import HttpRequest, HttpResponse
from ninja import File, Form, Router, Schema, Status, UploadedFile

from articles.api.errors import Unable, wrong
from articles.api.reading.shown import picture_shown
from articles.api.schemas import Error, Text, said
from articles.images import ImageRefused
from articles.images.decode_limits import MAX_BYTES
from articles.models.desk.api_token import Scope
from articles.publishing.picture_library.intake import NotStored, take_in
from articles.publishing.rights.reach import is_at_desk

from .articles import WRONG
from .schemas import Uploaded
from .tokens import Token

router = Router(tags=["Desk"])


class PictureWritten(Schema):
    alt: Text = said("A harbour at dusk", default="", max_length=500)
    caption: Text = said("The harbour of Port Ansel.", default="", max_length=2000)
    credit: Text = said("Photograph: Ana Lind", default="", max_length=200)


@router.post(
    "/images",
    auth=Token(Scope.PICTURES),
    response={200: Uploaded, 201: Uploaded, 507: Error, **WRONG},
    operation_id="uploadImage",
)
def upload(
    request: HttpRequest, response: HttpResponse, file: File[UploadedFile], words: Form[PictureWritten]
):
    """Take a picture into the library. Words that are left out are those in the file. Of a file that the
    library has already that picture is answered, with its own words."""
    by = request.user
    if not (is_at_desk(by) and by.has_perm("articles.add_image")):
        raise Unable(403, "You may not add pictures to the library.")
    if file.size > MAX_BYTES:
        detail = f"The file is larger than {MAX_BYTES // 1_000_000} MB. Export a smaller one."
        raise Unable(413, detail)
    try:
        taken = take_in(file.read(), name=file.name, by=by, **words.dict())
    except ImageRefused as refusal:
        raise wrong("file", refusal.message) from refusal
    except NotStored as error:
        raise Unable(507, error.message) from error
    response["Cache-Control"] = "no-store"
    return Status(
        201 if taken.is_new else 200,
        picture_shown(taken.image) | {"is_new": taken.is_new, "note": taken.note},
    )
