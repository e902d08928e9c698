from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes."""

    connect: float = 10
    # Without a byte.
    silence: float = 30
    # For one answer, from its name to its last byte.
    answer: float = 120
    redirects: int = 5
    # A pause that a server may ask for.
    pause: float = 120
    # In all runs together, until a file is not tried any more.
    tries: int = 3
    # What all files may take on the disk.
    total: int = 50_000_000_000
    # So many times without a file, because it does not answer, is busy or breaks off, and a host is left
    # alone for the run: an import of a million files ends.
    vain: int = 5
