"""A picture's files, made when first asked for. A file server hands them out from then on."""

import contextlib
import logging
import zlib
from pathlib import Path

from django.conf import settings
from django.core.files import locks
from django.http import HttpResponse
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from articles.images import ImageRefused, find_rendition
from articles.images.rendition import FOLDER
from articles.models import Image
from articles.publishing.renditions import make_rendition

logger = logging.getLogger("articles.pictures")

# The address changes with the picture, so what is at it never does.
FOR_EVER = "public, max-age=31536000, immutable"
# So many are made at once, over all processes: each takes a core and some 50 MB.
AT_ONCE = 4


@require_safe
def rendition(request, path):
    images = {}

    def source_of(pk):
        images[pk] = Image.objects.filter(pk=pk).first()
        return images[pk] and images[pk].source

    found = find_rendition(f"{FOLDER}/{path}", source_of)
    if found is None:
        return not_there()
    try:
        with one_at_a_time(found.path):
            content = make_rendition(images[found.image_id], found)
    except ImageRefused:
        # The master is gone from the disk, damaged or locked there; the page has its words all the same.
        return not_there()
    except OSError as error:
        logger.error("The picture %s cannot be read or stored: %s", found.path, error)
        return away()
    response = HttpResponse(content, content_type=found.format.media_type)
    response["Cache-Control"] = FOR_EVER
    response["ETag"] = etag = f'"{found.key}-{found.width}x{found.height}-{found.format}"'
    return get_conditional_response(request, etag=etag, response=response)


def away():
    """The disk or the store takes or gives no file now."""
    response = HttpResponse("Try again in a moment.", content_type="text/plain", status=503)
    response["Cache-Control"], response["Retry-After"] = "no-store", "10"
    return response


def not_there():
    response = HttpResponse("There is no such picture.", content_type="text/plain", status=404)
    response["Cache-Control"] = "public, max-age=60"
    return response


@contextlib.contextmanager
def one_at_a_time(path):
    """Whoever asks for the same file meanwhile waits, and then finds it made: in any thread or process."""
    folder = Path(settings.MEDIA_ROOT) / ".making"
    folder.mkdir(parents=True, exist_ok=True)
    with open(folder / str(zlib.crc32(path.encode()) % AT_ONCE), "w") as file:
        locks.lock(file, locks.LOCK_EX)
        yield
