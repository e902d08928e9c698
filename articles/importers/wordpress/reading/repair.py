"""The three repairs that cannot change what a text means. Everything else that is ill-formed stays refused.

The bytes pass through here on their way to expat: characters that XML forbids are dropped, a bare `&` is
escaped outside of CDATA sections and comments, and known prefixes are declared on the root element. Each
repair is counted.
"""

import re
from collections import Counter

from .names import KNOWN, REPAIRED

CONTROLS = bytes(set(range(32)) - {9, 10, 13})
CONTROL_REFERENCE = re.compile(rb"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|x0*(?:[0-8bBcCeEfF]|1[\da-fA-F]));")
REFERENCE = re.compile(rb"&(?:[A-Za-z_:][\w:.-]{0,63}|#\d{1,8}|#[xX][\da-fA-F]{1,8});", re.ASCII)
MARK = re.compile(rb"<!\[CDATA\[|<!--|<\?|&")
MARK_OR_ROOT = re.compile(MARK.pattern + rb"|<[A-Za-z_]")
# After what opens with the first, nothing is looked at until the second.
CLOSES = {b"<![CDATA[": b"]]>", b"<!--": b"-->", b"<?": b"?>"}
# No mark and no reference is longer; so many bytes wait for the next chunk.
LONGEST = 80
# So much is waited for at first, so that the start tag of the root element is there whole.
BEGINNING = 64 << 10
NAME = re.compile(rb"<[^\s/>]+")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")

DROPPED = "control characters dropped"
ESCAPED = "bare ampersands escaped"


class Repair:
    """Takes the bytes of one file in order, and gives them back repaired."""

    def __init__(self, counts: Counter[str]):
        self.counts = counts
        self.waiting = b""
        self.closes = b""
        self.is_before_root = True
        self.is_off: bool | None = None

    def feed(self, data: bytes, *, is_last: bool = False) -> bytes:
        if self.is_off is None and data:
            # The search is for bytes of ASCII. A file in UTF-16 has others, so it is read as it is.
            self.is_off = data.startswith(UTF_16)
        if self.is_off:
            return data
        kept = data.translate(None, CONTROLS)
        self.counts[DROPPED] += len(data) - len(kept)
        self.waiting += kept
        if self.is_before_root and len(self.waiting) < BEGINNING and not is_last:
            return b""
        return self.passed_on(len(self.waiting) - (0 if is_last else LONGEST))

    def passed_on(self, end: int) -> bytes:
        """What begins before `end`, repaired. The rest waits for the next chunk."""
        data, done, at = self.waiting, [], 0
        while at < end:
            if self.closes:
                found = data.find(self.closes, at)
                stop = end if found < 0 else found + len(self.closes)
                piece, self.closes = data[at:stop], self.closes if found < 0 else b""
                at = stop
            else:
                match = (MARK_OR_ROOT if self.is_before_root else MARK).search(data, at)
                if not match or match.start() >= end:
                    done.append(data[at:end])
                    at = end
                    break
                done.append(data[at : match.start()])
                piece, at = self.repaired(data, match)
            done.append(piece)
        self.waiting = data[at:]
        return b"".join(done)

    def repaired(self, data: bytes, match: re.Match[bytes]) -> tuple[bytes, int]:
        """What stands for a mark, and where to go on."""
        mark = match[0]
        if mark in CLOSES:
            self.closes = CLOSES[mark]
        elif mark == b"&":
            return self.reference(data, match.start())
        else:
            return self.declare(data, match.start())
        return mark, match.end()

    def reference(self, data: bytes, at: int) -> tuple[bytes, int]:
        if match := CONTROL_REFERENCE.match(data, at):
            self.counts[DROPPED] += 1
            return b"", match.end()
        if match := REFERENCE.match(data, at):
            return match[0], match.end()
        self.counts[ESCAPED] += 1
        return b"&amp;", at + 1

    def declare(self, data: bytes, at: int) -> tuple[bytes, int]:
        """Prefixes that the root element does not declare, put into its start tag.

        Elements that use them are counted by the reader, so those that nothing uses are not named.
        """
        self.is_before_root = False
        tag = data[at:].partition(b">")[0]
        name = NAME.match(tag)[0]
        missing = [prefix for prefix in KNOWN if not re.search(rb"xmlns:%s\s*=" % prefix.encode(), tag)]
        added = "".join(f' xmlns:{prefix}="{REPAIRED}{prefix}"' for prefix in missing)
        return name + added.encode(), at + len(name)
