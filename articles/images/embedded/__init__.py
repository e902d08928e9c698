"""What a picture's file says in words: who made it, what it shows, who may use it.

Agencies and cameras write it in three ways, which are asked in this order: XMP, IPTC, EXIF. It is text that
anybody can have written, and is handed out as such.
"""

from .words import EmbeddedWords, embedded_words

__all__ = ["EmbeddedWords", "embedded_words"]
