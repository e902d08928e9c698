"""Small files beside a page that hold its redirect target or its links, so that nobody has to search its
HTML."""

from pathlib import Path

from .interface import Links, PrintedPage

LEADS_TO = "leads-to"
LINKS = "links"
BESIDE = (LEADS_TO, LINKS)


def kept_beside(page: PrintedPage) -> dict[str, str]:
    """The names and texts of the files."""
    texts = {LEADS_TO: page.leads_to} if page.status == 301 else {}
    if page.links is not None:
        texts[LINKS] = "\n".join([page.links.earlier, page.links.later, *sorted(page.links.articles)])
    return texts


def led_to_from(file: str, status: int) -> str:
    """Where the page of that file redirects to. Empty if it is no redirect, or if an older release has
    printed it."""
    if status != 301:
        return ""
    try:
        return (Path(file).parent / LEADS_TO).read_text()
    except FileNotFoundError:
        return ""


def links_in(folder: Path) -> Links | None:
    """The links of the list in that folder. None if it is no list, or if an older release has printed it."""
    try:
        earlier, later, *articles = (folder / LINKS).read_text().split("\n")
    except (FileNotFoundError, ValueError):
        # A power cut may leave an empty file, which holds fewer than two lines.
        return None
    return Links(earlier, later, frozenset(articles))
