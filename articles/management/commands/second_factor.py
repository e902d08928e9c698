from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from articles.accounts import factors, sessions


class Command(BaseCommand):
    help = (
        "Says which second factor somebody has. --remove takes all of it away and ends their log-ins, for "
        "whoever has lost app, device and recovery codes: then the password alone is asked for, and a new "
        "factor if their role needs one. Make sure who asks."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name with which they log in")
        parser.add_argument("--remove", action="store_true", help="take it away, and end their log-ins")

    def handle(self, *, name, remove, **options):
        person = get_user_model().objects.filter(username=name).first()
        if person is None:
            raise CommandError(f"Nobody logs in as {name!r}.")
        if remove:
            factors.remove_all(person)
            sessions.end(person)
            self.stdout.write(f"{name} has no second factor any more, and is logged in nowhere.")
        else:
            self.stdout.write(f"{name} has {', '.join(had(person)) or 'no second factor'}.")


def had(person):
    if factors.has_app(person):
        yield "an app for codes"
    if factors.has_passkey(person):
        yield "a passkey"
    if left := factors.codes_left(person):
        yield f"{left} recovery codes"
