"""Copies the pictures' files from the disk to the store that the settings name, or back from it.

    manage.py move_pictures --to store
    manage.py move_pictures --to disk --delete

It can be stopped and started again: what is there already, with the same number of bytes, is passed over. The
site goes on meanwhile. With --delete each file is taken away where it was, once it has been seen in its new
place.
"""

from contextlib import suppress
from dataclasses import dataclass

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.management.base import BaseCommand, CommandError

from articles.models import Image
from articles.picture_files import is_on_disk, masters, read_file, renditions, store_whole
from articles.publishing.renditions import rendition_files

SAID_EVERY = 1_000  # pictures between two lines


@dataclass
class Counts:
    copied: int = 0
    there: int = 0
    deleted: int = 0
    missing: int = 0

    def __str__(self):
        return (
            f"{self.copied} files were copied, {self.there} were there already, {self.deleted} were deleted"
            f" where they had been, {self.missing} are missing"
        )


class Command(BaseCommand):
    help = "Copies the files of all pictures from the disk to the store that the settings name, or back."

    def add_arguments(self, parser):
        parser.add_argument("--to", choices=["store", "disk"], required=True)
        parser.add_argument(
            "--delete", action="store_true", help="delete each file where it was, once it is in its new place"
        )

    def handle(self, *, to, delete, **options):
        disk = FileSystemStorage(location=settings.MEDIA_ROOT)
        stores = masters(), renditions()
        if any(map(is_on_disk, stores)):
            raise CommandError(
                "The settings name no store: set PICTURES_BUCKET, and what else the store needs, for this"
                " command; docs/operating/pictures.md says how."
            )
        ways = [(disk, store) if to == "store" else (store, disk) for store in stores]
        counts = Counts()
        for number, image in enumerate(Image.objects.order_by("pk").iterator(chunk_size=500), start=1):
            try:
                self.move(image, ways, counts, delete=delete)
            except OSError as error:
                raise CommandError(
                    f"It stopped at picture {image.pk}: {error}. Start it again once that is mended."
                ) from error
            if number % SAID_EVERY == 0:
                self.stdout.write(f"{number} pictures: {counts}")
        self.stdout.write(f"All pictures: {counts}.")
        if counts.missing:
            raise CommandError("Some masters are in neither place; their pictures are named above.")

    def move(self, image, ways, counts, *, delete):
        (masters_from, masters_to), (renditions_from, renditions_to) = ways
        try:
            move(image.file.name, masters_from, masters_to, counts, delete=delete)
        except FileNotFoundError:
            if masters_to.exists(image.file.name):
                counts.there += 1
            elif Image.objects.filter(pk=image.pk, file=image.file.name).exists():
                # Otherwise it was deleted meanwhile, or another file was put in its place.
                counts.missing += 1
                self.stderr.write(f"Picture {image.pk} has no file {image.file.name}.")
        for name in [*rendition_files(image, renditions_from)]:
            # A picture that is withheld, replaced or deleted meanwhile has them no more.
            with suppress(FileNotFoundError):
                move(name, renditions_from, renditions_to, counts, delete=delete)


def move(name, source, target, counts, *, delete):
    size = source.size(name)
    if is_there(target, name, size):
        counts.there += 1
    else:
        store_whole(target, name, read_file(source, name))
        counts.copied += 1
    if delete and is_there(target, name, size):
        source.delete(name)
        counts.deleted += 1


def is_there(storage, name, size):
    try:
        return storage.size(name) == size
    except FileNotFoundError:
        return False
