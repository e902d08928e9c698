"""The file .env: NAME=value, one a line. What can't be read is a mistake, and not left out silently."""

import io
import re
from dataclasses import dataclass, field
from pathlib import Path

from dotenv.parser import parse_stream

NAME = re.compile(r"\s*(?:export\s+)?([A-Z_]{3,}(?![^\s:='\"]))")
WRITE = "write NAME=value, with a quote at both ends or at none"


@dataclass
class Written:
    """What the file says, the line of each name, and a sentence for each thing wrong with it."""

    values: dict[str, str] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    mistakes: list[str] = field(default_factory=list)


def read(file: Path) -> Written:
    """There need not be such a file. A link that leads nowhere is a mistake, though."""
    try:
        text = file.read_bytes().decode()
    except FileNotFoundError as error:
        return Written(mistakes=[cannot_read(file, error)] if file.is_symlink() else [])
    except OSError as error:
        return Written(mistakes=[cannot_read(file, error)])
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        return Written(mistakes=[f"{file} is not written in UTF-8; save it so."])
    written = Written()
    for found in parse_stream(io.StringIO(text)):
        take(found, written, file.name)
    return written


def cannot_read(file, error):
    return (
        f"{file} cannot be read ({error.strerror}); let the user who runs the site read it, or take it away."
    )


def take(found, written, file):
    text = found.original.string
    # Empty lines before a setting belong to it, in the parser's eyes.
    line = found.original.line + text[: len(text) - len(text.lstrip())].count("\n")
    if found.error or (found.key and found.value is None):
        begins = NAME.match(text)
        # What does not look like a setting's name may be a password.
        what = f" ({begins[1]} …)" if begins else ""
        written.mistakes.append(f"Line {line} of {file}{what} cannot be read; {WRITE}.")
    elif found.key in written.values:
        written.mistakes.append(
            f"{found.key} stands twice in {file}, in lines {written.lines[found.key]} and {line}; keep one."
        )
    elif found.key:
        written.values[found.key] = found.value
        written.lines[found.key] = line
