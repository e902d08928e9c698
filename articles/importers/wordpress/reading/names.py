"""Names of elements. The address of a namespace counts, and its prefix does not."""

import re

# Expat puts this between the address and the local name. XML allows it nowhere, so no address contains it.
BETWEEN = "\x0c"
# Stands before the prefix in the address of a namespace that only the repair has declared.
REPAIRED = "repaired:"

EXPORT = re.compile(r"https?://(?:www\.)?wordpress\.org/export/\d+\.\d+/?(?P<excerpt>excerpt/?)?")
PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
}
# Prefixes that exports use. The repair declares those that a file has forgotten.
KNOWN = (
    "wp excerpt content dc wfw atom sy slash georss geo media itunes googleplay podcast rawvoice feedburner"
).split()
UNDERSTOOD = {"wp", "excerpt", "content", "dc"}


class Names(dict[str, str]):
    """Expat's name of an element → the name used here: `wp:post_id`, `title`; empty if it means nothing here.

    `undeclared` counts the elements whose prefix only the repair has declared.
    """

    def __init__(self) -> None:
        super().__init__()
        self.undeclared: dict[str, str] = {}

    def __missing__(self, name: str) -> str:
        address, _, local = name.rpartition(BETWEEN)
        if address.startswith(REPAIRED):
            prefix = address.removeprefix(REPAIRED)
            self.undeclared[name] = prefix
            prefix = prefix if prefix in UNDERSTOOD else None
        else:
            prefix = prefix_of(address)
        self[name] = found = "" if prefix is None else f"{prefix}:{local}" if prefix else local
        return found


def prefix_of(address: str) -> str | None:
    """The prefix used here for a namespace; empty for RSS itself, None if it means nothing here."""
    if not address:
        return ""
    if match := EXPORT.fullmatch(address):
        return "excerpt" if match["excerpt"] else "wp"
    return PREFIXES.get(address)
