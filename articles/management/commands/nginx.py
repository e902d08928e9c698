from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from articles.checks import static_problems
from articles.conf import paper, port
from articles.management.nginx_files import BROTLI_MODULE, Server, write_files


class Command(BaseCommand):
    help = "Writes nginx's configuration to var/nginx. Again after each update: headers change with it."

    def add_arguments(self, parser):
        parser.add_argument("--listen", help="port, or address:port (default: 443 for https, else 80)")
        parser.add_argument(
            "--application", default=f"127.0.0.1:{port()}", help="where `manage.py serve` listens"
        )
        parser.add_argument("--certificate", type=Path, help="certificate chain, for https")
        parser.add_argument("--key", type=Path, help="its key")
        parser.add_argument("--log", default=Server.log, help="access log, or off")

    def handle(self, *, listen, application, certificate, key, log, **options):
        if (certificate is None) != (key is None):
            raise CommandError("--certificate and --key belong together; give both, or neither.")
        for problem in static_problems():
            raise CommandError(f"First this: {problem}")
        server = Server(
            listen=listen or ("443" if certificate else "80"),
            application=application,
            certificate=certificate and (certificate.resolve(), key.resolve()),
            brotli=Path(BROTLI_MODULE).exists(),
            log=log,
        )
        self.stdout.write(f"{write_files(server)} is written for {paper().url}.")
        self.stdout.write("Now: nginx -t && nginx -s reload")
