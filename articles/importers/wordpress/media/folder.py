"""Files come from a folder of uploads that was copied from the old server. No connection is made."""

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from articles.images.decode_limits import MAX_BYTES

from .names import Names
from .opening import read_below
from .source import File, NotToBeHad, Wanted

# The operator may name the folder of uploads itself or one that it lies in.
ABOVE = ("", "uploads/", "wp-content/uploads/")
# The folder of one site in a network of sites.
OF_SITE = re.compile(r"^sites/\d+/")
BY_NAME = "found by its name"
SMALLER = "only a smaller copy was found"
MISSING = "it is not in the folder"


class Folder:
    """Raises OSError if there is no such folder."""

    def __init__(self, path: Path):
        self.handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def close(self) -> None:
        os.close(self.handle)
        if "names" in self.__dict__:
            self.names.close()

    def read(self, wanted: Wanted) -> File:
        if not wanted.paths:
            raise NotToBeHad("its address has no path")
        found = self.first_of(wanted.paths) or self.by_name(wanted.paths)
        if found:
            return found
        if smaller := self.first_of(wanted.smaller):
            return File(smaller.name, smaller.data, f"{SMALLER}: {smaller.name}")
        raise NotToBeHad(MISSING)

    def first_of(self, paths: tuple[str, ...]) -> File | None:
        for path in paths:
            for place in self.places(path):
                data = read_below(self.handle, place, most=MAX_BYTES)
                if data is not None:
                    return File(place, data)
        return None

    def places(self, path: str) -> Iterator[str]:
        """Where the file may lie. Names that came from a Mac may be decomposed."""
        paths = [path, unicodedata.normalize("NFD", path)]
        if not self.has_sites:
            paths += [OF_SITE.sub("", each) for each in paths]
        yield from dict.fromkeys(f"{above}{each}" for each in paths for above in ABOVE)

    @cached_property
    def has_sites(self) -> bool:
        """Whether it is the folder of a whole network. Then the files of its sites lie apart."""
        return any(exists(self.handle, f"{above}sites") for above in ABOVE)

    @cached_property
    def names(self) -> Names:
        return Names(self.handle)

    def by_name(self, paths: tuple[str, ...]) -> File | None:
        """The only file that has one of these names."""
        for name in dict.fromkeys(path.rpartition("/")[2] for path in paths):
            found = self.names.paths(name)
            if len(found) > 1:
                raise NotToBeHad(f"several files have its name: {', '.join(map(shown, found))}")
            if found and (data := read_below(self.handle, found[0], most=MAX_BYTES)) is not None:
                return File(shown(found[0]), data, f"{BY_NAME}: {shown(found[0])}")
        return None


def shown(path: str) -> str:
    """The path as text. A folder may have a name that is none."""
    return path.encode("utf-8", "backslashreplace").decode()


def exists(folder: int, path: str) -> bool:
    try:
        os.stat(path, dir_fd=folder, follow_symlinks=False)
    except OSError:
        return False
    return True
