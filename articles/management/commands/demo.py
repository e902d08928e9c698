from django.core.management.base import BaseCommand, CommandError

from articles.management.demo.loading import NotEmpty, load


class Command(BaseCommand):
    help = "Fills an empty newsroom with a demonstration; --articles adds any number of generated ones."

    def add_arguments(self, parser):
        parser.add_argument(
            "--articles", type=int, metavar="N", help="add N generated articles, in bulk, to what is there"
        )

    def handle(self, *, articles=None, **options):
        try:
            load(self.stdout.write)
        except NotEmpty as refusal:
            raise CommandError(str(refusal)) from refusal
