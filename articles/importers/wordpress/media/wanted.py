"""Under which names a file of the old site may lie in its folder of uploads."""

import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import quote, unquote

from articles.importers.wordpress.records import Attachment
from articles.importers.wordpress.text.addresses import PHOTON, file_key, host_key, split
from articles.upload_names import SIZED, possible_originals

from .source import Wanted

# The folder of uploads in an address. The second and the third form are those of old networks of sites.
UPLOADS = re.compile(r"/(?:wp-content/uploads|wp-content/blogs\.dir/\d+/files|files)/(.+)$", re.DOTALL)
SLASHES = re.compile(r"/{2,}")
WIDTH = re.compile(r"-(\d{1,5})x\d{1,5}(?=\.[A-Za-z0-9]{2,5}$)")


def wanted_of(attachment: Attachment) -> Wanted:
    """Its own file first, and then the original of which WordPress has made that one."""
    address = path_in_uploads(attachment.url)
    # In a network of sites, the address has the number of the site, which the media library leaves out.
    file = unicodedata.normalize("NFC", attachment.file.lstrip("/"))
    known = [path for path in (address, file) if path]
    originals = [each for path in known for each in possible_originals(path)]
    folders = [path.rpartition("/")[0] for path in known]
    sizes = sorted(attachment.sizes, key=width_of, reverse=True)
    uploaded = [name for name in sizes if not width_of(name)]
    return Wanted(
        attachment.url,
        paths=tuple(dict.fromkeys([*known, *joined(folders, uploaded), *originals])),
        smaller=tuple(dict.fromkeys(joined(folders, [name for name in sizes if width_of(name)]))),
        **on_the_web(attachment.url, uploaded, [name for name in sizes if width_of(name)]),
    )


def wanted_at(address: str) -> Wanted:
    """A file that is not in the media library: its original if the name is that of a smaller copy."""
    path = path_in_uploads(address)
    whole = SIZED.sub("", path)
    paths = tuple(dict.fromkeys([whole, path, *possible_originals(path)])) if path else ()
    bare = without_query(address)
    return Wanted(address, paths, addresses=tuple(dict.fromkeys([SIZED.sub("", bare), bare])))


def wanted_as_it_is(address: str) -> Wanted:
    """A file that is not in the media library, and no picture: of that there are no smaller copies."""
    path = path_in_uploads(address)
    return Wanted(address, (path,) if path else (), addresses=(without_query(address),))


def on_the_web(address: str, uploaded: list[str], smaller: list[str]) -> dict[str, tuple[str, ...]]:
    """Its own address, that of the file that was uploaded, and that of the largest smaller copy."""
    address = without_query(address)
    folder = address.rpartition("/")[0]
    copies = tuple(f"{folder}/{quote(name)}" for name in smaller[:1])
    originals = [f"{folder}/{quote(name)}" for name in uploaded[:1]]
    return {"addresses": tuple(dict.fromkeys([address, *originals, *copies])), "smaller_addresses": copies}


def without_query(address: str) -> str:
    """The address of the whole file: a query asks for a size. Of a service that resizes pictures, it is the
    address that the service was asked for."""
    parts = split(address)
    if parts is None:
        return address
    if PHOTON.fullmatch(host_key(parts.hostname or "")):
        return f"https://{parts.path.lstrip('/')}"
    return f"{parts.scheme}://{parts.netloc}{parts.path}"


def path_in_uploads(address: str) -> str:
    """The path below the folder of uploads, decoded. On hosts that have only files it is the whole path."""
    path = SLASHES.sub("/", file_key(address).partition("/")[2]).lstrip("/")
    found = UPLOADS.search(f"/{path}")
    return found[1] if found else path


def joined(folders: list[str], names: list[str]) -> Iterator[str]:
    for folder in folders:
        yield from (f"{folder}/{name}" if folder else name for name in names)


def width_of(name: str) -> int:
    found = WIDTH.search(unquote(name))
    return int(found[1]) if found else 0
