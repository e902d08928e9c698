"""comments.jsonl: what readers wrote, one comment on a line, for whoever wants to keep it.

Only approved comments, and of them only what their readers saw. The site itself shows none.
"""

import json
from dataclasses import asdict
from typing import TextIO

from articles.importers.wordpress.records import Comment, CommentKind, Place

COMMENTS = "comments.jsonl"


class Comments:
    def __init__(self, file: TextIO):
        self.file = file

    def add(self, place: Place, post_id: str, comment: Comment) -> None:
        if comment.kind is CommentKind.APPROVED:
            line = {"file": place.file, "line": place.line, "article": post_id, **asdict(comment)}
            del line["kind"]
            self.file.write(f"{json.dumps(line, ensure_ascii=False)}\n")
