from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from articles.management.login import NAME, kept_login, login_file, new_login
from articles.publishing.rights.roles import GROUPS


class Command(BaseCommand):
    help = "Makes a login at the desk, or gives it a new password."

    def add_arguments(self, parser):
        parser.add_argument("name", nargs="?", default=NAME, help=f"the login's name (default: {NAME})")
        parser.add_argument(
            "--role",
            choices=[group.removesuffix("s").lower() for group in GROUPS],
            help="what it may do, as docs/operating/roles.md says; without it, a new login may do everything",
        )

    def handle(self, *, name, role=None, **options):
        try:
            login = new_login(name, role=f"{role.title()}s" if role else None)
        except ValidationError as refusal:
            raise CommandError(f"{name!r} can be no login's name: {' '.join(refusal.messages)}") from refusal
        self.stdout.write(f"{login.name} {login.password}")
        if login == kept_login():
            self.stderr.write(f"Kept in {login_file()}, readable by you only.")
