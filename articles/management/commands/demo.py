from django.core.management.base import BaseCommand, CommandError

from articles.management.arguments import count
from articles.management.preparing import has_demo, is_empty

if has_demo():
    from articles.management.demo.bulk import NothingToWriteWith, add_articles
    from articles.management.demo.loading import NotEmpty, load

NO_DEMO = "This site has no demonstration: the folder articles/management/demo/ is not there."


class Command(BaseCommand):
    help = "Fills an empty newsroom with a demonstration; --articles adds any number of generated ones."

    def add_arguments(self, parser):
        parser.add_argument(
            "--articles", type=count, metavar="N", help="add N generated articles, in bulk, to what is there"
        )

    def handle(self, *, articles=None, **options):
        if not has_demo():
            raise CommandError(NO_DEMO)
        try:
            if articles is None or is_empty():
                load(self.stdout.write)
            if articles:
                add_articles(articles, say=self.stdout.write)
        except (NotEmpty, NothingToWriteWith) as refusal:
            raise CommandError(str(refusal)) from refusal
