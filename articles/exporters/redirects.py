"""All redirects: as CSV, which the desk reads too, and as a map for nginx."""

import csv
from collections.abc import Iterator

from articles.models import OldAddress

from .folder import File, Folder
from .snapshot import slices
from .standing import Standing, key

NGINX = """\
# For nginx. In http { }:
#     map_hash_bucket_size 1024; map_hash_max_size 1048576;
#     map $uri $newsroom_moved { include /path/to/redirects.map; }
# In server { }:
#     if ($newsroom_moved = "gone") { return 410; }
#     if ($newsroom_moved) { return 301 $newsroom_moved; }
"""
COLUMNS = ("section__parent", "article", "tag", "author", "page", "document", "image")
LONG = ("article__body", "article__prepared_body", "page__body", "page__prepared_body")


def redirects() -> Iterator[OldAddress]:
    """Those of files are left out: files have other addresses wherever they go."""
    for few in in_slices():
        yield from few


def in_slices() -> Iterator[list[OldAddress]]:
    return slices(OldAddress.objects.of_pages().select_related(*COLUMNS).defer(*LONG))


def write_redirects(folder: Folder, *, csv_name: str, map_name: str) -> None:
    """Without those that wait behind a page of today, because they would lead readers away from it."""
    # Hashes of what the map has: nginx refuses one that has an address twice.
    written: set[int] = set()
    with folder.file(csv_name) as table, folder.file(map_name) as nginx:
        lines = csv.writer(AsText(table), lineterminator="\n")
        lines.writerow(["from", "to"])
        nginx.write(NGINX)
        for old, standing in with_standing():
            # The desk takes none of those that an import has made for files.
            if not is_of_file(old) and old.path not in standing:
                lines.writerow([old.path, old.destination])
            if not standing and hash(key(old.path)) not in written and (line := for_nginx(old)):
                written.add(hash(key(old.path)))
                nginx.write_bytes(line)
            folder.counts["redirects"] += 1


def with_standing() -> Iterator[tuple[OldAddress, set[str]]]:
    """Each with the addresses of today's pages that are the same to nginx."""
    standing = Standing()
    for few in in_slices():
        found = standing.at([old.path for old in few])
        yield from ((old, found[old.path]) for old in few)


def is_of_file(old: OldAddress) -> bool:
    return bool(old.image_id or old.document_id) and not old.by_hand


def for_nginx(old: OldAddress) -> bytes:
    """A line of the map. nginx compares decoded paths in small letters; one that is a query on the
    front, as /?p=7, is none."""
    if "?" in old.path:
        return b""
    path = key(old.path).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return b'"%s" "%s";\n' % (path, b"gone" if old.gone else old.destination.encode())


class AsText:
    """What csv writes to."""

    def __init__(self, file: File):
        self.write = file.write
