from dataclasses import dataclass

import pytest

from tests.servers import Website, ask


@dataclass(frozen=True)
class House:
    """A site whose pages are printed; `story` and `withdrawn` are addresses."""

    site: Website
    story: str
    withdrawn: str

    def ask(self, path, **more):
        """Through nginx."""
        return ask(self.site.port, path, **more)

    def ask_application(self, path, **more):
        """The same without nginx; the Host is nginx's, so that the answers can be compared."""
        return ask(self.site.application.port, path, host=f"localhost:{self.site.port}", **more)


def printed(site, path, folder="pages"):
    return site.shelf / folder / path.strip("/") / "index.html"


def build(site):
    desk = site.desk()
    story = desk.do("publish", words="as it is", picture=True)
    bad = desk.do("publish", words="as it never was")
    site.wait_for_press(desk)
    desk.do("withdraw", number=bad["number"])
    site.wait_for_press(desk)
    return House(site, story["address"], bad["address"])


@pytest.fixture(scope="module")
def house(start_website):
    return build(start_website())
