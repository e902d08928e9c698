"""The pictures of a form: an upload, the words and the focal point in the library, missing alt texts."""

from articles.images import ImageRefused
from articles.images.decode_limits import MAX_BYTES
from articles.models import Image
from articles.publishing import Problem, Refused
from articles.publishing.picture_library.intake import NotStored, take_in
from articles.publishing.pictures import change_image, is_before_readers

from .article_form import GONE

NOT_IN_LIBRARY = (
    "You may not change the words of this picture in the library. Untick this: then they are this article’s"
    " alone."
)
NO_FOCUS = (
    "The focal point stays as it was: it belongs to the picture on all pages, and you may not change it."
    " Ask an editor."
)


def take_picture(form, by):
    """Take the uploaded picture into the library, and choose it in the form."""
    file = form.cleaned_data["lead_file"]
    if not file:
        return
    file.seek(0)  # A form that is taken a second time has been read already.
    try:
        # Read one byte more than is allowed. That is enough to refuse a larger file without reading all of
        # it.
        taken = take_in(file.read(MAX_BYTES + 1), name=file.name, by=by)
    except (ImageRefused, NotStored) as refusal:
        raise Refused([Problem("lead_file", refusal.message)]) from refusal
    form.choose_picture(taken.image)


def describe_picture(form, by):
    """Save in the library the focal point of the lead picture, and its words if the editor has chosen that.
    What a colleague has changed since the form was opened is not overwritten unless the editor has seen it.
    Returns what the editor is told of it."""
    image = form.cleaned_data["lead_image"]
    if not image:
        return ""
    # The row is locked by now; the one in hand was read before.
    image = Image.objects.filter(pk=image.pk).first()
    if image is None:
        raise Refused([Problem("lead_image", GONE)])
    changed, problems = form.changed_picture(image)
    if not changed:
        return ""
    if not may_describe(by, image):
        return not_described(form, changed, image)
    if problems:
        raise Refused(problems)
    what = " and ".join(["words"] * (set(changed) != {"focus"}) + ["focal point"] * ("focus" in changed))
    change_image(image, focus=changed.pop("focus", None), **changed)
    return f"The picture’s {what} changed in the library, and at once on each page that shows them."


def may_describe(user, image):
    """Whether the user may change the description of the picture, which is shown on all its pages at once.
    Whoever may change pictures of the library may. As long as readers do not have the picture, so may the one
    who uploaded it, and anyone if it has no alt text."""
    if user.has_perm("articles.change_image"):
        return True
    return (image.uploaded_by_id == user.pk or not image.alt) and not is_before_readers(image)


def not_described(form, changed, image):
    """Answer to somebody who may not change this picture of the library."""
    if set(changed) != {"focus"}:
        raise Refused([Problem("lead_in_library", NOT_IN_LIBRARY)])
    told = f"{NO_FOCUS} It is {image.focus_x} from the left and {image.focus_y} from the top."
    # The act may be tried a second time.
    form.notes += [told] if told not in form.notes else []
    return ""
