"""Compresses pages as small as can be, in a process of its own, which has a low priority.

A thread of low priority would hold up the readers of a web server: while it has Python, it may have to wait
for a processor, and all other threads wait for it. The process takes 15 MB. It ends with the one that began
it, because then nobody writes to it any more.

The process runs this same file, which therefore imports nothing of ours.
"""

import os
import struct
import subprocess
import sys
from contextlib import suppress
from typing import BinaryIO

import brotli

WINDOW = 18  # bits, enough for the longest page; a larger window takes 30 MB of memory
BEST = 11  # takes 50 to 150 ms a page, and makes an article a tenth smaller than printing does
NICE = 10  # readers' requests and the press itself come first
LENGTH = struct.Struct("!I")


def smallest(body: bytes) -> bytes:
    return brotli.compress(body, quality=BEST, lgwin=WINDOW)


class Smallest:
    """The process, which is started when it is needed. OSError if it can't be started or is gone."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def __call__(self, body: bytes) -> bytes:
        if self._process is None:
            self._process = subprocess.Popen(  # noqa: S603 - our own Python and this very file
                [sys.executable, "-I", __file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
        try:
            send(self._process.stdin, body)
            answer = received(self._process.stdout)
        except OSError:
            self.end()
            raise
        if answer is None:
            self.end()
            raise BrokenPipeError("The process that compresses pages has ended.")
        return answer

    def end(self) -> None:
        """End the process, which gives its memory back. It is started again when it is needed."""
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(OSError):
            process.stdin.close()
        process.stdout.close()
        # It does not end by itself while a process that was forked off this one holds its pipe, too.
        process.kill()
        process.wait()


def send(pipe: BinaryIO, data: bytes) -> None:
    pipe.write(LENGTH.pack(len(data)) + data)
    pipe.flush()


def received(pipe: BinaryIO) -> bytes | None:
    """None if the other end is closed."""
    head = pipe.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    data = pipe.read(length)
    return data if len(data) == length else None


def main() -> None:
    os.nice(NICE)
    # The process that began this one may end while a page is compressed for it.
    with suppress(BrokenPipeError):
        while (body := received(sys.stdin.buffer)) is not None:
            send(sys.stdout.buffer, smallest(body))


if __name__ == "__main__":
    main()
