"""Files that readers load as they are: sounds, films, PDFs and others. Bytes in, and what they are: no
database.

A document has one address for ever: its path under the media root is its path under the media URL. A file
server hands it out, also in pieces, as players of sounds and films ask for it.
"""

from .kinds import KINDS, MOST_BYTES, SHAPE, SHOWN, Kind, is_shown, stored_name
from .ranges import Piece, Unsatisfiable, piece_of
from .recognise import HEAD, recognise

__all__ = [
    "HEAD",
    "KINDS",
    "MOST_BYTES",
    "SHAPE",
    "SHOWN",
    "Kind",
    "Piece",
    "Unsatisfiable",
    "is_shown",
    "piece_of",
    "recognise",
    "stored_name",
]
