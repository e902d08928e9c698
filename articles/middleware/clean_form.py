"""The clean form of an address that was mistyped, or pasted with more than the address."""

import re
import unicodedata

# What stands after an address in running text, such as the end of "(see https://…/ordered)".
# The pattern is tried only where such signs begin, and gives none of them back. Otherwise a path of many dots
# would take seconds.
SIGNS = r"""\s/.,;:!?'"*|\\()\[\]{}<>«»‹›“”„‘’…"""
AFTER = re.compile(rf"(?<![{SIGNS}])[{SIGNS}]++\Z")
ENDING = re.compile(r"(?:/index\.(?:html?|php)|\.(?:html?|amp))\Z")
SLASHES = re.compile("/{2,}")


def clean(path):
    path = unicodedata.normalize("NFC", SLASHES.sub("/", path).lower())
    path = AFTER.sub("", path)
    return AFTER.sub("", ENDING.sub("", path)) + "/"
