"""Footnotes: marks in the text, and the list of the notes with links back.

WordPress keeps its own beside the text, as JSON in the meta field `footnotes`; plugins, in shortcodes.
"""

import json
import re

from .markup import CONTROLS, FOOTNOTES

# The mark of WordPress's own, with the number that it had.
MARK = re.compile(r'<sup\b[^<>]*\bdata-fn="([^"<>]*)"[^<>]*>(?:[^<]|<(?!/sup>)){0,300}?</sup>')
# What people wrote before plugins gave them buttons.
DOUBLE_BRACKETS = re.compile(r"\(\(([^()]{1,4000})\)\)")


class Footnotes:
    def __init__(self, meta: str = "") -> None:
        # The id of a note → its HTML, as the post has them.
        self.known = _read(meta)
        self.notes: list[str] = []
        self.numbers: dict[str, int] = {}
        # Of those, the ones to which a mark leads.
        self.marked: set[int] = set()

    def mark_of(self, html: str) -> str:
        """Add a note; its mark."""
        self.notes.append(html.strip())
        return self._mark(len(self.notes))

    def with_marks(self, html: str) -> str:
        """The text with our marks in the place of WordPress's, numbered in the order of the text."""
        return MARK.sub(self._own_mark, html) if self.known and "data-fn" in html else html

    def with_list(self, html: str) -> str:
        """The text with the list where WordPress had it, else at its end."""
        for name, note in self.known.items():
            if name not in self.numbers:
                self.notes.append(note)
        items = "".join(self._item(number, note) for number, note in enumerate(self.notes, 1))
        if not items:
            return html.replace(FOOTNOTES, "")
        before, _, after = html.partition(FOOTNOTES) if FOOTNOTES in html else (html, "", "")
        return f"{before}<ol>{items}</ol>{after.replace(FOOTNOTES, '')}"

    def _own_mark(self, found: re.Match[str]) -> str:
        name = found[1]
        if name not in self.known:
            return found[0]
        if name not in self.numbers:
            self.notes.append(self.known[name])
            self.numbers[name] = len(self.notes)
        return self._mark(self.numbers[name])

    def _mark(self, number: int) -> str:
        own = "" if number in self.marked else f' id="fnref-{number}"'
        self.marked.add(number)
        return f'<sup><a href="#fn-{number}"{own}>{number}</a></sup>'

    def _item(self, number: int, note: str) -> str:
        back = f' <a href="#fnref-{number}">↩</a>' if number in self.marked else ""
        return f'<li id="fn-{number}">{note}{back}</li>'


def _read(meta: str) -> dict[str, str]:
    try:
        found = json.loads(meta) if meta.strip() else []
    except (ValueError, RecursionError):
        return {}
    notes = found if isinstance(found, list) else []
    return {
        str(note["id"]): CONTROLS.sub("", str(note.get("content", ""))).strip()
        for note in notes
        if isinstance(note, dict) and note.get("id")
    }
