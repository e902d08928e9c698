"""Facts that a view gives with its page, as `response.facts`.

The press has to know the pictures and the links of a page. It takes them from these facts and does not search
the HTML, so a changed template can't mislead it.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The facts about one page. Addresses are quoted as in HTML, with %C3 and the like for characters outside
    ASCII.

    pictures: the files of pictures that the page names, as paths under the media root, each once.
    earlier, later: the page before and the page after this one, on a month, a day or a part of a day.
    divided_into: the days or parts that a month or day links to, because it has too many articles for a page.
    leads_to: the new address, on a page for something that has moved.
    articles: the articles that a list shows, in no order; None on a page that is no list.
    is_asked_each_time: it is printed, although browsers and stores ask each time whether it has changed.
    """

    pictures: tuple[str, ...] = ()
    earlier: str = ""
    later: str = ""
    divided_into: tuple[str, ...] = ()
    leads_to: str = ""
    articles: tuple[str, ...] | None = None
    is_asked_each_time: bool = False
