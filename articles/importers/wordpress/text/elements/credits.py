"""Credits that people have written into captions: the last bracket or sentence, if it says who made the
picture. Only whoever imports can know whether a paper has done it so."""

import re

CAPTION = re.compile(r"<figcaption>((?:[^<]|<(?!/?figcaption))*+)</figcaption>")
LABEL = r"(?:photo(?:graph)?|foto|image|picture|credit)s?(?: (?:by|von))?\s*:|©|\(c\)"
MAKER = rf"((?:{LABEL})\s*[^<>()\[\]]{{1,200}})"
CREDIT = re.compile(
    rf"(?:[(\[]\s*{MAKER}[)\]]|(?:^|(?<=[.!?…])|(?<=[.!?…] )|(?<=<br>)){MAKER})\s*$", re.IGNORECASE
)
# So long a caption's end is looked at.
LONGEST = 250


def with_credits(html: str) -> str:
    return CAPTION.sub(_credited, html) if "<figcaption>" in html else html


def _credited(found: re.Match[str]) -> str:
    caption = found[1]
    if "<cite" in caption:
        return found[0]
    before, end = caption[:-LONGEST], caption[-LONGEST:]
    credit = CREDIT.search(end)
    if credit is None:
        return found[0]
    words = (credit[1] or credit[2]).strip()
    return f"<figcaption>{before}{end[: credit.start()].rstrip()} <cite>{words}</cite></figcaption>"
