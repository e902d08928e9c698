"""Judges the answer of a view: whether it can be right, and whether it is a page for the shelf."""

from django.http import HttpResponse

from articles.page_facts import PageFacts
from articles.press.shelf.interface import CONTENT_TYPES, STATUSES, Links, PrintedPage

NO_FACTS = PageFacts()


def what_is_wrong_with(response: HttpResponse) -> str:
    """Why the answer can't be right; empty if it can. If it is not right, the printed page stays.

    Without this, one wrong setting (hosts, https) or a middleware that tells readers apart would empty the
    whole shelf.
    """
    status, location = response.status_code, response.get("Location", "")
    if status >= 400 and status not in (404, 410):
        return f"The view answered {status}."
    if 300 <= status < 400 and not location.startswith("/"):
        return f"The view leads away, to {location}."
    if status in (200, 410) and content_type_of(response) == "text/html" and not hasattr(response, "facts"):
        return "The view does not say what is on its page (response.facts)."
    if status == 200 and (response.cookies or not varies_by_coding_alone(response)):
        return f"The view tells readers apart, by {response.get('Vary') or 'a cookie that it sets'}."
    return ""


def facts_of(response: HttpResponse) -> PageFacts:
    """The facts that the view has given for its page. Text and XML have none, because they name no pictures
    and have no links. HTML without facts is refused by `what_is_wrong_with`."""
    return getattr(response, "facts", NO_FACTS)


def varies_by_coding_alone(response: HttpResponse) -> bool:
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",")}
    return varies <= {"", "accept-encoding"}


def is_for_all(response: HttpResponse) -> bool:
    """Whether every anonymous reader would get this same answer."""
    if response.streaming or response.cookies:
        return False
    if not varies_by_coding_alone(response):
        return False
    return not any(word in response.get("Cache-Control", "") for word in ("private", "no-store"))


def printable(response: HttpResponse) -> PrintedPage | None:
    """The page to be kept on the shelf. None if the answer is no page, or is not the same for all readers."""
    if response.status_code not in STATUSES or not is_for_all(response):
        return None
    if response.status_code == 301 and not response.content:
        return None
    facts = facts_of(response)
    if "no-cache" in response.get("Cache-Control", "") and not facts.is_asked_each_time:
        return None
    content_type = content_type_of(response)
    if content_type not in CONTENT_TYPES:
        return None
    leads_to = facts.leads_to if response.status_code == 301 else ""
    links = None
    if response.status_code == 200 and facts.articles is not None:
        links = Links(facts.earlier, facts.later, frozenset(facts.articles))
    return PrintedPage(response.status_code, content_type, response.content, leads_to, links)


def content_type_of(response: HttpResponse) -> str:
    return response.get("Content-Type", "").partition(";")[0].strip()
