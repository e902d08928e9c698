from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from articles.management.login import NAME, login_file, new_login


class Command(BaseCommand):
    help = "Makes a login that may do everything in the admin, or gives it a new password."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", default=NAME, help=f"the login's name (default: {NAME})")

    def handle(self, *, name, **options):
        try:
            login = new_login(name)
        except ValidationError as refusal:
            raise CommandError(f"{name!r} can be no login's name: {' '.join(refusal.messages)}") from refusal
        self.stdout.write(f"{login.name} {login.password}")
        self.stderr.write(f"Kept in {login_file()}, readable by you only.")
