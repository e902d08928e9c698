import csv
from argparse import ArgumentTypeError, FileType
from collections import Counter
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError

from articles.management.old_addresses import Check, in_process, over_http

MOST_SHOWN = 1000


def web_address(text):
    """For argparse's `type`."""
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path.strip("/"):
        raise ArgumentTypeError(f"{text!r} is no site; write one like https://news.example.org")
    return text


class Command(BaseCommand):
    help = (
        "Asks for each address of a list that old_addresses has written, and names those that do not lead to "
        "their page in one step. Ends with 1 if there are any."
    )

    def add_arguments(self, parser):
        parser.add_argument("list", type=FileType(encoding="utf-8"), metavar="old.tsv")
        parser.add_argument("--base", type=web_address, help="ask this server, and not the site itself")

    def handle(self, *, base, **options):
        with options["list"] as file:
            rows = csv.DictReader(file, delimiter="\t")
            if not {"address", "form", "end", "words"} <= set(rows.fieldnames or ()):
                raise CommandError("This is no list of old_addresses: its first line lacks columns.")
            try:
                asked, broken = self.counts(rows, Check(over_http(base) if base else in_process()))
            except OSError as error:
                raise CommandError(f"{base} does not answer: {error}") from error
        for form, number in asked.items():
            self.stdout.write(f"{number:8} {form}: {broken[form]} broken")
        self.stdout.write(f"{asked.total():8} in all: {broken.total()} broken")
        if broken:
            raise CommandError(f"{broken.total()} of {asked.total()} old addresses are broken.", returncode=1)

    def counts(self, rows, check):
        asked, broken = Counter(), Counter()
        for row in rows:
            asked[row["form"]] += 1
            if fault := check.fault(row["address"], end=row["end"], words=row["words"]):
                broken[row["form"]] += 1
                if broken.total() <= MOST_SHOWN:
                    self.stdout.write(f"{row['address']} {fault}")
        return asked, broken
