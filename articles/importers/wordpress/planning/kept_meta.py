"""meta.jsonl: values of plugins that are not taken over, one on a line, for whoever wants to keep them."""

import json
from typing import TextIO

from articles.importers.wordpress.records import Item, RefusedItem
from articles.importers.wordpress.surveying import TAKEN

META = "meta.jsonl"


class KeptMeta:
    def __init__(self, file: TextIO):
        self.file = file

    def add(self, item: Item | RefusedItem) -> None:
        if not isinstance(item, Item):
            return
        for key, value in item.meta:
            if key not in TAKEN:
                place = {"file": item.place.file, "line": item.place.line, "item": item.post_id}
                self.file.write(f"{json.dumps({**place, 'key': key, 'value': value}, ensure_ascii=False)}\n")
