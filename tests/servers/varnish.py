"""Varnish in front of a server of the test's own, with the configuration that docs/operating describes."""

from pathlib import Path

from .parts import find_varnish
from .process import ServerProcess

ROOT = Path(__file__).resolve().parent.parent.parent
CONFIGURATION = ROOT / "docs/operating/varnish.vcl"


class Varnish(ServerProcess):
    name = "varnish"

    def __init__(self, folder, behind, port=None):
        super().__init__(folder, port)
        self.program = find_varnish()
        self.behind = behind

    def command(self):
        said = CONFIGURATION.read_text().replace('.port = "8000"', f'.port = "{self.behind}"')
        configuration = self.folder / "varnish.vcl"
        configuration.write_text(said)
        jail = ["-j", "none"]
        where = ["-a", f"127.0.0.1:{self.port}", "-n", self.folder / "work", "-s", "malloc,32m"]
        return [self.program, "-F", *jail, *where, "-f", configuration]
