"""Pages compressed once more, as small as brotli can: too slow for printing, worth it afterwards."""

import brotli

from articles.press.shelf.port import PageHeld, Shelf

WINDOW = 18  # bits: no page is longer than that, and a longer one costs 30 MB
BEST = 11  # takes 50 to 150 ms a page, and makes an article a tenth smaller than printing does


def recompress(shelf: Shelf, path: str) -> bool:
    """Put the smaller copy in place of the printed one; False if there is none, or the page is another."""
    page = shelf.read(path)
    if page is None:
        return False
    best = brotli.compress(page.body, quality=BEST, lgwin=WINDOW)
    try:
        with shelf.lock(path):
            # It may be another by now.
            return shelf.read(path) == page and shelf.put_smaller(path, page, coding="br", body=best)
    except PageHeld:
        return False
