"""Code that other sites give away, so that one shows a post or a chart of theirs with a script. Their scripts
do not run here; where they said what they would show, that is what this finds."""

import re
from typing import NamedTuple

SCRIPT_OF_GIST = re.compile(r"(?:https?:)?//gist\.github\.com/[\w./-]+")
SCRIPT_OF_DATAWRAPPER = re.compile(r"(?:https?:)?//datawrapper\.dwcdn\.net/\w{5}/")
# In the class of an element → the attribute with the address. The script puts the post in the place of what
# is in the element.
REPLACED = {"instagram-media": "data-instgrm-permalink", "tiktok-embed": "cite"}
# The same, where the element is empty.
FILLED = {"fb-post": "data-href", "fb-video": "data-href"}
FLOURISH = re.compile(r"(?:visualisation|story)/\d{1,12}")


class Shown(NamedTuple):
    address: str
    # Whether it replaces what is in the element.
    is_whole: bool


def shown_by(attrs: dict[str, str]) -> Shown | None:
    """What the script would have shown in an element with those attributes."""
    names = attrs.get("class", "").split()
    for name in names:
        for attribute, is_whole in ((REPLACED.get(name), True), (FILLED.get(name), False)):
            if attribute and attrs.get(attribute, "").startswith(("https://", "http://")):
                return Shown(attrs[attribute], is_whole)
    found = FLOURISH.match(attrs.get("data-src", "")) if "flourish-embed" in names else None
    return Shown(f"https://public.flourish.studio/{found[0]}/", is_whole=False) if found else None


def shown_by_script(src: str) -> str:
    """The address of what a script with that address writes into the page, if it is known; else nothing."""
    if SCRIPT_OF_GIST.match(src):
        return src.partition("?")[0].removesuffix(".js")
    found = SCRIPT_OF_DATAWRAPPER.match(src)
    return found[0] if found else ""
