from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from articles.accounts import provider_people, sessions
from articles.conf import single_sign_on
from articles.models import ProviderAccount


class Command(BaseCommand):
    help = (
        "Says as whom the provider of single sign-on knows somebody. --subject links them, for a provider "
        "that verifies no e-mail addresses; --forget takes the link away and ends their log-ins, so that the "
        "next one goes by the e-mail address again."
    )

    def add_arguments(self, parser):
        parser.add_argument("name", help="the name with which they log in, or under which they are listed")
        change = parser.add_mutually_exclusive_group()
        change.add_argument("--subject", help="what the provider says as “sub”")
        change.add_argument("--forget", action="store_true", help="take the link away, and end their log-ins")

    def handle(self, *, name, subject, forget, **options):
        if single_sign_on() is None:
            raise CommandError("There is no single sign-on here (OIDC_ISSUER).")
        person = get_user_model().objects.filter(username=name).first()
        if person is None:
            raise CommandError(f"Nobody has the account {name!r}.")
        links = ProviderAccount.objects.filter(issuer=single_sign_on().issuer)
        if forget:
            provider_people.unlink(person)
            sessions.end(person)
        elif subject:
            if other := links.filter(subject=subject).exclude(person=person).first():
                raise CommandError(f"That is {other.person.get_username()} already; --forget it there first.")
            links.filter(person=person).delete()
            provider_people.link(person, subject)
        found = links.filter(person=person).first()
        self.stdout.write(f"{name} is {found.subject} there." if found else f"{name} is not linked.")
