"""Pages compressed once more, as small as brotli can: too slow for printing, worth it afterwards."""

import os

import brotli

from articles.press.shelf.files import ENDINGS, KINDS, PageHeld, PrintedPage, Shelf

WINDOW = 18  # bits: no page is longer than that, and a longer one costs 30 MB
BEST = 11  # takes 50 to 150 ms a page, and makes an article a tenth smaller than printing does


def recompress(shelf: Shelf, path: str) -> bool:
    """Put the smaller file in place of the printed one; False if the page has none, or is another by now."""
    page = shelf.read(path)
    if page is None:
        return False
    best = brotli.compress(page.body, quality=BEST, lgwin=WINDOW)
    try:
        with shelf.lock(path):
            return put_in_place(shelf, path, page, best)
    except PageHeld:
        return False


def put_in_place(shelf: Shelf, path: str, page: PrintedPage, best: bytes) -> bool:
    if shelf.read(path) != page:
        return False
    file = f"{shelf.folder(path, page.status)}/{KINDS[page.content_type]}"
    if os.stat(file + ENDINGS["br"]).st_size <= len(best):
        return False
    shelf.put_together({file + ENDINGS["br"]: best}, int(os.stat(file).st_mtime))
    return True
