"""How far a command is: a bar on the terminal, with an estimate of how long it still takes."""

import time

BAR = 30


def bar(done, total):
    filled = BAR * min(done, total) // max(total, 1)
    return f"[{'#' * filled}{'.' * (BAR - filled)}] {done} of {total}"


class Progress:
    """Says it on `stream`, if that is a terminal and the command is not told to be quiet."""

    def __init__(self, stream, total, *, noun, verbosity=1):
        self.stream = stream
        self.total = total
        self.noun = noun
        self.shows = bool(verbosity) and stream.isatty()
        self.done = 0
        self.begun = time.monotonic()

    def add(self, number):
        self.done += number
        if self.shows:
            left = time_left(self.done, self.total, time.monotonic() - self.begun)
            self.stream.write(f"\r{bar(self.done, self.total)} {self.noun}, {left}   ", ending="")

    def at(self, done, total):
        """So many are done by now. Fewer than before mean that another stage has begun."""
        if not self.done or done < self.done:
            self.begun, self.first = time.monotonic(), done
        self.done, self.total = done, total
        if self.shows:
            left = time_left(done - self.first, total - self.first, time.monotonic() - self.begun)
            estimate = f", {left}" if done > self.first else ""
            self.stream.write(f"\r{bar(done, total)} {self.noun}{estimate}   ", ending="")

    def end(self):
        if self.shows and self.done:
            self.stream.write("")


def time_left(done, total, seconds):
    """From how long the rows so far took: “about 3 min left”."""
    left = seconds / max(done, 1) * max(total - done, 0)
    return f"about {left / 60:.0f} min left" if left >= 60 else f"about {left:.0f} s left"
