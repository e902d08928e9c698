from django.core.management.base import BaseCommand, CommandError

from articles.management.arguments import count
from articles.management.demo.bulk import NothingToWriteWith, add_articles
from articles.management.demo.loading import NotEmpty, load
from articles.management.preparing import is_empty


class Command(BaseCommand):
    help = "Fills an empty newsroom with a demonstration; --articles adds any number of generated ones."

    def add_arguments(self, parser):
        parser.add_argument(
            "--articles", type=count, metavar="N", help="add N generated articles, in bulk, to what is there"
        )

    def handle(self, *, articles=None, **options):
        try:
            if articles is None or is_empty():
                load(self.stdout.write)
            if articles:
                add_articles(articles, say=self.stdout.write)
        except (NotEmpty, NothingToWriteWith) as refusal:
            raise CommandError(str(refusal)) from refusal
