"""Old addresses of files: those below the folder of uploads lead to the picture or document that the file has
become. Copies in other sizes need no redirect of their own: what their names say leads to the original."""

from collections.abc import Iterable, Iterator

from django.db.models import Model

from articles.importers.wordpress.media import DATA, Taken, Uploads
from articles.importers.wordpress.planning import old_sites_of
from articles.importers.wordpress.records import Attachment
from articles.importers.wordpress.surveying import Survey
from articles.importers.wordpress.text import OldSite
from articles.importers.wordpress.text.addresses import file_name
from articles.models import Document, Image
from articles.publishing.addresses.old_addresses import bring_in_addresses
from articles.upload_names import SIZED, possible_originals

from .contents import stored_path
from .furniture import in_batches

FOLDER = "/wp-content/uploads"


def write_file_addresses(survey: Survey, uploads: Uploads) -> None:
    """What is written already is left as it is."""
    sites = list(old_sites_of(survey).values())
    for model, files in ((Image, uploads.pictures), (Document, uploads.documents)):
        for few in in_batches(files.all()):
            rows = model.objects.in_bulk({taken.number for taken in few if taken.number is not None})
            bring_in_addresses(led(survey, sites, few, rows))


def led(
    survey: Survey, sites: list[OldSite], few: Iterable[Taken], rows: dict[int, Model]
) -> Iterator[tuple[str, Model]]:
    for taken in few:
        thing = rows.get(taken.number)
        if thing is None or taken.address.startswith(DATA[:5]):
            continue
        for address in (address_of(taken), *other_sizes(survey, taken)):
            path = stored_path(address)
            if path != "/":
                yield path, thing
                # A site at wordpress.com has its files on a host of their own, and under its own name too.
                if any(site.is_media(address) for site in sites):
                    yield f"{FOLDER}{path}", thing


def address_of(taken: Taken) -> str:
    """That of the file which was found; a text may name a copy of it."""
    whole = SIZED.sub("", taken.address)
    return whole if taken.file.rpartition("/")[2] == file_name(whole) else taken.address


def other_sizes(survey: Survey, taken: Taken) -> Iterator[str]:
    """The addresses of copies whose names lead to another file or to none, such as those of a picture that
    was cropped in WordPress later."""
    for attachment in attachments(survey, taken):
        folder = attachment.url.rpartition("/")[0]
        for size in attachment.sizes:
            if original_of(survey, f"{folder}/{size}") != attachment.url:
                yield f"{folder}/{size}"


def attachments(survey: Survey, taken: Taken) -> list[Attachment]:
    """Those with that number and that file; several sites of a run may have the number."""
    found = (survey.scratch.attachment(survey.scratch.site(key), taken.attachment) for key in survey.sites)
    return [each for each in found if taken.attachment and each and each.url == taken.address]


def original_of(survey: Survey, address: str) -> str | None:
    """The file that is found by the name of a copy."""
    scratch = survey.scratch
    named = possible_originals(address)
    return next((name for name in named if scratch.attachment_with(scratch.file_key(name))), None)
