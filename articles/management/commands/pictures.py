import datetime

from django.core.management.base import BaseCommand, CommandError

from articles.images import ImageRefused
from articles.models import Image
from articles.publishing.picture_library.alike import look_at
from articles.publishing.picture_library.ending import decide
from articles.publishing.picture_library.removal import SPARED, clean_up, cleanable

MOST_NAMED = 50


class Command(BaseCommand):
    help = (
        "“unused” lists the pictures that nothing uses, and with --delete deletes them. “likenesses” looks at"
        " the pictures that were in the library before it could tell which ones look alike. “ended” takes"
        " pictures whose licence has ended off readers' pages, or brings them back, as the setting says."
    )

    def add_arguments(self, parser):
        jobs = parser.add_subparsers(dest="job", required=True)
        unused = jobs.add_parser("unused")
        unused.add_argument(
            "--days",
            type=int,
            default=SPARED.days,
            help="leave those that are in the library for less than so many days (%(default)s)",
        )
        unused.add_argument("--delete", action="store_true", help="delete them")
        jobs.add_parser("likenesses")
        jobs.add_parser("ended")

    def handle(self, *, job, **options):
        if job == "unused":
            self.unused(datetime.timedelta(days=max(0, options["days"])), delete=options["delete"])
        elif job == "ended":
            self.ended()
        else:
            self.likenesses()

    def unused(self, spared, *, delete):
        if delete:
            gone = list(clean_up(spared=spared))
            return self.tell(gone, len(gone), "deleted")
        found = cleanable(spared=spared).order_by("pk")
        self.tell([str(image) for image in found[:MOST_NAMED]], found.count(), "used by nothing")

    def tell(self, names, number, what):
        for name in names[:MOST_NAMED]:
            self.stdout.write(f"  {name}")
        if number > MOST_NAMED:
            self.stdout.write(f"  and {number - MOST_NAMED:,} more")
        self.stdout.write(f"1 picture is {what}." if number == 1 else f"{number:,} pictures are {what}.")

    def ended(self):
        changed = [str(image) for image in Image.objects.filter(usable_until__isnull=False) if decide(image)]
        self.tell(changed, len(changed), "taken off readers' pages or brought back")

    def likenesses(self):
        done = 0
        for image in Image.objects.filter(band_1=None).order_by("pk").iterator(chunk_size=200):
            try:
                look_at(image)
                done += 1
            except ImageRefused as error:
                self.stderr.write(f"{image}: {error}")
            except ConnectionError as error:
                raise CommandError(
                    f"{done:,} pictures were looked at. Run it again later: {error}"
                ) from error
        self.stdout.write(f"{done:,} pictures were looked at.")
