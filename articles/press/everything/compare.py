"""Compares the printed pages with what their views answer now."""

from collections.abc import Iterable, Iterator
from urllib.parse import unquote

from articles.press.background.pictures import missing_pictures
from articles.press.render.printer import Printer, facts_of, printable
from articles.press.shelf.addresses import has_place
from articles.press.shelf.files import the_shelf


def differences(paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yields each address whose printed page differs from what its view answers now, with the reason."""
    printer = Printer(the_shelf())
    for uri in paths:
        path = unquote(uri)
        if not has_place(path):
            continue
        there, response = printer.shelf.read(path), printer.render(path)
        wanted = printable(response)
        if there is None:
            # The page is printed when somebody asks for it. Only pages on the shelf can be wrong.
            continue
        if wanted is None:
            yield path, "is printed, but the view has no such page"
        elif there.status != wanted.status:
            yield path, f"is printed as {there.status}, the view says {wanted.status}"
        elif there.body != wanted.body:
            yield path, "is printed with another text than the view's"
        elif there.leads_to != wanted.leads_to:
            yield path, f"leads to {there.leads_to or 'nowhere'}, the view to {wanted.leads_to}"
        elif missing := missing_pictures(facts_of(response).pictures):
            yield path, f"names {len(missing)} pictures that are not there"
