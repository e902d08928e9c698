from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.checks import static_problems
from articles.conf import paper, port
from articles.management.nginx.configuration import RELOAD, write_files
from articles.management.nginx.server import (
    LOG,
    CannotServe,
    Server,
    check_certificate,
    check_log,
    place_of_application,
    place_to_listen,
    places,
)


class Command(BaseCommand):
    help = "Writes nginx's configuration to var/nginx. Again after each update: headers change with it."

    def add_arguments(self, parser):
        parser.add_argument(
            "--listen",
            type=place_to_listen,
            action="append",
            help="port, or address:port; may be given several times (default: 443 for https, else 80)",
        )
        parser.add_argument(
            "--application",
            type=place_of_application,
            default=f"127.0.0.1:{port()}",
            help="where `manage.py serve` listens",
        )
        parser.add_argument("--certificate", type=Path, help="certificate chain, for https")
        parser.add_argument("--key", type=Path, help="its key")
        parser.add_argument("--log", default=LOG, help="access log, or off")

    def handle(self, *, listen, application, certificate, key, log, **options):
        for problem in static_problems():
            raise CommandError(f"First this: {problem}")
        try:
            check_log(log)
            server = Server(
                listen=places(listen, https=bool(certificate)),
                application=application,
                certificate=self.certificate(certificate, key),
                log=log,
            )
            written = write_files(server)
        except CannotServe as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{written} is written for {paper().url}.")
        self.stdout.write(f"Now: {RELOAD}")

    def certificate(self, certificate, key):
        """Under the names that were given: a renewal puts the new one where the link leads."""
        if (certificate is None) != (key is None):
            raise CannotServe("--certificate and --key belong together; give both, or neither.")
        if not certificate:
            return None
        try:
            check_certificate(certificate, key)
        except PermissionError as error:
            self.stderr.write(f"Only root may read {error.filename}; whether it is right, nginx -t will say.")
        return str(certificate.absolute()), str(key.absolute())
