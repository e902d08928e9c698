"""A site with stories that are out and one that was withdrawn, all printed."""

from dataclasses import dataclass

from .asking import ask
from .website import Desk, Website


@dataclass(frozen=True)
class House:
    """A site whose pages are printed; `story` and `withdrawn` are addresses, `embeds` those of their cards."""

    site: Website
    desk: Desk
    story: str
    withdrawn: str
    embeds: tuple[str, str]

    def addresses(self):
        """Of every printed page."""
        pages = self.site.shelf / "pages"
        for file in sorted(pages.rglob("index.html")):
            folder = file.parent.relative_to(pages).as_posix()
            yield "/" if folder == "." else f"/{folder}/"

    def ask(self, path, **more):
        """Through nginx."""
        return ask(self.site.port, path, **more)

    def ask_application(self, path, **more):
        """The same without nginx; the Host is nginx's, so that the answers can be compared."""
        return ask(self.site.application.port, path, host=f"localhost:{self.site.port}", **more)


def printed(site, path, folder="pages"):
    return site.shelf / folder / path.strip("/") / "index.html"


def furnish(site):
    desk = site.desk()
    story = desk.do("publish", words="as it is", picture=True)
    bad = desk.do("publish", words="as it never was")
    site.wait_for_press(desk)
    desk.do("withdraw", number=bad["number"])
    site.wait_for_press(desk)
    embeds = tuple(f"/embed/{each['uid']}/" for each in (story, bad))
    return House(site, desk, story["address"], bad["address"], embeds)
