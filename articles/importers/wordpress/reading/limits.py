"""How much of anything is taken from a file. The defaults are far above what real exports contain."""

from dataclasses import dataclass

KB, MB, GB = 1 << 10, 1 << 20, 1 << 30


@dataclass(frozen=True, slots=True)
class Limits:
    """In bytes of UTF-8, or counts.

    What concerns one item refuses that item and the file goes on; a meta value that is too long is dropped.
    The others refuse the file.
    """

    body: int = 16 * MB
    field: int = 1 * MB
    meta_value: int = 4 * MB
    item: int = 32 * MB
    attributes: int = 8 * KB
    nesting: int = 64
    parts: int = 20_000
    comments: int = 100_000

    file: int = 16 * GB
    items: int = 4_000_000
    # Expat keeps what is still open: a start tag, a comment, the names of all elements, the elements above.
    token: int = 1 * MB
    names: int = 10_000
    file_nesting: int = 4_096

    archive_members: int = 500
    archive_directory: int = 1 * MB
    ratio: int = 200
