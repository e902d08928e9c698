"""Files come from a folder of uploads that was copied from the old server. No connection is made."""

import os
import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from .names import Names
from .opening import open_below
from .source import SMALLER, File, NotToBeHad, Wanted

# The operator may name the folder of uploads itself or one that it lies in.
ABOVE = ("", "uploads/", "wp-content/uploads/")
# The folder of one site in a network of sites.
OF_SITE = re.compile(r"^sites/\d+/")
BY_NAME = "found by its name"
MISSING = "it is not in the folder"


class Folder:
    """Raises OSError if there is no such folder."""

    def __init__(self, path: Path, *, hosts: frozenset[str] = frozenset()):
        self.hosts = hosts
        self.handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)

    def begin(self, hosts: frozenset[str]) -> None:
        """The folder is asked for files of all hosts that are the site's."""

    def close(self) -> None:
        os.close(self.handle)
        if "names" in self.__dict__:
            self.names.close()

    def open(self, wanted: Wanted, *, most: int) -> File:
        if not wanted.paths:
            raise NotToBeHad("its address has no path")
        found = self.first_of(wanted.paths, most) or self.by_name(wanted.paths, most)
        if found:
            return found
        if smaller := self.first_of(wanted.smaller, most):
            return File(smaller.name, smaller.file, f"{SMALLER}: {smaller.name}")
        raise NotToBeHad(MISSING)

    def first_of(self, paths: tuple[str, ...], most: int) -> File | None:
        for path in paths:
            for place in self.places(path):
                file = open_below(self.handle, place, most=most)
                if file is not None:
                    return File(place, file)
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

    def by_name(self, paths: tuple[str, ...], most: int) -> File | None:
        """The only file that has one of these names."""
        for name in dict.fromkeys(path.rpartition("/")[2] for path in paths):
            found = self.names.paths(name)
            if len(found) > 1:
                raise NotToBeHad(f"several files have its name: {', '.join(map(shown, found))}")
            if found and (file := open_below(self.handle, found[0], most=most)) is not None:
                return File(shown(found[0]), file, f"{BY_NAME}: {shown(found[0])}")
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
