"""All files below a folder by their names, for files that do not lie where they should."""

import os
import sqlite3
import stat
import unicodedata

# So many files with one name are named in the report.
EXAMPLES = 3


class Names:
    """Kept in a temporary file and not in memory, because a folder of uploads may have a million files.
    Symbolic links are not followed and not kept."""

    def __init__(self, folder: int):
        self.database = sqlite3.connect("", isolation_level=None)
        self.database.execute("CREATE TABLE file (name TEXT, path BLOB)")
        self.database.execute("BEGIN")
        for above, _, names, handle in os.fwalk(".", dir_fd=folder, follow_symlinks=False):
            rows = [
                (folded(name), os.fsencode(os.path.normpath(f"{above}/{name}")))
                for name in names
                if is_text(name) and is_ordinary(handle, name)
            ]
            self.database.executemany("INSERT INTO file VALUES (?, ?)", rows)
        self.database.execute("COMMIT")
        self.database.execute("CREATE INDEX file_name ON file (name)")

    def paths(self, name: str) -> list[str]:
        """The first paths of files that have the name, whatever its capitals and its composition."""
        query = "SELECT path FROM file WHERE name = ? ORDER BY path LIMIT ?"
        return [os.fsdecode(row[0]) for row in self.database.execute(query, (folded(name), EXAMPLES))]

    def close(self) -> None:
        self.database.close()


def is_text(name: str) -> bool:
    """Whether it is UTF-8. An export, which is text, names no other file."""
    return not any("\ud800" <= letter <= "\udfff" for letter in name)


def is_ordinary(folder: int, name: str) -> bool:
    try:
        return stat.S_ISREG(os.stat(name, dir_fd=folder, follow_symlinks=False).st_mode)
    except OSError:
        return False


def folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
