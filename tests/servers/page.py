"""The commands of a page of docs/operating, as a shell runs them."""

import re
from dataclasses import dataclass

from .application import ROOT

BLOCK = re.compile(r"(<!-- outside -->\n)?```sh\n(.*?)```", re.DOTALL)
TEXT_OF_A_FILE = re.compile(r"<<END\n.*?^END$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Step:
    """One heading of the page. outside: whether it asks somebody outside."""

    title: str
    text: str
    commands: str
    outside: bool

    @property
    def count(self):
        """How many commands somebody gives."""
        return len(TEXT_OF_A_FILE.sub("", self.commands).strip().splitlines())


def steps(name):
    """The steps of docs/operating/NAME that have commands."""
    page = (ROOT / "docs" / "operating" / name).read_text()
    for part in re.split(r"^## ", page, flags=re.MULTILINE)[1:]:
        for outside, commands in BLOCK.findall(part):
            yield Step(part.splitlines()[0], part, commands, bool(outside))
