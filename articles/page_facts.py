"""What a view says of its page beside the HTML, as `response.facts`.

The press has to know which pictures a page names and where it leads. It takes that from here, so it reads no
HTML, and a changed template cannot mislead it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageFacts:
    """Addresses are written as the page writes them, with %C3 for what is not ASCII.

    pictures: the files of pictures that the page names, as paths under the media root, each once.
    earlier, later: the page before and the page after this one, on a month, a day or a part of a day.
    divided_into: the days of an overfull month and the parts of an overfull day that this page leads to.
    leads_to: where something that has moved is now.
    articles: the articles that a list shows, in no order; None on a page that is no list.
    """

    pictures: tuple[str, ...] = ()
    earlier: str = ""
    later: str = ""
    divided_into: tuple[str, ...] = ()
    leads_to: str = ""
    articles: tuple[str, ...] | None = None
